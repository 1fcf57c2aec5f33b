from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def restore(apps, schema_editor):
    """The secretariat puts back what was deleted."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Secretariat")
    grant(apps, group, "dialogues", "deletion", "view_deletion", "Can view deleted record")
    grant(apps, group, "dialogues", "deletion", "restore_deletion", "Can restore what was deleted")


class Migration(migrations.Migration):
    """Rights for undoing."""

    dependencies = [("portal", "0006_secretariat_shares"), ("dialogues", "0008_history")]
    operations = [migrations.RunPython(restore, migrations.RunPython.noop)]
