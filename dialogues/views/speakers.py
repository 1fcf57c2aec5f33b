from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from publishing.models.page_state import page_state
from publishing.pages import Head, ListPage, PublicPage, Records
from text.markup import strip_markdown
from text.words import shorten

from ..forms import SpeakerFilterForm
from ..heads import speaker_person
from ..models import Quote, Speaker, Statement
from ..speaker_lists import PATHS, Listed, filtered_speakers, speaker_facets
from ..timelines import group_by_year, speaker_timeline

MAX_QUOTES = 60
PANEL = F("panel__number").asc(nulls_first=True)  # what was said before the whole dialogue comes first

SPEAKERS = ListPage.of(
    "dialogues:speaker-list",
    gettext_lazy("Speakers"),
    gettext_lazy("Everyone who spoke at a dialogue, with their appearances and their words."),
    (*PATHS, "page"),
)


def speaker_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a speaker's page."""
    speaker = context["speaker"]
    about = _("Where %(name)s spoke, in what role, and what they said, word for word.") % {"name": speaker}
    description = shorten(strip_markdown(speaker.localized.biography.text)) or about
    return Head(speaker.name, description, [SPEAKERS.step], [speaker_person(speaker)], "profile")


class SpeakerListView(ListView):
    """All people with a public appearance, by family name, with a link to each letter, and filters."""

    public_page = SPEAKERS

    template_name = "dialogues/speaker_list.html"
    paginate_by = 60

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid filters of the address."""
        form = SpeakerFilterForm(self.request.GET)
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}

    def get_queryset(self) -> list[Listed]:  # type: ignore[override]  # pages of ids, in an order that SQL does not know
        return filtered_speakers(page_state(), self.chosen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facets = speaker_facets(page_state(), self.chosen)
        context = super().get_context_data(facets=facets, chosen=self.chosen, **kwargs)
        speakers = Speaker.objects.published().select_related("organization")
        found = speakers.in_bulk([listed.pk for listed in context["object_list"]])
        shown = [(listed.letter, found[listed.pk]) for listed in context["object_list"] if listed.pk in found]
        letters = [(letter, [one for _letter, one in people]) for letter, people in groupby(shown, itemgetter(0))]
        return {**context, "letters": letters, "pages_of_letters": self.pages_of_letters()}

    def pages_of_letters(self) -> dict[str, int]:
        """Return {letter: the page on which its first person is listed}."""
        pages: dict[str, int] = {}
        for place, listed in enumerate(self.object_list):
            pages.setdefault(listed.letter, place // self.paginate_by + 1)
        return pages


class SpeakerDetailView(DetailView):
    """A speaker with their appearances and quotes, by year."""

    public_page = PublicPage(speaker_head, Records("speakers", Speaker.objects.published, published=None))

    def get_queryset(self) -> QuerySet:
        spoken = Statement.objects.visible_to(self.request.user).filter(appearance__speaker=OuterRef("pk"))
        speakers = Speaker.objects.visible_to(self.request.user).annotate(has_statements=Exists(spoken))
        return speakers.select_related("portrait", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, speaker = self.request.user, self.object
        appearances = speaker.appearances.visible_to(user).select_related("dialogue__series", "panel__dialogue")
        appearances = list(appearances.order_by(F("dialogue__starts_on").desc(nulls_last=True), PANEL, "pk"))
        quotes = Quote.objects.visible_to(user).filter(appearance__speaker=speaker).reverse()[:MAX_QUOTES]
        statements = Statement.objects.visible_to(user).filter(appearance__speaker=speaker).for_lists()
        return super().get_context_data(
            statements=statements.order_by(F("dialogue__starts_on").desc(nulls_last=True), "position")
            if speaker.has_statements
            else [],
            years=group_by_year(speaker_timeline(appearances, reversed(quotes))),
            notices=sorted({appearance.dialogue.series.localized.notice for appearance in appearances} - {""}),
            **kwargs,
        )
