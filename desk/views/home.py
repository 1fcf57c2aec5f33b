"""The first page of the desk, and the search over everything."""

from typing import Any

from django.db.models import F
from django.views.generic import ListView, TemplateView

from dialogues.models import Dialogue

from ..access import DeskMixin
from ..record_search import search
from ..work import work_lists
from ..work.upcoming import upcoming

DIALOGUES_SHOWN = 6


class HomeView(DeskMixin, TemplateView):
    """Work that waits, coming events, the ways to add material, and the latest dialogues."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        dialogues: Any = (
            Dialogue.objects.visible_to(user).latest_first() if user.has_perm("dialogues.view_dialogue") else []
        )
        return super().get_context_data(
            work_lists=work_lists(user),
            upcoming=upcoming(user),
            dialogues=dialogues[:DIALOGUES_SHOWN],
            **kwargs,
        )


class DialogueListView(DeskMixin, ListView):
    """All dialogues, drafts included, newest first."""

    permissions = ("dialogues.view_dialogue",)
    template_name = "desk/dialogues.html"
    context_object_name = "dialogues"
    paginate_by = 50

    def get_queryset(self) -> Any:
        dialogues = Dialogue.objects.visible_to(self.request.user)
        return dialogues.for_lists().order_by(F("starts_on").desc(nulls_first=True), "slug")


class SearchView(DeskMixin, TemplateView):
    """Titles, names and references that contain the words of `?q=`, drafts included."""

    template_name = "desk/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()[:200]
        return super().get_context_data(words=words, groups=list(search(words, self.request.user)), **kwargs)
