from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def invite(apps, schema_editor):
    """The secretariat gives single organizations a way in; reviewers do not."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Secretariat")
    for action in ("add", "change", "delete", "view"):
        grant(apps, group, "contributions", "invitation", f"{action}_invitation", f"Can {action} invitation")


class Migration(migrations.Migration):
    """Rights for what came with revisions."""

    dependencies = [("portal", "0004_letters_of_the_old_queue"), ("contributions", "0004_revisions_hold")]
    operations = [migrations.RunPython(invite, migrations.RunPython.noop)]
