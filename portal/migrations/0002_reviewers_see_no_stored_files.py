from django.db import migrations


def take_back(apps, schema_editor):
    """Files are seen through what they belong to: the list of all of them tells the names of everybody's."""
    for reviewers in apps.get_model("auth", "Group").objects.filter(name="Reviewers"):
        rights = apps.get_model("auth", "Permission").objects
        reviewers.permissions.remove(*rights.filter(content_type__app_label="documents", codename="view_document"))


class Migration(migrations.Migration):
    """Reviewers open the files of contributions from these; the store itself is the secretariat's."""

    dependencies = [("portal", "0001_roles")]
    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
