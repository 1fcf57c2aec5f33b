from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from publishing.models import with_address_number
from publishing.pages import Head, ListPage, PublicPage, Records
from text.words import shorten

from ..cards import card_of_quote
from ..citations import quote_as_html, quote_citation
from ..forms import AnswerForm
from ..heads import quotation, shared_card, steps_within
from ..models import Dialogue, NewsItem, Quote
from ..slots import quote_sections

QUOTES = ListPage.of(
    "dialogues:quote-list",
    gettext_lazy("Quotes"),
    gettext_lazy("What speakers said at the dialogues, word for word, newest first."),
)


def quotes_of_dialogue_head(context: Mapping[str, Any]) -> Head:
    """Return the head of the page with all quotes of a dialogue."""
    dialogue = context["dialogue"]
    name = dialogue.localized.title.text
    title = _("Quotes, %(dialogue)s") % {"dialogue": name}
    description = _("What speakers said at %(dialogue)s, word for word.") % {"dialogue": name}
    return Head(title, description, steps_within(dialogue), **shared_card(dialogue))


def quote_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a quote's page: its words, with a card of their own."""
    quote, dialogue = context["quote"], context["dialogue"]
    names = {"name": quote.appearance.speaker, "dialogue": dialogue.localized.title.text}
    title = _("%(name)s: a quote from %(dialogue)s") % names
    # A quote that was never public has no number, so its preview shows the card of the site.
    card = (card_of_quote(quote), reverse("cards:quote", args=[quote.number])) if quote.number else ()
    return Head(title, shorten(quote.text), steps_within(dialogue), [quotation(quote)], "article", *card)


class QuoteListView(ListView):
    """All quotes, newest first."""

    public_page = QUOTES

    queryset = Quote.objects.published().for_lists().order_by("-published_at", "-number")
    paginate_by = 30


class DialogueQuoteListView(ListView):
    """All quotes of one dialogue."""

    public_page = PublicPage(quotes_of_dialogue_head)

    template_name = "dialogues/dialogue_quotes.html"
    paginate_by = 60

    def get_queryset(self) -> QuerySet:
        dialogues = Dialogue.objects.visible_to(self.request.user).select_related("series")
        self.dialogue = get_object_or_404(dialogues, slug=self.kwargs["slug"])
        return Quote.objects.visible_to(self.request.user).filter(appearance__dialogue=self.dialogue).for_lists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dialogue=self.dialogue, **kwargs)


class QuoteDetailView(DetailView):
    """One quote, with the dialogue and panel at which it was said."""

    public_page = PublicPage(quote_head, Records("quotes", Quote.objects.published))

    def get_queryset(self) -> QuerySet:
        return Quote.objects.visible_to(self.request.user).for_page().select_related("recording")

    def get_object(self, queryset: QuerySet | None = None) -> Quote:
        return get_object_or_404(self.get_queryset(), with_address_number(self.kwargs["number"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, quote = self.request.user, self.object
        dialogue = quote.appearance.dialogue
        before, after = adjacent_quotes(quote, Quote.objects.visible_to(user).for_lists())
        is_public = quote.is_published and dialogue.is_published
        return super().get_context_data(
            before=before,
            after=after,
            citation=quote_citation(quote) if is_public else None,
            as_html=quote_as_html(quote) if is_public else "",
            news_item=NewsItem.objects.visible_to(user).filter(quotes=quote).first(),
            dialogue=dialogue,
            appearance=quote.appearance,
            sections=quote_sections(quote, user),
            answer_form=answer_form(quote, user),
            **kwargs,
        )


def answer_form(quote: Quote, user: Any) -> AnswerForm | None:
    """Return the form for the answer of the speaker who was given a preview of this quote; None for anyone else."""
    preview = getattr(user, "preview", None)
    if preview is None or preview.record != quote or not preview.is_given_to(quote.appearance):
        return None
    return AnswerForm(initial={"text": quote.text})


def adjacent_quotes(quote: Quote, quotes: QuerySet) -> tuple[Quote | None, Quote | None]:
    """Return the quotes before and after one in its dialogue, among `quotes`; None at either end."""
    of_dialogue = quotes.filter(appearance__dialogue=quote.appearance.dialogue_id)
    if quote.number is None:
        earlier, later = Q(number__isnull=False) | Q(pk__lt=quote.pk), Q(number=None, pk__gt=quote.pk)
    else:
        earlier, later = Q(number__lt=quote.number), Q(number__gt=quote.number) | Q(number=None)
    return of_dialogue.filter(earlier).last(), of_dialogue.filter(later).first()
