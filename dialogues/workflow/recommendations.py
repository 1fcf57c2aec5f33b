"""Recommendations: staff mark paragraphs of a summary, and link what later dialogues say about them.

A mark belongs to a number in all languages of a version. When the text changes, marks follow their words.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.models import Verb
from publishing.workflow import locked, log, require_permission
from text.similarity import is_similar, similarity

from ..models import FollowUp, Paragraph, Quote, Recommendation, Summary
from ..paragraph_numbers import Place, place_of

Marked = list[tuple[Recommendation, Place, str]]  # with the place and the text of a paragraph before a change


def marks_by_place(summary: Summary) -> dict[Place, Recommendation]:
    """Return the recommendations of a summary by the place of their paragraph, whatever language they were marked in.

    If languages differ, the summary's own marks take precedence.
    """
    paragraphs = _of_version(summary).exclude(recommendation=None).select_related("recommendation")
    ordered = sorted(paragraphs, key=lambda paragraph: paragraph.summary_id == summary.pk)
    return {place_of(paragraph): paragraph.recommendation for paragraph in ordered}


def marks_digest(summary: Summary) -> str:
    """Return a digest of the text of a summary and its marks, by which a form knows that nothing has changed since."""
    marks = sorted((*place, mark.pk, mark.kind) for place, mark in marks_by_place(summary).items())
    return hashlib.sha256(f"{summary.digest} {marks}".encode()).hexdigest()


@transaction.atomic
def mark_paragraphs(summary: Summary, kinds: Mapping[str, str], *, by: Any, seen: str) -> int:
    """Set the marks of a summary in all languages of its version, and return how many changed.

    `kinds` has a kind for the anchor of each paragraph, or "" for no mark; others stay as they are. `seen` is the
    digest of the marks that the user looked at. Raises PermissionDenied, and ValidationError if something has changed
    since, or if links to later dialogues would be lost.
    """
    require_permission(by, "change", summary)
    locked(summary.dialogue)
    if seen != marks_digest(summary):
        raise ValidationError(_("The text or the marks were changed in the meantime: check them, then save."))
    marks, changed = marks_by_place(summary), 0
    for paragraph in summary.paragraphs.exclude(number=None):
        mark, kind = marks.get(place_of(paragraph)), kinds.get(paragraph.anchor)
        if kind is None or kind == (mark.kind if mark else ""):
            continue
        changed += 1
        if not kind:
            _unmark(summary, paragraph, by=by)
        elif mark:
            mark.kind = kind
            mark.full_clean()
            mark.save()
            log(summary, Verb.MARK_PARAGRAPH, by=by, facts=_facts(paragraph, kind))
        else:
            _mark(summary, paragraph, kind, by=by)
    return changed


def _mark(summary: Summary, paragraph: Paragraph, kind: str, *, by: Any) -> None:
    made = Recommendation(dialogue=summary.dialogue, kind=kind)
    made.full_clean()
    made.save()
    for row in _at(summary, paragraph):
        _set(row, made)
    log(summary, Verb.MARK_PARAGRAPH, by=by, facts=_facts(paragraph, kind))


def _unmark(summary: Summary, paragraph: Paragraph, *, by: Any) -> None:
    """Remove the marks at the place of a paragraph in all languages. Raises ValidationError if links would be lost."""
    rows = [row for row in _at(summary, paragraph) if row.recommendation_id]
    removed = Recommendation.objects.filter(pk__in={row.recommendation_id for row in rows})
    for row in rows:
        _set(row, None)
    unused = removed.filter(paragraphs=None)
    if FollowUp.objects.filter(recommendation__in=unused).exists():
        raise ValidationError(
            _("Paragraph %(number)s has links to later dialogues: remove them first.") % {"number": paragraph.label}
        )
    unused.delete()
    log(summary, Verb.UNMARK_PARAGRAPH, by=by, facts=_facts(paragraph))


def marked_texts(paragraphs: Iterable[Paragraph]) -> Marked:
    """Return the marks of paragraphs with their words, to find these again in another text."""
    return [(row.recommendation, place_of(row), row.text) for row in paragraphs if row.recommendation]


def move_marks(summary: Summary, marked: Marked, rows: Sequence[Paragraph]) -> None:
    """Put each mark on the row of a new text that says what its paragraph said. Remove marks whose words are gone."""
    found = {id(row): mark for mark, row in _find_words(marked, rows)}
    for row in rows:
        mark = found.get(id(row))
        if row.recommendation_id != (mark.pk if mark else None):
            _set(row, mark)
    kept = {mark.pk for mark in found.values()}
    for mark, place, _text in marked:
        if mark.pk not in kept:
            log(summary, Verb.UNMARK_PARAGRAPH, by=None, facts={"paragraph": place[1] or 0, "part": place[0]})
    gone = [mark.pk for mark, _place, _text in marked if mark.pk not in kept]
    other = Paragraph.objects.filter(recommendation__in=gone).exclude(summary=summary)
    Recommendation.objects.filter(pk__in=gone).exclude(pk__in=other.values("recommendation")).delete()


def copy_marks(summary: Summary) -> None:
    """Give a summary the marks of the other languages of its version, unless it has them already."""
    marks = marks_by_place(summary)
    if not marks:
        return
    rows = list(summary.paragraphs.exclude(number=None))
    own = {row.recommendation_id for row in rows}
    for row in rows:
        mark = marks.get(place_of(row))
        if mark and row.recommendation_id is None and mark.pk not in own:
            _set(row, mark)
            own.add(mark.pk)


def carry_over_marks(previous: Summary, summary: Summary) -> None:
    """Mark the paragraphs of a new version that say what marked ones of the previous version say."""
    marked = marked_texts(previous.paragraphs.select_related("recommendation"))
    rows = list(summary.paragraphs.exclude(number=None).filter(recommendation=None))
    for mark, row in _find_words(marked, rows):
        _set(row, mark)


@transaction.atomic
def link_follow_up(paragraph: Paragraph, target: Paragraph | Quote, *, kind: str, by: Any) -> FollowUp:
    """Link a recommendation, by a marked `paragraph` that says it, to what a later dialogue says about it.

    Raises PermissionDenied, and ValidationError if the target is not public or not of a later dialogue.
    """
    require_permission(by, "change", paragraph.summary)
    mark = paragraph.recommendation
    if mark is None:
        raise ValidationError(_("Mark this paragraph first."))
    if not type(target).objects.published().filter(pk=target.pk).exists():
        raise ValidationError(_("Only what is published can be linked."))
    _require_later(mark, target)
    link: dict[str, Any] = {"quote" if isinstance(target, Quote) else "paragraph": target}
    made = FollowUp.objects.filter(recommendation=mark, **link).first() or FollowUp(recommendation=mark, **link)
    if made.kind != kind:
        made.kind = kind
        made.full_clean()
        made.save()
        log(paragraph.summary, Verb.FOLLOW_UP, by=by, facts=_facts(paragraph, kind) | {"follow_up": made.pk})
    return made


@transaction.atomic
def remove_follow_up(paragraph: Paragraph, follow_up: FollowUp, *, by: Any) -> None:
    """Remove a link from the recommendation of a paragraph. Raises PermissionDenied."""
    require_permission(by, "change", paragraph.summary)
    facts = _facts(paragraph, follow_up.kind) | {"follow_up": follow_up.pk}
    follow_up.delete()
    log(paragraph.summary, Verb.REMOVE_FOLLOW_UP, by=by, facts=facts)


def _require_later(mark: Recommendation, target: Paragraph | Quote) -> None:
    dialogue = target.appearance.dialogue if isinstance(target, Quote) else target.summary.dialogue
    days = (mark.dialogue.starts_on, dialogue.starts_on)
    is_earlier = None not in days and days[1] < days[0]  # type: ignore[operator]  # neither is None
    if dialogue == mark.dialogue or is_earlier:
        raise ValidationError(_("Only a later dialogue can be linked."))


def _find_words(marked: Marked, rows: Iterable[Paragraph]) -> list[tuple[Recommendation, Paragraph]]:
    """Return each mark with the row that says what its paragraph said: at the same place, or else the most similar."""
    free = {place_of(row): row for row in rows if row.number is not None}
    found = []
    for mark, place, text in marked:
        if place in free and is_similar(free[place].text, text):
            found.append((mark, free.pop(place)))
    done = {mark.pk for mark, _row in found}
    for mark, _place, text in marked:
        if mark.pk in done or not free:
            continue
        best = max(free.values(), key=lambda row: similarity(row.text, text))
        if is_similar(best.text, text):
            found.append((mark, free.pop(place_of(best))))
    return found


def _of_version(summary: Summary) -> Any:
    """Return the numbered paragraphs of all languages of a version."""
    rows = Paragraph.objects.filter(summary__dialogue=summary.dialogue_id, summary__version=summary.version)
    return rows.exclude(number=None)


def _at(summary: Summary, paragraph: Paragraph) -> Any:
    """Return the paragraphs with the same number in all languages of a version."""
    return _of_version(summary).filter(part=paragraph.part, number=paragraph.number)


def _set(paragraph: Paragraph, mark: Recommendation | None) -> None:
    paragraph.recommendation = mark
    paragraph.save(update_fields=["recommendation"])


def _facts(paragraph: Paragraph, kind: str = "") -> dict[str, Any]:
    facts: dict[str, Any] = {"paragraph": paragraph.number, "part": paragraph.part}
    return facts | ({"kind": kind} if kind else {})
