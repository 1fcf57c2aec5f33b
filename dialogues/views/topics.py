from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from dialogues import linked_data, threads
from dialogues.models import Topic
from publishing.pages import Head, ListPage, PublicPage, Records, shorten
from text.markup import strip_markdown

TOPICS = ListPage.of(
    "dialogues:topic-list",
    gettext_lazy("Topics"),
    gettext_lazy("The subjects that dialogues, panels and contributions share."),
)


def topic_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a topic's page."""
    topic = context["topic"]
    name = topic.localized.name.text
    about = _("Dialogues, panels and contributions on: %(topic)s") % {"topic": name}
    description = shorten(strip_markdown(topic.description)) or about
    return Head(name, description, [TOPICS.step], [linked_data.subject(topic)])


class TopicListView(ListView):
    """Every topic."""

    public_page = TOPICS
    paginate_by = 100

    def get_queryset(self):
        return Topic.objects.published().by_name()


class TopicDetailView(DetailView):
    """A topic's thread through years and series."""

    public_page = PublicPage(topic_head, Records("topics", Topic.objects.published))

    def get_queryset(self):
        return Topic.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        stops = threads.of_topic(self.object, self.request.user)
        return super().get_context_data(
            years=threads.by_year(stops),
            series=sorted({stop.dialogue.series.name for stop in stops}),
            **kwargs,
        )
