from django.views.generic import DetailView, ListView

from dialogues import sections
from dialogues.models import Dialogue, Panel, Topic


class TopicListView(ListView):
    """Every topic."""

    queryset = Topic.objects.published()
    paginate_by = 100


class TopicDetailView(DetailView):
    """A topic's thread through dialogues, panels and what other rooms have on it."""

    def get_queryset(self):
        return Topic.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        topic = self.object
        return super().get_context_data(
            dialogues=Dialogue.objects.published().filter(topics=topic).for_lists().latest_first()[:50],
            panels=Panel.objects.published().filter(topics=topic).select_related("dialogue")[:50],
            sections=sections.build("topic", topic, self.request.user),
            **kwargs,
        )
