"""Takes down again what was taken down after a backup was made, before anyone reads the restored site."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model

from contributions import workflow as contributions_workflow
from contributions.models import Contribution, Invitation, Reflection, Team
from dialogues.models import Photograph
from dialogues.workflow.photographs import withdraw_consent
from mail.models import OutgoingEmail, State
from publishing.models import Preview, Publishable, Transition, Verb
from publishing.workflow import unpublish

from .takedowns import NotedMove

# Moves after which a record may show less than before. A publication is one of them: what was published later may be
# the correction that withholds a name.
REDUCES = {
    Verb.CORRECT, Verb.CORRECT_WORDS, Verb.DECLINE, Verb.DELETE, Verb.DISMISS_SOURCE, Verb.ERASE, Verb.LEAVE,
    Verb.MERGE, Verb.PUBLISH, Verb.UNMERGE, Verb.UNPUBLISH, Verb.USE_CORRECTION, Verb.WITHDRAW, Verb.WITHDRAW_CONSENT,
    Verb.WITHDRAW_PREVIEW,
}  # fmt: skip


def replay(moves: Iterable[NotedMove], since: int) -> list[str]:
    """Hide what was taken down by `moves` later than the entry `since` of the log; return a line about each record.

    What has changed since is hidden too, because the backup holds its former words: staff publish it again.
    """
    later: dict[tuple[str, int], list[str]] = {}
    withdrawn: set[int] = set()
    for move in moves:
        if move.number > since:
            withdrawn.update(move.invitations)
            if move.verb in REDUCES:
                later.setdefault((move.kind, move.key), []).append(move.verb)
    lines = [line for (kind, key), verbs in later.items() if (line := _take_down(kind, key, set(verbs)))]
    if count := contributions_workflow.withdraw_invitations(Invitation.objects.filter(pk__in=withdrawn), by=None):
        lines.append(f"invitations: {count} withdrawn")
    return lines


@transaction.atomic
def _take_down(kind: str, key: int, verbs: set[str]) -> str:
    model: Any = apps.get_model(kind)
    record: Any = model._base_manager.filter(pk=key).first()
    if record is None:  # it was created after the backup, or deleted before it
        return ""
    done = []
    if Verb.WITHDRAW_PREVIEW in verbs and Preview.objects.of(record).delete()[0]:
        done.append("previews closed")
    take_down = TAKE_DOWN.get(model, _hide if issubclass(model, Publishable) else None)
    if take_down and (result := take_down(record, verbs)):
        done.append(result)
    return f"{model._meta.verbose_name} {_name(record)}: {', '.join(done)}" if done else ""


def _name(record: Model) -> str:
    return str(getattr(record, "reference", None) or record.pk)


def _hide(record: Any, verbs: set[str]) -> str:
    if not record.is_published:
        return ""
    unpublish(record, by=None)
    return "hidden"


def _take_down_contribution(record: Contribution, verbs: set[str]) -> str:
    if verbs & {Verb.WITHDRAW, Verb.ERASE} and record.state in Contribution.CORRECTABLE:
        contributions_workflow.withdraw(record, by=None)
        return "withdrawn"
    if record.is_published:
        contributions_workflow.unpublish(record, by=None)
        return "hidden, and back in review"
    return ""


def _take_down_photograph(record: Photograph, verbs: set[str]) -> str:
    if Verb.WITHDRAW_CONSENT in verbs and record.consented_on:
        withdraw_consent(record, by=None)
        return "hidden, because consent was withdrawn"
    return _hide(record, verbs)


def _dismiss(record: Reflection, verbs: set[str]) -> str:
    source = record.contribution or record.quote
    if Verb.DISMISS_SOURCE not in verbs or record.state != Reflection.State.CONFIRMED or source is None:
        return ""
    contributions_workflow.dismiss_reflection(record.paragraph, source, by=None)
    return "dismissed"


def _end_access(record: Team, verbs: set[str]) -> str:
    """End all access to a team: the log does not say who left. Its drafts stay with their filers."""
    removed, _by_model = record.memberships.all().delete()
    return "everyone's access ended" if removed else ""


TAKE_DOWN: dict[Any, Callable[[Any, set[str]], str]] = {
    Contribution: _take_down_contribution,
    Photograph: _take_down_photograph,
    Reflection: _dismiss,
    Team: _end_access,
}


def settle() -> None:
    """End what would otherwise continue from the time of the backup: sessions end, and staff decide on unsent letters.

    The letters may have been sent since, and people may have signed out.
    """
    Session.objects.all().delete()
    unsent = OutgoingEmail.objects.filter(state__in=[State.WAITING, State.SENDING])
    for letter in unsent.iterator():
        letter.claimed_at = letter.claimed_at or letter.queued_at
        letter.state, letter.error = State.UNCLEAR, "A backup was restored."
        letter.save(update_fields=["claimed_at", "state", "error"])


def log_end() -> int:
    """Return the number of the last entry of the log."""
    ContentType.objects.clear_cache()  # of another database
    return Transition.objects.order_by("-number").values_list("number", flat=True).first() or 0
