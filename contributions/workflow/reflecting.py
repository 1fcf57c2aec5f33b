"""Who stands behind a paragraph: the portal proposes, a person says yes or no, a new version takes it over."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contributions.models import Contribution, Reflection, is_near
from contributions.tracing import behind
from dialogues.models import Quote, Summary
from publishing.models import Verb
from publishing.workflow import locked, log, log_each, require_permission

State = Reflection.State
PLACE = re.compile(r"files/\d{1,4}/(#page=\d{1,4})?")


@transaction.atomic
def confirm_reflection(paragraph, source, *, by, place=""):
    """Say that `source`, a public contribution or quote of the same dialogue, stands behind a paragraph.

    `place` is what follows the contribution's address: "files/1/#page=3". Raises ValidationError, PermissionDenied.
    """
    require_permission(by, "change", paragraph.summary)
    demand_source(paragraph, source)
    return decide(paragraph, source, State.CONFIRMED, by=by, place=place if PLACE.fullmatch(place) else "")


def dismiss_reflection(paragraph, source, *, by):
    """Say that `source` does not stand behind a paragraph, whatever was said before; it is not proposed again."""
    return decide(paragraph, source, State.DISMISSED, by=by)


def demand_source(paragraph, source):
    """Raise ValidationError unless `source` is public and of the paragraph's dialogue."""
    path = "call__dialogue" if isinstance(source, Contribution) else "appearance__dialogue"
    public = type(source).objects.published().filter(pk=source.pk, **{path: paragraph.summary.dialogue_id})
    if paragraph.number is None:
        raise ValidationError(_("Only a numbered paragraph can have sources."))
    if not public.exists():
        raise ValidationError(_("That is not a published contribution or quote of this dialogue."))


@transaction.atomic
def decide(paragraph, source, state, *, by, place=""):
    """Write down what a person says of a paragraph and a source. The same again changes and logs nothing."""
    require_permission(by, "change", paragraph.summary)
    current = locked(paragraph)
    name = "quote" if isinstance(source, Quote) else "contribution"
    said = {"state": state, "place": place, "text": current.text}
    row = Reflection.objects.filter(paragraph=current, **{name: source}).first()
    if row and all(getattr(row, field) == value for field, value in said.items()):
        return row
    said |= {"by": by, "at": timezone.now()}
    row, _new = Reflection.objects.update_or_create(paragraph=current, **{name: source}, defaults=said)
    verb = Verb.CONFIRM_SOURCE if state == State.CONFIRMED else Verb.DISMISS_SOURCE
    facts = {"summary": current.summary_id, "paragraph": current.number, name: source.pk}
    log(row, verb, by=by, facts=facts)
    return row


@transaction.atomic
def carry_over(summary):
    """Give a new version of a summary the sources of the one before, where a paragraph says the same or nearly.

    What a person said of the new version stays. The words that were read go along, so that what changed shows.
    """
    versions = Summary.objects.filter(dialogue=summary.dialogue_id)
    before = versions.filter(language=summary.language, version__lt=summary.version).first()  # the highest comes first
    if before is None:
        return
    followed = set(versions.filter(version=summary.version).values_list("language", flat=True))
    known = set(Reflection.objects.filter(paragraph__summary=summary).values_list("paragraph", "contribution", "quote"))
    rows = [
        row
        for row in taken_over(before, summary, followed - {summary.language})
        if (row.paragraph_id, row.contribution_id, row.quote_id) not in known
    ]
    if rows:
        log_each(Reflection.objects.bulk_create(rows), Verb.CARRY_OVER_SOURCE, by=None, facts={"summary": summary.pk})


def taken_over(before, summary, followed):
    """Copies, unsaved, of what stands behind the paragraphs of one version for those of the next.

    What was said of a language that has this version too (`followed`) is left: the summary follows it anyway.
    """
    found = behind(before, Reflection.objects.all())
    words = dict(before.paragraphs.filter(number__in=found).values_list("number", "text"))
    for paragraph in summary.paragraphs.filter(number__in=words):
        for row in found[paragraph.number]:
            own = row.paragraph.summary_id == before.pk
            read = row.text if own else words[paragraph.number]
            if is_near(read, paragraph.text) and (own or row.paragraph.summary.language not in followed):
                row.pk, row.paragraph, row.text, row._state.adding = None, paragraph, read, True
                yield row
