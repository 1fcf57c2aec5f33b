"""What a reviewer has looked at, which several decisions at once ask for."""

from typing import Any

from django.db import transaction

from publishing.workflow import require_permission

from ..models import Attachment, Contribution, Look


@transaction.atomic
def look(contribution: Contribution, *, by: Any, file: Attachment | None = None) -> Look:
    """Record that a reviewer opened the newest revision of a contribution, or a file of it, and return the record.

    Raises PermissionDenied.
    """
    require_permission(by, "publish", contribution)
    made, _new = Look.objects.get_or_create(revision=contribution.newest, by=by)
    if file is not None:
        made.files.add(file)
    return made
