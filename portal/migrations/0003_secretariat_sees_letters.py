from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def give(apps, schema_editor):
    for secretariat in apps.get_model("auth", "Group").objects.filter(name="Secretariat"):
        for action in ("view", "change"):
            grant(apps, secretariat, "mail", "letter", f"{action}_letter", f"Can {action} letter")


class Migration(migrations.Migration):
    """The secretariat sees whether mail goes out, and decides about a letter that could not be sent."""

    dependencies = [("portal", "0002_reviewers_see_no_stored_files"), ("mail", "0001_initial")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
