"""What the staff desk opens on: heaps of work, each line a link to it. This room's own; other rooms add theirs."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .board import board
from .models import Dialogue, NewsItem, Paper, Quote, Summary

SHOWN = 5  # lines of a heap; more stand behind a link


@dataclass(frozen=True)
class Line:
    """One thing to do: its words, where it is done, and how many days it has waited, where that is known."""

    text: str | Promise
    address: str
    note: str | Promise = ""
    days: int | None = None


@dataclass(frozen=True)
class Heap:
    """Work of one kind, oldest first: how much there is, the first lines, all of it, and ways to narrow it."""

    title: str | Promise
    total: int
    lines: list
    address: str = ""
    parts: list = field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many there are beyond the lines that are shown."""
        return self.total - len(self.lines)


def heap(title, records, line, address="", parts=()):
    """A Heap of a queryset, each record as the Line that `line(record)` gives; None where there is nothing."""
    first = list(records[: SHOWN + 1])
    if not first:
        return None
    total = records.count() if len(first) > SHOWN else len(first)
    return Heap(title, total, [line(record) for record in first[:SHOWN]], address, list(parts))


def heaps(user):
    """What waits of proceedings for `user`: summaries that are due, drafts, files that failed."""
    return [found for found in (summaries_awaited(user), drafts(user), *faulty_files(user)) if found]


def summaries_awaited(user):
    """Summaries that readers wait for, the longest awaited first."""
    if not (user.has_perm("dialogues.view_expecteddocument") and user.has_perm("dialogues.view_dialogue")):
        return None
    due = [
        entry
        for _dialogue, entries in board(Dialogue.objects.visible_to(user))
        for entry in entries
        if entry.state == "awaited" and entry.document.kind == "summary"
    ]
    due.sort(key=lambda entry: entry.days, reverse=True)
    lines = [
        Line(str(entry.dialogue), change_page(entry.dialogue), entry.document.get_language_display(), entry.days)
        for entry in due[:SHOWN]
    ]
    return (
        Heap(_("Summaries awaited"), len(due), lines, reverse("dialogues:awaited", query={"state": "awaited"}))
        if due
        else None
    )


def drafts(user):
    """Proceedings that are not published, by kind."""
    lines, total = [], 0
    for model in (Dialogue, Summary, Paper, Quote, NewsItem):
        number = hidden_of(model, user)
        if number:
            address = list_page(model, published_at__isempty=1)
            lines.append(Line(model._meta.verbose_name_plural.capitalize(), address, str(number)))
            total += number
    return Heap(_("Drafts of proceedings"), total, lines) if lines else None


def hidden_of(model, user):
    if not user.has_perm(f"dialogues.view_{model._meta.model_name}"):
        return 0
    return model.objects.visible_to(user).filter(published_at=None).count()


def faulty_files(user):
    """Papers and summaries whose file could not be read."""
    titles = {Paper: _("Papers whose file failed"), Summary: _("Summaries whose file failed")}
    for model, title in titles.items():
        if user.has_perm(f"dialogues.view_{model._meta.model_name}"):
            records = model.objects.visible_to(user).filter(~Q(document__fault="")).exclude(document=None)
            yield heap(title, records.select_related("document", "dialogue").order_by("document__created_at"), failed)


def failed(record):
    return Line(str(record), change_page(record), record.document.get_fault_display())


def change_page(record):
    """The address at which staff work on a record."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def list_page(model, **query):
    """The address of the staff's list of a model, narrowed."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)
