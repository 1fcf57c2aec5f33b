import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dialogue import Dialogue
from .publications import ExpectedDocument


def new_key():
    """A secret of 192 bits for an address in a letter."""
    return secrets.token_urlsafe(24)


class Watch(models.Model):
    """Someone who wants one letter when a document is there. The row goes with that letter, or when they leave.

    It names the document and not the line that announces it, so that staff who rewrite the line lose nobody's wish.
    """

    key = models.CharField(max_length=32, default=new_key, unique=True, editable=False)
    address = models.EmailField(_("address"))
    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(_("kind"), max_length=20, choices=ExpectedDocument.KINDS)
    document_language = models.CharField(_("language of the document"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("wish to be told")
        verbose_name_plural = _("wishes to be told")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "dialogue", "kind", "document_language"], name="watch_once_an_address_and_document"
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def document_language_name(self):
        """The language of the document in that language; empty for any."""
        return dict(settings.CONTENT_LANGUAGES).get(self.document_language, "")
