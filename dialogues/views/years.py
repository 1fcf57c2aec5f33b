"""Pages that compare years: the dialogues of a series, and those on a topic."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from publishing.pages import Head, PublicPage

from ..heads import DIALOGUES
from ..models import Series, Topic
from ..years import years_of_series, years_of_topic
from .topics import TOPICS


def years_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a page that compares years."""
    record, list_page = context["record"], TOPICS if "topic" in context else DIALOGUES
    title = _("%(name)s: years side by side") % {"name": context["name"]}
    description = _("What was discussed, what was recommended and who took part, year by year.")
    return Head(title, description, [list_page.step, (context["name"], record.get_absolute_url())])


class SeriesYearsView(DetailView):
    """The dialogues of a series in columns, oldest first."""

    public_page = PublicPage(years_head)

    template_name = "dialogues/years.html"

    def get_queryset(self) -> QuerySet:
        return Series.objects.published()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            record=self.object, name=self.object.localized.name, columns=years_of_series(self.object), **kwargs
        )


class TopicYearsView(DetailView):
    """The dialogues on a topic in columns, oldest first."""

    public_page = PublicPage(years_head)

    template_name = "dialogues/years.html"

    def get_queryset(self) -> QuerySet:
        return Topic.objects.published()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = years_of_topic(self.object, self.request.user)
        return super().get_context_data(record=self.object, name=self.object.localized.name, columns=columns, **kwargs)
