from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from dialogues import citations, linked_data
from dialogues.cards import card_of_quote
from dialogues.consultation import answer_form
from dialogues.heads import shared_card, steps_within
from dialogues.models import Dialogue, NewsItem, Quote
from dialogues.sections import quote_sections
from publishing.pages import Head, ListPage, PublicPage, Records, shorten


def is_citable(quote):
    """Whether everyone may read it."""
    return quote.is_published and quote.appearance.dialogue.is_published


QUOTES = ListPage.of(
    "dialogues:quote-list",
    gettext_lazy("Quotes"),
    gettext_lazy("What speakers said at the dialogues, word for word, newest first."),
)


def quotes_of_dialogue_head(context: Mapping[str, Any]) -> Head:
    """Return the head of the page with all quotes of a dialogue."""
    dialogue = context["dialogue"]
    title = _("Quotes, %(dialogue)s") % {"dialogue": dialogue}
    description = _("What speakers said at %(dialogue)s, word for word.") % {"dialogue": dialogue}
    return Head(title, description, steps_within(dialogue), **shared_card(dialogue))


def quote_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a quote's page: its words, with a card of their own."""
    quote, dialogue = context["quote"], context["dialogue"]
    title = _("%(name)s: a quote from %(dialogue)s") % {"name": quote.appearance.speaker, "dialogue": dialogue}
    return Head(
        title,
        shorten(quote.text),
        steps_within(dialogue),
        [linked_data.quotation(quote)],
        "article",
        card_of_quote(quote),
        reverse("cards:quote", args=[quote.pk]),
    )


class QuoteListView(ListView):
    """Every quote, newest first."""

    public_page = QUOTES

    queryset = Quote.objects.published().for_lists().order_by("-published_at", "-pk")
    paginate_by = 30


class DialogueQuoteListView(ListView):
    """Every quote of one dialogue."""

    public_page = PublicPage(quotes_of_dialogue_head)

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

    public_page = PublicPage(quote_head, Records("quotes", Quote.objects.published))

    def get_queryset(self):
        return Quote.objects.visible_to(self.request.user).for_lists()

    def get_context_data(self, **kwargs):
        appearance = self.object.appearance
        before, after = neighbours(self.object, self.get_queryset())
        return super().get_context_data(
            before=before,
            after=after,
            citation=citations.of_quote(self.object) if is_citable(self.object) else None,
            news_item=NewsItem.objects.visible_to(self.request.user).filter(quotes=self.object).first(),
            dialogue=appearance.dialogue,
            appearance=appearance,
            sections=quote_sections(self.object, self.request.user),
            answer_form=answer_form(self.object, self.request.user),
            **kwargs,
        )


def neighbours(quote, quotes):
    """The quotes before and after one in its dialogue, among those that a reader may see; None at either end."""
    there = quotes.filter(appearance__dialogue=quote.appearance.dialogue_id)
    before = there.filter(pk__lt=quote.pk).order_by("-pk").first()
    return before, there.filter(pk__gt=quote.pk).order_by("pk").first()
