from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def bring_in(apps, schema_editor):
    """The secretariat brings in many files and lists at once."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Secretariat")
    for action in ("add", "change", "delete", "view"):
        grant(apps, group, "intake", "batch", f"{action}_batch", f"Can {action} batch")


class Migration(migrations.Migration):
    """Rights for batches."""

    dependencies = [("portal", "0008_secretariat_news"), ("intake", "0001_initial")]
    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
