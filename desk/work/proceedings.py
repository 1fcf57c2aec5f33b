"""The work on proceedings that waits for staff."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Model, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogues.models import Comment, Dialogue, NewsItem, Paper, Photograph, Quote, Statement, Summary
from dialogues.status import expected_documents_board

from ..kinds import desk_page
from ..workspace import part_page
from .lines import LINES_SHOWN, Line, WorkList, work_list

# The kinds of records that staff publish one by one, by their names on the desk.
DRAFTS: dict[str, Any] = {
    "dialogue": Dialogue, "summary": Summary, "paper": Paper, "quote": Quote, "statement": Statement,
    "photograph": Photograph, "news": NewsItem,
}  # fmt: skip


def work_lists(user: Any) -> list[WorkList]:
    """Return the work for `user`: open comments, awaited summaries, drafts, and files that could not be read."""
    lists = (open_comments(user), awaited_summaries(user), drafts(user), *failed_files(user))
    return [found for found in lists if found]


def open_comments(user: Any) -> WorkList | None:
    """Return the comments on drafts that nobody has resolved, oldest first, without their words."""
    if not user.has_perm("dialogues.change_comment"):
        return None
    comments = Comment.objects.open().filter(dialogue__in=Dialogue.objects.visible_to(user)).with_authors()
    return work_list(_("Comments to answer"), comments.select_related("dialogue", "paragraph"), _comment_line)


def _comment_line(comment: Comment) -> Line:
    address = f"{part_page('comments', comment.dialogue)}#comment-{comment.pk}"
    days = (timezone.localdate() - timezone.localdate(comment.created_at)).days
    label = comment.paragraph.label if comment.paragraph else ""
    facts = [str(comment.who or ""), _("Paragraph %(number)s") % {"number": label} if label else ""]
    return Line(str(comment.dialogue), address, " · ".join(filter(None, facts)), days)


def awaited_summaries(user: Any) -> WorkList | None:
    """Return the summaries that readers wait for, the longest awaited first."""
    if not (user.has_perm("dialogues.view_expecteddocument") and user.has_perm("dialogues.view_dialogue")):
        return None
    awaited = [
        status
        for _dialogue, statuses in expected_documents_board(Dialogue.objects.visible_to(user))
        for status in statuses
        if status.status == "awaited" and status.document.kind == "summary"
    ]
    if not awaited:
        return None
    awaited.sort(key=lambda status: status.days_awaited, reverse=True)
    lines = [
        Line(
            str(status.dialogue),
            desk_page(status.dialogue),
            status.document.get_language_display(),
            status.days_awaited,
        )
        for status in awaited[:LINES_SHOWN]
    ]
    address = reverse("dialogues:awaited", query={"state": "awaited"})
    return WorkList(_("Summaries awaited"), len(awaited), lines, address)


def drafts(user: Any) -> WorkList | None:
    """Return the number of unpublished records of each kind."""
    numbers = _count_drafts([model for model in DRAFTS.values() if _may_view(model, user)], user)
    lines = [
        Line(
            capfirst(str(model._meta.verbose_name_plural)),
            reverse("desk:drafts", args=[name]),
            count=numbers[model._meta.label],
        )
        for name, model in DRAFTS.items()
        if numbers.get(model._meta.label)
    ]
    total = sum(numbers.values())
    return WorkList(_("Drafts of proceedings"), total, lines) if lines else None


def failed_files(user: Any) -> Iterator[WorkList | None]:
    """Yield the papers, statements and summaries whose file could not be read."""
    titles: dict[Any, Any] = {
        Paper: _("Papers whose file failed"),
        Statement: _("Statements whose file failed"),
        Summary: _("Summaries whose file failed"),
    }
    for model, title in titles.items():
        if _may_view(model, user):
            records = model.objects.visible_to(user).filter(~Q(document__fault="")).exclude(document=None)
            records = records.select_related("document", "dialogue").order_by("document__created_at")
            yield work_list(title, records, _failed_line)


def _may_view(model: type[Model], user: Any) -> bool:
    return user.has_perm(f"dialogues.view_{model._meta.model_name}")


def _count_drafts(models: list[Any], user: Any) -> dict[str, int]:
    """Return how many drafts of each model `user` may see, by the label of the model, with one query."""
    counted = [
        model.objects.visible_to(user)
        .filter(published_at=None)
        .order_by()
        .values_list(Value(model._meta.label))
        .annotate(Count("pk"))
        for model in models
    ]
    return dict(counted[0].union(*counted[1:], all=True)) if counted else {}


def _failed_line(record: Any) -> Line:
    return Line(str(record), desk_page(record), record.document.fault_sentence)
