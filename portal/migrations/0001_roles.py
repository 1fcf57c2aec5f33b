from django.db import migrations

EDIT = ["add", "change", "delete", "view"]
PUBLISH = [*EDIT, "publish"]
PROCEEDINGS = {
    "dialogues": {
        "dialogue": PUBLISH, "quote": PUBLISH, "summary": PUBLISH, "paper": PUBLISH, "topic": PUBLISH,
        "series": EDIT, "sitting": EDIT, "panel": EDIT, "speaker": EDIT, "organization": EDIT, "appearance": EDIT,
        "paragraph": EDIT, "expecteddocument": EDIT, "participationcount": EDIT, "comment": EDIT,
        "transition": ["view"],
    },
    "documents": {"document": ["view", "change"], "page": ["view"], "picture": EDIT, "rendition": ["view"]},
}
REVIEW = {"contributions": {"contribution": ["change", "view", "publish"], "attachment": ["view"]}}
CALLS = {"contributions": {"call": PUBLISH, "guidingquestion": EDIT}}
LOOKING_UP = {
    "dialogues": {"dialogue": ["view"], "organization": ["view"], "topic": ["view"], "transition": ["view"]},
    "documents": {"document": ["view"]},
    "contributions": {"call": ["view"], "guidingquestion": ["view"]},
}
ROLES = {
    "Secretariat": [PROCEEDINGS, REVIEW, CALLS, {"accounts": {"user": ["add", "change", "view"]}}],
    "Reviewers": [REVIEW, LOOKING_UP],
    "Co-Chairs": [{"dialogues": {"comment": ["add"]}}],
}
SPECIAL = {
    "Secretariat": [("dialogues", "dialogue", "view_drafts", "Can see what is not published")],
    "Co-Chairs": [
        ("dialogues", "dialogue", "view_chaired_drafts", "Can see what is not published of dialogues that they chair")
    ],
}


def grant(apps, group, app, model, codename, name):
    """Give one permission, which may not be there yet: Django makes them after all migrations have run."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    group.permissions.add(permission)


def make_roles(apps, schema_editor):
    for role, grants in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for rooms in grants:
            for app, models in rooms.items():
                for model, actions in models.items():
                    name = apps.get_model(app, model)._meta.verbose_name
                    for action in actions:
                        grant(apps, group, app, model, f"{action}_{model}", f"Can {action} {name}")
        for special in SPECIAL.get(role, []):
            grant(apps, group, *special)


class Migration(migrations.Migration):
    """The three roles of staff. A group that exists already keeps what it has and gains these rights."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("contributions", "0001_initial"),
        ("dialogues", "0001_initial"),
        ("documents", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
