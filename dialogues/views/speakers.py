from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from publishing.pages import Head, ListPage, PublicPage, Records
from text.markup import strip_markdown
from text.words import shorten

from ..heads import speaker_person
from ..models import Quote, Speaker
from ..timelines import group_by_year, speaker_timeline

MAX_QUOTES = 60

SPEAKERS = ListPage.of(
    "dialogues:speaker-list",
    gettext_lazy("Speakers"),
    gettext_lazy("Everyone who spoke at a dialogue, with their appearances and their words."),
)


def speaker_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a speaker's page."""
    speaker = context["speaker"]
    about = _("Where %(name)s appeared, as whom, and what was said, word for word.") % {"name": speaker}
    description = shorten(strip_markdown(speaker.biography)) or about
    return Head(speaker.name, description, [SPEAKERS.step], [speaker_person(speaker)], "profile")


class SpeakerListView(ListView):
    """All people with a public appearance, by name."""

    public_page = SPEAKERS

    queryset = Speaker.objects.published().select_related("portrait", "organization").order_by("name", "slug")
    paginate_by = 60


class SpeakerDetailView(DetailView):
    """A speaker with their appearances and quotes, by year."""

    public_page = PublicPage(speaker_head, Records("speakers", Speaker.objects.published, published=None))

    def get_queryset(self) -> QuerySet:
        return Speaker.objects.visible_to(self.request.user).select_related("portrait", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, speaker = self.request.user, self.object
        appearances = speaker.appearances.visible_to(user).select_related("dialogue__series", "panel__dialogue")
        appearances = list(appearances.order_by(F("dialogue__starts_on").desc(nulls_last=True), "panel__number", "pk"))
        quotes = Quote.objects.visible_to(user).filter(appearance__speaker=speaker).reverse()[:MAX_QUOTES]
        return super().get_context_data(
            years=group_by_year(speaker_timeline(appearances, reversed(quotes))),
            notices=sorted({appearance.dialogue.series.notice for appearance in appearances} - {""}),
            **kwargs,
        )
