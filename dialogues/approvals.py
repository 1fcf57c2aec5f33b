"""Which chairs have approved the present text of a summary, and when they were asked to."""

from dataclasses import dataclass
from datetime import datetime

from publishing.models import Transition, Verb

from .models import Appearance, Approval, Summary


@dataclass(frozen=True)
class ChairApproval:
    """The answer of a chair about a summary: their latest approval, whether it holds, and when they were last asked."""

    appearance: Appearance
    approval: Approval | None
    is_current: bool
    asked_at: datetime | None


def requests_for_approval(summary: Summary) -> list[Transition]:
    """Return the entries of the log by which chairs were asked to approve a summary, oldest first."""
    return list(summary.transitions.filter(verb=Verb.ASK_APPROVAL).order_by("at", "pk"))


def chair_approvals(summary: Summary) -> list[ChairApproval]:
    """Return the answer of each chair of the dialogue about a summary, in the order of the programme."""
    digest = summary.digest
    latest = {approval.appearance_id: approval for approval in summary.approvals.order_by("at", "pk")}
    current = {approval.appearance_id for approval in summary.approvals.all() if approval.digest == digest}
    asked = {pk: entry.at for entry in requests_for_approval(summary) for pk in entry.facts.get("chairs", [])}
    chairs = Appearance.objects.chairing().filter(dialogue=summary.dialogue_id).select_related("speaker__account")
    return [
        ChairApproval(chair, latest.get(chair.pk), chair.pk in current, asked.get(chair.pk))
        for chair in chairs.order_by("position", "pk")
    ]
