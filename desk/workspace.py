"""The workspace of a dialogue: its parts, and the frame that all of them share."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogues.models import Dialogue

from .access import DeskMixin
from .dialogue_records import DialogueRecords
from .kinds import kind_of


@dataclass(frozen=True)
class Part:
    """A part of the workspace: the name of its page, its label, and the number of its records, if it has any."""

    name: str
    label: str | Promise
    address: str
    total: int | None = None


LABELS = {
    # Translators: the first page of a dialogue's workspace
    "overview": _("Overview"),
    # Translators: title, dates and place of a dialogue
    "details": pgettext_lazy("part of a workspace", "Details"),
    "programme": _("Programme"),
    "summary": _("Summary"),
    "contributions": _("Contributions"),
    "quotes": _("Quotes and statements"),
    "documents": _("Documents"),
    "comments": _("Comments"),
    "letters": _("Letters"),
    "translations": _("Translations"),
    # Translators: what of a dialogue is public
    "publication": _("Publication"),
}


NEEDS = {
    "details": "dialogues.change_dialogue",
    "programme": "dialogues.view_panel",
    "summary": "dialogues.view_summary",
    "contributions": "contributions.view_contribution",
    "quotes": "dialogues.view_quote",
    "documents": "dialogues.view_paper",
    "comments": "dialogues.view_comment",
    "letters": "contributions.view_callletter",
    "translations": "dialogues.change_dialogue",
    "publication": "dialogues.publish_dialogue",
}


def part_page(name: str, dialogue: Dialogue) -> str:
    """Return the address of a part of a dialogue's workspace."""
    if name == "details":
        return reverse("desk:edit", args=[f"dialogue-{dialogue.pk}"])
    names = {"overview": "dialogue", "letters": "call-letters", "translations": "dialogue-translations"}
    return reverse(f"desk:{names.get(name, name)}", args=[dialogue.pk])


def parts_of(dialogue: Dialogue, user: Any) -> Iterator[Part]:
    """Yield the parts of the workspace of a dialogue that `user` may open."""
    records = DialogueRecords(dialogue, user)
    totals = {
        "programme": dialogue.panels.count,
        "summary": records.summaries.count,
        "contributions": records.contributions.count,
        "quotes": lambda: records.quotes.count() + records.statements.count(),
        "documents": records.papers.count,
        "comments": records.comments.count,
        "letters": records.letters.count,
    }
    for name, label in LABELS.items():
        if name in NEEDS and not user.has_perm(NEEDS[name]):
            continue
        count = totals.get(name)
        yield Part(name, label, part_page(name, dialogue), count() if count else None)


class WorkspaceMixin(DeskMixin):
    """A page of the desk that may belong to a dialogue. Times on it are those of the dialogue's time zone."""

    dialogue: Dialogue | None = None
    part = ""

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        self.dialogue = self.find_dialogue(request, **kwargs)
        return timezone.override(self.dialogue.zone) if self.dialogue else nullcontext()

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        """Return the dialogue that the page belongs to, or None. Raises Http404, or PermissionDenied."""
        return None

    def open_workspace_of(self, record: Any) -> Dialogue | None:
        """Choose the part of the workspace that a record belongs to, and return its dialogue, if it has one."""
        kind: Any = kind_of(record)
        self.part = kind.part
        dialogue: Dialogue | None = kind.dialogue_of(record)
        return dialogue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request: HttpRequest = self.request  # type: ignore[attr-defined]  # of the view
        if self.dialogue is not None:
            kwargs.update(dialogue=self.dialogue, parts=list(parts_of(self.dialogue, request.user)), part=self.part)
        kwargs["frame"] = "desk/workspace.html" if self.dialogue else "base_staff.html"
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view
        return context


class PartMixin(WorkspaceMixin):
    """A part of the workspace, at an address with the primary key of the dialogue. `part` is a key of LABELS."""

    dialogue: Dialogue

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue:
        user: Any = request.user
        if not user.has_perms(["dialogues.view_dialogue", *filter(None, [NEEDS.get(self.part)])]):
            raise PermissionDenied
        dialogues: Any = Dialogue.objects.visible_to(user).select_related("series")
        dialogue: Dialogue = get_object_or_404(dialogues, pk=kwargs["pk"])
        return dialogue
