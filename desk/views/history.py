"""The history of one record."""

from typing import Any

from django.http import HttpRequest
from django.views.generic import TemplateView

from dialogues.models import Dialogue

from ..history import history_of
from ..kinds import find, kind_of
from ..workspace import WorkspaceMixin


class HistoryView(WorkspaceMixin, TemplateView):
    """Who changed what, and when. Only those who may change a record see what it was, because that may be hidden."""

    template_name = "desk/history.html"

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find(kwargs["key"], request.user, "change")
        kind: Any = kind_of(self.record)
        self.part = kind.part
        return kind.dialogue_of(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, entries=history_of(self.record), **kwargs)
