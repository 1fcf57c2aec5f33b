from django.views.generic import DetailView, ListView

from dialogues import threads
from dialogues.models import Topic


class TopicListView(ListView):
    """Every topic."""

    paginate_by = 100

    def get_queryset(self):
        return Topic.objects.published().by_name()


class TopicDetailView(DetailView):
    """A topic's thread through years and series."""

    def get_queryset(self):
        return Topic.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        stops = threads.of_topic(self.object, self.request.user)
        return super().get_context_data(
            years=threads.by_year(stops),
            series=sorted({stop.dialogue.series.name for stop in stops}),
            **kwargs,
        )
