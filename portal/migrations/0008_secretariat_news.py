from importlib import import_module

from django.db import migrations

grant = import_module("portal.migrations.0001_roles").grant


def share_news(apps, schema_editor):
    """The secretariat writes news and publishes it."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Secretariat")
    for action in ("add", "change", "delete", "view", "publish"):
        grant(apps, group, "dialogues", "newsitem", f"{action}_newsitem", f"Can {action} news item")


class Migration(migrations.Migration):
    """Rights for news."""

    dependencies = [("portal", "0007_secretariat_restores"), ("dialogues", "0009_news")]
    operations = [migrations.RunPython(share_news, migrations.RunPython.noop)]
