from django.db.models import F
from django.views.generic import DetailView, ListView

from dialogues.models import Quote, Speaker


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
        return super().get_context_data(
            appearances=appearances,
            notices=sorted({appearance.dialogue.series.notice for appearance in appearances} - {""}),
            quotes=Quote.objects.visible_to(user).filter(appearance__speaker=speaker).for_lists().order_by("-pk")[:60],
            **kwargs,
        )
