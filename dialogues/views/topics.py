from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from publishing.pages import Head, ListPage, PublicPage, Records
from publishing.prepared import prepared
from text.markup import strip_markdown
from text.words import shorten

from ..heads import topic_term
from ..models import Recommendation, Topic
from ..timelines import group_by_year, topic_timeline

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
    description = shorten(strip_markdown(topic.localized.description.text)) or about
    return Head(name, description, [TOPICS.step], [topic_term(topic)])


class TopicListView(ListView):
    """All topics."""

    public_page = TOPICS
    paginate_by = 100

    def get_queryset(self) -> Any:
        return Topic.objects.published().by_name()


@prepared
def topics_at(slug: Any, user: Any) -> QuerySet[Topic]:
    """Return the topic with this slug if `user` may read it."""
    recommendations = Recommendation.objects.in_newest_version().filter(dialogue__topics=OuterRef("pk"))
    return Topic.objects.visible_to(user).filter(slug=slug).annotate(has_recommendations=Exists(recommendations))


class TopicDetailView(DetailView):
    """A topic with its timeline of dialogues of all series."""

    public_page = PublicPage(topic_head, Records("topics", Topic.objects.published))

    def get_object(self, queryset: Any = None) -> Topic:
        found = topics_at(slug=self.kwargs["slug"], user=self.request.user)
        if not found:
            raise Http404
        return found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = topic_timeline(self.object, self.request.user)
        return super().get_context_data(
            years=group_by_year(entries),
            series=sorted({entry.dialogue.series.localized.name for entry in entries}),
            **kwargs,
        )
