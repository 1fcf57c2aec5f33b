from django.views.generic import DetailView, ListView

from dialogues.models import Topic
from dialogues.timelines import group_by_year, topic_timeline


class TopicListView(ListView):
    """Every topic."""

    queryset = Topic.objects.published()
    paginate_by = 100


class TopicDetailView(DetailView):
    """A topic's thread through years and series."""

    def get_queryset(self):
        return Topic.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        entries = topic_timeline(self.object, self.request.user)
        return super().get_context_data(
            years=group_by_year(entries),
            series=sorted({entry.dialogue.series.name for entry in entries}),
            **kwargs,
        )
