import base64
import secrets

from django.db import migrations

MOVED = ["organization_name", "title", "language", "text", "consented_at"]


def move(apps, schema_editor):
    """Each contribution's words become its first revision; files keep their number, and so their address."""
    contributions, revisions = (apps.get_model("contributions", name) for name in ("Contribution", "Revision"))
    for contribution in contributions.objects.iterator():
        sent_at = None if contribution.state == "draft" else contribution.submitted_at
        revision = revisions.objects.create(
            contribution=contribution,
            sent_at=sent_at,
            shown_at=contribution.published_at,
            declined_at=contribution.updated_at if contribution.state == "declined" else None,
            receipt_code=sent_at and base64.b32encode(secrets.token_bytes(20)).decode(),
            sent_files=files_of(contribution) if sent_at else [],
            **{name: getattr(contribution, name) for name in MOVED},
        )
        revisions.objects.filter(pk=revision.pk).update(updated_at=contribution.updated_at)
        for attachment in contribution.attachments.all():
            attachment.revision, attachment.number = revision, attachment.pk
            attachment.save(update_fields=["revision", "number"])
        is_shown = contribution.published_at is not None
        withdrawn_at = contribution.updated_at if contribution.state == "withdrawn" else None
        contributions.objects.filter(pk=contribution.pk).update(
            withdrawn_at=withdrawn_at,
            newest=revision if sent_at else None, shown=revision if is_shown else None, was_public=is_shown
        )


def files_of(contribution):
    documents = [attachment.document for attachment in contribution.attachments.select_related("document")]
    return [{"sha256": document.sha256, "size": document.size, "kind": document.kind} for document in documents]


class Migration(migrations.Migration):
    """Words go into revisions; the way back is for a portal in which nothing was filed."""

    dependencies = [("contributions", "0002_revisions")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
