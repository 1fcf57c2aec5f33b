"""Many published contributions, created without the workflow, for benchmarks of later steps."""

from django.utils import timezone

from contributions.models import Contribution, Revision
from contributions.receipts import new_code

State = Contribution.State


def publish_many(pairs):
    """Save pairs of an unsaved contribution and revision as submitted and published; return the contributions."""
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
    """Return an unsaved pair for `publish_many`, with the call and organization of a published contribution."""
    shown = contribution.shown
    copy = Contribution(call_id=contribution.call_id, reference=reference, organization_id=contribution.organization_id)
    words = {"title": title, "text": text, "language": shown.language, "organization_name": shown.organization_name}
    return copy, Revision(**words)
