from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView

from dialogues.citations import quote_citation
from dialogues.forms import AnswerForm
from dialogues.models import Dialogue, NewsItem, Quote
from dialogues.slots import quote_sections


def is_citable(quote):
    """Whether everyone may read it."""
    return quote.is_published and quote.appearance.dialogue.is_published


class QuoteListView(ListView):
    """Every quote, newest first."""

    queryset = Quote.objects.published().for_lists().order_by("-published_at", "-pk")
    paginate_by = 30


class DialogueQuoteListView(ListView):
    """Every quote of one dialogue."""

    template_name = "dialogues/dialogue_quotes.html"
    paginate_by = 60

    def get_queryset(self):
        dialogues = Dialogue.objects.visible_to(self.request.user).select_related("series")
        self.dialogue = get_object_or_404(dialogues, slug=self.kwargs["slug"])
        return Quote.objects.visible_to(self.request.user).filter(appearance__dialogue=self.dialogue).for_lists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(dialogue=self.dialogue, **kwargs)


class QuoteDetailView(DetailView):
    """One quote, alone, with the place where it was said."""

    def get_queryset(self):
        return Quote.objects.visible_to(self.request.user).for_lists()

    def get_context_data(self, **kwargs):
        appearance = self.object.appearance
        before, after = neighbours(self.object, self.get_queryset())
        return super().get_context_data(
            before=before,
            after=after,
            citation=quote_citation(self.object) if is_citable(self.object) else None,
            news_item=NewsItem.objects.visible_to(self.request.user).filter(quotes=self.object).first(),
            dialogue=appearance.dialogue,
            appearance=appearance,
            sections=quote_sections(self.object, self.request.user),
            answer_form=answer_form(self.object, self.request.user),
            **kwargs,
        )


def answer_form(quote, user):
    """Return the form for the answer of the speaker whose preview of this quote `user` has; None for anyone else."""
    preview = getattr(user, "preview", None)
    if preview is None or preview.record != quote or not preview.is_given_to(quote.appearance):
        return None
    return AnswerForm(initial={"text": quote.text})


def neighbours(quote, quotes):
    """The quotes before and after one in its dialogue, among those that a reader may see; None at either end."""
    there = quotes.filter(appearance__dialogue=quote.appearance.dialogue_id)
    before = there.filter(pk__lt=quote.pk).order_by("-pk").first()
    return before, there.filter(pk__gt=quote.pk).order_by("pk").first()
