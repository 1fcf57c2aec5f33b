from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from subscriptions.models import Subscription

from .dialogue import Dialogue
from .publications import ExpectedDocument


class DocumentAlert(Subscription):
    """A subscription to one email when an expected document is published. It is deleted when that email is sent.

    It names the document by dialogue, kind and language instead of pointing to its ExpectedDocument, so that staff can
    replace that row without losing anybody's request.
    """

    confirm_view = "dialogues:document-alert-confirm"
    leave_view = "dialogues:document-alert-leave"

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(_("kind"), max_length=20, choices=ExpectedDocument.KINDS)
    document_language = models.CharField(_("language of the document"), max_length=2, blank=True)

    class Meta(Subscription.Meta):
        verbose_name = _("request for a document alert")
        verbose_name_plural = _("requests for a document alert")
        constraints = [
            models.UniqueConstraint(
                fields=["address", "dialogue", "kind", "document_language"], name="unique_document_alert"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def document_language_name(self) -> str:
        """The name of the document's language in that language, or an empty string if any language counts."""
        return dict(settings.CONTENT_LANGUAGES).get(self.document_language, "")
