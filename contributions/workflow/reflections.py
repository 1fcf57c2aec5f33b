"""Reflections: a person confirms or dismisses a source of a paragraph, and a new version carries them over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models import Paragraph, Quote, Summary
from publishing.models import Verb
from publishing.workflow import locked, log, log_each, require_permission
from text.similarity import is_similar

from ..models import Contribution, Reflection
from ..reflections.sources import PLACE, confirmed_reflections

State = Reflection.State


@transaction.atomic
def confirm_reflection(paragraph: Paragraph, source: Contribution | Quote, *, by: Any, place: str = "") -> Reflection:
    """Confirm `source`, a public contribution or quote of the same dialogue, as a source of a paragraph.

    `place` follows the address of the contribution: "#p12", "files/1/#page-3". Raises ValidationError for another
    source or a paragraph without a number, and PermissionDenied.
    """
    require_permission(by, "change", paragraph.summary)
    _require_source(paragraph, source)
    return _decide(paragraph, source, State.CONFIRMED, by=by, place=place if PLACE.fullmatch(place) else "")


def dismiss_reflection(paragraph: Paragraph, source: Contribution | Quote, *, by: Any) -> Reflection:
    """Dismiss `source` as a source of a paragraph, even if it was confirmed before. It is not proposed again.

    Raises PermissionDenied.
    """
    return _decide(paragraph, source, State.DISMISSED, by=by)


def _require_source(paragraph: Paragraph, source: Contribution | Quote) -> None:
    """Raise ValidationError unless `source` is public and belongs to the paragraph's dialogue."""
    path = "call__dialogue" if isinstance(source, Contribution) else "appearance__dialogue"
    public = type(source).objects.published().filter(pk=source.pk, **{path: paragraph.summary.dialogue_id})
    if paragraph.number is None:
        raise ValidationError(_("Only a numbered paragraph can have sources."))
    if not public.exists():
        raise ValidationError(_("That is not a published contribution or quote of this dialogue."))


@transaction.atomic
def _decide(paragraph: Paragraph, source: Contribution | Quote, state: str, *, by: Any, place: str = "") -> Reflection:
    """Record a decision and return it. The same decision again changes and logs nothing."""
    require_permission(by, "change", paragraph.summary)
    current = locked(paragraph)
    name = "quote" if isinstance(source, Quote) else "contribution"
    values: dict[str, Any] = {"state": state, "place": place, "text": current.text}
    link: dict[str, Any] = {name: source}
    row: Reflection | None = Reflection.objects.filter(paragraph=current, **link).first()
    if row and all(getattr(row, field) == value for field, value in values.items()):
        return row
    values |= {"by": by, "at": timezone.now()}
    row, _new = Reflection.objects.update_or_create(paragraph=current, **link, defaults=values)
    verb = Verb.CONFIRM_SOURCE if state == State.CONFIRMED else Verb.DISMISS_SOURCE
    facts = {"summary": current.summary_id, "paragraph": current.number, name: source.pk}
    if current.part > 1:
        facts["part"] = current.part
    log(row, verb, by=by, facts=facts)
    return row


@transaction.atomic
def carry_over_reflections(summary: Summary, **kwargs: Any) -> None:
    """Copy the confirmed sources of the previous version of a summary to paragraphs that say the same, or nearly.

    Decisions about the new version stay. The text that was read is copied too, so that changes of wording show.
    """
    versions = Summary.objects.filter(dialogue=summary.dialogue_id)
    previous = versions.filter(language=summary.language, version__lt=summary.version).first()  # the highest is first
    if previous is None:
        return
    languages = set(versions.filter(version=summary.version).values_list("language", flat=True))
    known = set(Reflection.objects.filter(paragraph__summary=summary).values_list("paragraph", "contribution", "quote"))
    rows = [
        row
        for row in _copies(previous, summary, languages - {summary.language})
        if (row.paragraph_id, row.contribution_id, row.quote_id) not in known
    ]
    if rows:
        log_each(Reflection.objects.bulk_create(rows), Verb.CARRY_OVER_SOURCE, by=None, facts={"summary": summary.pk})


def _copies(previous: Summary, summary: Summary, languages: set[str]) -> Iterator[Reflection]:
    """Yield unsaved copies of the confirmed reflections of one version for the next.

    Decisions about a summary in one of `languages` are left out: the new version has those languages too, and follows
    their decisions anyway.
    """
    found = confirmed_reflections(previous, Reflection.objects.all())
    texts = {paragraph.anchor: paragraph.text for paragraph in previous.paragraphs.exclude(number=None)}
    for paragraph in summary.paragraphs.exclude(number=None):
        for row in found.get(paragraph.anchor, []) if paragraph.anchor in texts else []:
            is_own = row.paragraph.summary_id == previous.pk
            text = row.text if is_own else texts[paragraph.anchor]
            if is_similar(text, paragraph.text) and (is_own or row.paragraph.summary.language not in languages):
                row.pk, row.paragraph, row.text, row._state.adding = None, paragraph, text, True
                yield row
