from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def share(apps, schema_editor):
    """The secretariat gives drafts an address, and closes it."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Secretariat")
    for action in ("add", "delete", "view"):
        grant(apps, group, "dialogues", "preview", f"{action}_preview", f"Can {action} preview")


class Migration(migrations.Migration):
    """Rights for previews."""

    dependencies = [("portal", "0005_secretariat_invites"), ("dialogues", "0005_consulting")]
    operations = [migrations.RunPython(share, migrations.RunPython.noop)]
