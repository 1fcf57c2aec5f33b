"""The roles of staff: what each may do. The table is applied after every migration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions

if TYPE_CHECKING:
    from django.contrib.auth.models import Permission

EDIT = ("add", "change", "delete", "view")
PUBLISH = (*EDIT, "publish")
REVIEW = {
    "contributions.contribution": ("change", "view", "publish"),
    "contributions.attachment": ("view",),
}

# For each group, the actions on each model. Actions that a model declares itself are whole codenames.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "Secretariat": {
        **dict.fromkeys(
            ("dialogues.dialogue", "dialogues.quote", "dialogues.summary", "dialogues.paper", "dialogues.topic",
             "dialogues.newsitem", "dialogues.statement", "dialogues.photograph", "contributions.call"),
            PUBLISH,
        ),
        **dict.fromkeys(
            ("dialogues.series", "dialogues.sitting", "dialogues.panel", "dialogues.speaker", "dialogues.organization",
             "dialogues.appearance", "dialogues.recording", "dialogues.paragraph", "dialogues.expecteddocument",
             "dialogues.participationcount", "dialogues.comment", "contributions.guidingquestion",
             "contributions.invitation", "contributions.callletter", "documents.picture", "intake.batch",
             "mail.lettertext", "publishing.sitetext", "search.concept"),
            EDIT,
        ),
        **REVIEW,
        "publishing.transition": ("view",),
        "publishing.preview": ("add", "delete", "view", "view_drafts"),
        "publishing.deletion": ("view", "restore_deletion"),
        "documents.document": ("view", "change"),
        "documents.page": ("view",),
        "documents.rendition": ("view",),
        "mail.outgoingemail": ("view", "change"),
        "background.queuedtask": ("change",),
        "accounts.user": ("add", "change", "view"),
    },
    # Reviewers open files through the contributions that they belong to, because a list of all files would reveal their
    # names.
    "Reviewers": {
        **REVIEW,
        "publishing.transition": ("view",),
        "dialogues.dialogue": ("view",),
        "dialogues.organization": ("view",),
        "dialogues.topic": ("view",),
        "contributions.call": ("view",),
        "contributions.guidingquestion": ("view",),
    },
    "Co-Chairs": {
        "dialogues.comment": ("add",),
        "dialogues.dialogue": ("view_chaired_drafts",),
    },
}  # fmt: skip


def permissions_of(role: str) -> list[Permission]:
    """Return the permissions of a role. Raises KeyError if the table names one that does not exist."""
    known = {
        (permission.content_type.app_label, permission.content_type.model, permission.codename): permission
        for permission in apps.get_model("auth", "Permission").objects.select_related("content_type")
    }
    return [
        known[(label.split(".")[0], label.split(".")[1], codename_of(action, label))]
        for label, actions in ROLES[role].items()
        for action in actions
    ]


def codename_of(action: str, label: str) -> str:
    """Return the codename of an action on a model: `view` becomes `view_dialogue`; `view_drafts` stays as it is."""
    meta = apps.get_model(label)._meta
    declared = {codename for codename, _name in meta.permissions}
    return action if action in declared else f"{action}_{meta.model_name}"


def apply_roles(sender: AppConfig, **kwargs: Any) -> None:
    """Give each role exactly the permissions in the table, and create its group if it is missing.

    Exceptions for single users or groups belong in groups of their own.
    """
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    groups = apps.get_model("auth", "Group").objects
    for role in ROLES:
        group, _created = groups.get_or_create(name=role)
        group.permissions.set(permissions_of(role))
