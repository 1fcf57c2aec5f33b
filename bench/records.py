"""Published contributions made by the hundred, past the workflow, for those who measure what comes after it."""

from django.utils import timezone

from contributions.models import Contribution, Revision
from contributions.receipts import new_code

State = Contribution.State


def publish_many(pairs):
    """Write (contribution, revision) pairs, both unsaved, as sent and published; return the contributions."""
    pairs, now = list(pairs), timezone.now()
    contributions = [contribution for contribution, _ in pairs]
    for contribution in contributions:
        contribution.state, contribution.submitted_at = State.DRAFT, now
    Contribution.objects.bulk_create(contributions)
    for contribution, revision in pairs:
        revision.contribution = contribution
        revision.sent_at = revision.consented_at = revision.shown_at = now
        revision.receipt_code = new_code()
    Revision.objects.bulk_create([revision for _, revision in pairs])
    for contribution, revision in pairs:
        contribution.newest = contribution.shown = revision
        contribution.state, contribution.published_at, contribution.was_public = State.PUBLISHED, now, True
    Contribution.objects.bulk_update(
        contributions, ["newest", "shown", "state", "published_at", "was_public"], batch_size=500
    )
    return contributions


def like(contribution, *, reference, title, text):
    """An unsaved pair for `publish_many`, of the same call and body as a published contribution."""
    shown = contribution.shown
    copy = Contribution(call_id=contribution.call_id, reference=reference, organization_id=contribution.organization_id)
    words = {"title": title, "text": text, "language": shown.language, "organization_name": shown.organization_name}
    return copy, Revision(**words)
