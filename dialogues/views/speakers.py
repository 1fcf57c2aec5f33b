from django.db.models import F
from django.views.generic import DetailView, ListView

from dialogues.models import Quote, Speaker
from dialogues.timelines import group_by_year, speaker_timeline

MOST_QUOTES = 60


class SpeakerListView(ListView):
    """Everyone who appeared, by name."""

    queryset = Speaker.objects.published().select_related("portrait", "organization").order_by("name")
    paginate_by = 60


class SpeakerDetailView(DetailView):
    """A person: where they appeared, as whom, and what they said."""

    def get_queryset(self):
        return Speaker.objects.visible_to(self.request.user).select_related("portrait", "organization")

    def get_context_data(self, **kwargs):
        user, speaker = self.request.user, self.object
        appearances = speaker.appearances.visible_to(user).select_related("dialogue__series", "panel__dialogue")
        appearances = list(appearances.order_by(F("dialogue__starts_on").desc(nulls_last=True), "panel__number", "pk"))
        quotes = Quote.objects.visible_to(user).filter(appearance__speaker=speaker).order_by("-pk")[:MOST_QUOTES]
        return super().get_context_data(
            years=group_by_year(speaker_timeline(appearances, reversed(quotes))),
            notices=sorted({appearance.dialogue.series.notice for appearance in appearances} - {""}),
            **kwargs,
        )
