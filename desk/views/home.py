"""The first page of the desk, and the search over everything."""

from typing import Any

from django.views.generic import TemplateView

from dialogues.models import Dialogue

from ..access import DeskMixin
from ..records import search
from ..work import work_lists
from ..work.upcoming import upcoming

DIALOGUES_SHOWN = 6


class HomeView(DeskMixin, TemplateView):
    """What waits, what comes next, the ways to add material, and the latest dialogues."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        dialogues = Dialogue.objects.visible_to(user).latest_first() if user.has_perm("dialogues.view_dialogue") else []
        return super().get_context_data(
            work_lists=work_lists(user),
            upcoming=upcoming(user),
            dialogues=dialogues[:DIALOGUES_SHOWN],
            **kwargs,
        )


class SearchView(DeskMixin, TemplateView):
    """Titles, names and references that contain the words of `?q=`, drafts included."""

    template_name = "desk/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()[:200]
        return super().get_context_data(words=words, groups=list(search(words, self.request.user)), **kwargs)
