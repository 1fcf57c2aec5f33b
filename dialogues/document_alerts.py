"""Document alerts: one email to each subscriber when an expected document is published."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from publishing.workflow import TIME_TO_UNDO
from subscriptions.workflow import forget_unconfirmed, send_email

from .models import Dialogue, DocumentAlert
from .status import find_published, public_documents, with_public_documents


def send_due() -> int:
    """Send the alerts whose document is published, and delete old unconfirmed ones; return how many were sent."""
    forget_unconfirmed(DocumentAlert)
    dialogues = DocumentAlert.objects.confirmed().order_by().values_list("dialogue", flat=True).distinct()
    return sum(_send_for_dialogue(pk) for pk in list(dialogues))


@transaction.atomic
def _send_for_dialogue(dialogue_id: int) -> int:
    """Send the alerts of one dialogue that are due and delete them, all in one transaction; return how many.

    Alerts stay if the dialogue or the document has been unpublished in the meantime.
    """
    # Lock the alerts first, so that a second process finds none of them when this one is done.
    alerts = list(DocumentAlert.objects.select_for_update().confirmed().filter(dialogue=dialogue_id))
    dialogues = list(with_public_documents(Dialogue.objects.published().filter(pk=dialogue_id)))
    return sum(_send_in(language, alerts, dialogues) for language in {alert.language for alert in alerts})


def _send_in(language: str, alerts: Iterable[DocumentAlert], dialogues: Sequence[Dialogue]) -> int:
    """Send those of `alerts` that are in `language`, with addresses of pages in that language; return how many."""
    sent, settled = 0, timezone.now() - TIME_TO_UNDO
    with override(language):
        published = [document for found in public_documents(dialogues).values() for document in found]
    for alert in alerts:
        if alert.language != language:
            continue
        document = find_published(alert.kind, alert.document_language, published)
        if document and document.published_at and document.published_at <= settled:
            send_email(alert, "published", partial(_values, document))
            alert.delete()
            sent += 1
    return sent


def _values(document: Any) -> dict[str, str]:
    return {"link": f"{settings.BASE_URL}{document.url}"}
