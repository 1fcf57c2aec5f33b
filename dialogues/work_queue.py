"""What the staff desk opens on: heaps of work, each line a link to it. This room's own; other rooms add theirs."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.work_queue import LINES_SHOWN, Line, WorkList, change_page, list_page, work_list

from .board import board
from .models import Dialogue, NewsItem, Paper, Quote, Summary


def work_lists(user):
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
        for entry in due[:LINES_SHOWN]
    ]
    return (
        WorkList(_("Summaries awaited"), len(due), lines, reverse("dialogues:awaited", query={"state": "awaited"}))
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
    return WorkList(_("Drafts of proceedings"), total, lines) if lines else None


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
            yield work_list(
                title, records.select_related("document", "dialogue").order_by("document__created_at"), failed
            )


def failed(record):
    return Line(str(record), change_page(record), record.document.get_fault_display())
