"""What a sender decides about what the screening found in a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.workflow import locked

from ..models import Decision, Revision
from ..screening.doubts import Doubt
from .moves import WrongStateError


@transaction.atomic
def decide(revision: Revision, choices: Mapping[str, str], *, by: Any) -> None:
    """Keep what a sender decided: for each key of a doubt, a `Decision.Choice`.

    What was sent can be decided on too, as files may be read later. Raises WrongStateError if the contribution can no
    longer be changed, and PermissionDenied for another user.
    """
    current = locked(revision.contribution)
    if not current.is_filed_by(by):
        raise PermissionDenied
    if not current.is_editable:
        raise WrongStateError(_("This contribution is closed and cannot be changed any more."))
    if not Revision.objects.filter(pk=revision.pk).exists():
        raise WrongStateError(_("This draft was deleted."))
    now = timezone.now()
    Decision.objects.bulk_create(
        [Decision(revision=revision, key=key, choice=choice, at=now) for key, choice in choices.items()],
        update_conflicts=True,
        unique_fields=["revision", "key"],
        update_fields=["choice", "at"],
    )


def undecided_errors(doubts: Iterable[Doubt], decided: Mapping[str, str]) -> list[str]:
    """Return the sentences that stop a submission unless each of these doubts is decided, and may stay."""
    keys = {doubt.key for doubt in doubts}
    undecided = len(keys - decided.keys())
    to_change = sum(decided.get(key) == Decision.Choice.CHANGES for key in keys)
    sentences = []
    if undecided:
        words = ngettext(
            "Decide about %(count)d thing we found in what you are submitting.",
            "Decide about %(count)d things we found in what you are submitting.",
            undecided,
        )
        sentences.append(words % {"count": undecided})
    if to_change:
        words = ngettext(
            "You wanted to change %(count)d thing, and it is still there.",
            "You wanted to change %(count)d things, and they are still there.",
            to_change,
        )
        sentences.append(words % {"count": to_change})
    return sentences
