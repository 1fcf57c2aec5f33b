from django.db import migrations

from dialogues import chain


def part_of(row):
    """Whose move it was: "submit" is a sender's verb, and of the others who is not staff can only be the sender."""
    if row.actor is None:
        return "system"
    return "staff" if row.actor.is_staff and row.verb != "submit" else "sender"


def make_chain(apps, schema_editor):
    """Give every entry its number and digest, in the order in which they were written, and senders no name."""
    models = {name: apps.get_model("dialogues", name) for name in ("Transition", "LogHead")}
    rows = models["Transition"].objects.order_by("pk").select_related("actor", "content_type")
    number, digest = 0, ""
    for row in rows.iterator(chunk_size=1000):
        number += 1
        row.number, row.previous, row.part = number, digest, part_of(row)
        if row.part != "staff":
            row.actor_id = None
        covered = {name: getattr(row, name) for name in chain.COVERED if name != "actor_id"}
        digest = chain.digest(digest, kind=chain.kind(row.content_type), actor=row.actor_id, **covered)
        row.digest = digest
        row.save(update_fields=["number", "previous", "part", "actor", "digest"])
    models["LogHead"].objects.create(id=1, count=number, digest=digest)


def forget_head(apps, schema_editor):
    apps.get_model("dialogues", "LogHead").objects.all().delete()


class Migration(migrations.Migration):
    """Chains what was logged before there was a chain."""

    dependencies = [
        ("dialogues", "0002_log_chain_fields"),
    ]

    operations = [migrations.RunPython(make_chain, forget_head)]
