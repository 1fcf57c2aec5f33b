"""What came to the secretariat another way, by e-mail say, and is brought in by staff."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contributions.models import AppearAs, Attachment, Contribution, Revision
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission

from .filing import attach_document, demand_size, submit
from .moves import State


def already_there(call, sha256):
    """The contribution of a call that holds a file with this content and was sent, if any."""
    rows = Attachment.objects.filter(document__sha256=sha256, revision__contribution__call=call)
    held = rows.exclude(revision__contribution__state=State.DRAFT).exclude(revision__sent_at=None)
    first = held.select_related("revision__contribution__newest").first()
    return first and first.revision.contribution


@transaction.atomic
def bring_in(call, document, *, by, key, consent, organization=None, appear_as=AppearAs.ORGANIZATION, **fields):
    """A contribution of one file, sent for review in the name of who wrote it; nobody is its filer.

    `document` is on the disk and in no row yet (see `documents.workflow.on_disk`); `fields` are a revision's. The hour
    of the call does not hold: it came in time another way. Raises ValidationError where something is missing, or where
    that call holds the same file already.
    """
    require_permission(by, "change", Contribution())
    locked(call)  # two who bring in the same file at the same moment wait for each other here
    demand_size(call, document.size)
    if same := already_there(call, document.sha256):
        raise ValidationError(_("This file is there already, in %(reference)s."), params={"reference": same.reference})
    contribution = Contribution.objects.create(call=call, key=key, organization=organization)
    revision = Revision.objects.create(contribution=contribution, appear_as=appear_as, **fields)
    attach_document(revision, document, by=None, language=revision.language)
    submit(contribution, by=None, consent=consent)
    log(contribution, Verb.IMPORT, by=by)
    return contribution
