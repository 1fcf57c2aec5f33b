"""The letters of document alerts, and the letter to staff about a comment."""

from django.utils.translation import gettext_lazy as _

from mail.letter import Field, Letter, register
from subscriptions.letters import CONFIRM, UNSUBSCRIBE
from subscriptions.workflow import describes
from text.lists import detail_comma, in_brackets

from .models import DocumentAlert

KIND = Field("kind", _("The kind of document."), _("Summary"), in_subject=True)
DOCUMENT = Field("document", _("The document and its dialogue."), "Summary (English), Third dialogue")

register(
    Letter(
        "dialogues/letters/documentalert_confirm.txt",
        _("Document alert: confirm the address"),
        _("To an address for which someone asked to be told when a document is published."),
        (KIND, DOCUMENT, CONFIRM, UNSUBSCRIBE),
    )
)
register(
    Letter(
        "dialogues/letters/documentalert_published.txt",
        _("Document alert: published"),
        _("To those who asked for it, once, when the document is published."),
        (
            KIND,
            DOCUMENT,
            Field(
                "link",
                _("The address of the document."),
                "https://portal.example/dialogues/third-dialogue/summary/",
                is_needed=True,
            ),
            UNSUBSCRIBE,
        ),
    )
)
COMMENT = register(
    Letter(
        "dialogues/letters/comment.txt",
        _("A co-chair has commented"),
        _("To staff. It names neither the draft nor the co-chair, because others may read it in transit."),
        (Field("desk", _("The address of the staff desk."), "https://portal.example/desk/", is_needed=True),),
    )
)
APPROVAL = register(
    Letter(
        "dialogues/letters/approval.txt",
        _("Approval asked for"),
        _("To chairs. It does not name the draft, because others may read it in transit."),
        (Field("link", _("The address of the draft."), "https://portal.example/previews/JQX3/", is_needed=True),),
    )
)


@describes(DocumentAlert)
def alert_values(alert: DocumentAlert) -> dict[str, str]:
    """Return the values of the fields that say which document an alert is for."""
    kind = alert.get_kind_display()
    title = alert.dialogue.localized.title.text
    language = in_brackets(alert.document_language_name) if alert.document_language else ""
    return {"kind": kind, "document": detail_comma().join([f"{kind}{language}", title])}
