from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from text.lists import between_sentences, joined

from ..querysets import DocumentQuerySet
from ..storage import private_storage, random_name

MAX_LISTED = 20  # page numbers in a sentence


class Kind(models.TextChoices):
    """The kind of a file by its content; the value is also its extension."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word (DOCX)")
    ODT = "odt", _("OpenDocument (ODT)")
    TEXT = "txt", _("Plain text")
    MARKDOWN = "md", _("Markdown")


class State(models.TextChoices):
    """The progress of reading a file."""

    RECEIVED = "received", _("Received")
    # Translators: the file has been read by the portal
    READ = "read", _("Read")
    FAULTY = "faulty", _("Faulty")


class Fault(models.TextChoices):
    """Why a file has no text, and what its sender can do. Only a file that merely lacks text has a clean copy."""

    DAMAGED = "damaged", _("This file is damaged: save it again in the program that made it and send the new file.")
    LOCKED = "locked", _("This file is protected by a password: save it without one and send the new file.")
    NO_TEXT = "no_text", _("This file contains no searchable text: send one made from the text, not a scan.")
    TIMEOUT = "timeout", _("This file takes too long to read: shorten it or send it in parts.")
    TOO_LARGE_TEXT = "too_large_text", _("This file contains more than can be read at once: send it in parts.")
    TOO_MANY_PAGES = "too_many_pages", _("This file has more than 1,000 pages: send it in several parts.")
    CRASHED = (
        "crashed",
        _("This file could not be read after three attempts: save it again and send the new file."),
    )
    TOO_MANY_PARTS = (
        "too_many_parts",
        _("This file has too many paragraphs, table cells or other parts: send it in several files."),
    )
    UNPACKED = "unpacked", _("This file is too large when it is unpacked: send it with smaller pictures, or in parts.")
    DTD = (
        "dtd",
        _(
            "This file has a document type definition (DTD), which is not accepted: "
            "save it again in an office program and send the new file."
        ),
    )
    NOT_DRAWN = (
        "not_drawn",
        _("Words typed into this file are not drawn on its pages: save a print of it as a new PDF and send that."),
    )
    UNSEEN = (
        "unseen",
        _(
            "This file holds words that are covered or marked for redaction, but still there: "
            "save it without them and send the new file."
        ),
    )
    UNCLEAN = "unclean", _("Hidden details could not be removed from this file: save it as a new PDF and send that.")


class Document(models.Model):
    """A stored file and its metadata. It has no URL of its own: the app that owns it delivers it."""

    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name, editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    original_name = models.CharField(
        _("original name"), max_length=255, blank=True, help_text=_("As it was sent; never shown to the public.")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED)
    fault = models.CharField(_("fault"), max_length=16, choices=Fault, blank=True)
    fault_pages = models.JSONField(
        _("pages at fault"), default=list, blank=True, help_text=_("Their numbers, if known.")
    )
    pictured_pages = models.JSONField(
        _("pages as pictures"),
        default=list,
        blank=True,
        help_text=_("Those that are published as pictures, because they may have hidden text."),
    )
    page_count = models.PositiveIntegerField(
        _("pages"), null=True, blank=True, help_text=_("Known of a PDF that was read; other kinds have no fixed pages.")
    )
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="document_sha256_whole", condition=Exact(Length("sha256"), 64)),
            models.CheckConstraint(
                name="document_fault_iff_faulty",
                condition=(Q(state="faulty") & ~Q(fault="")) | (~Q(state="faulty") & Q(fault="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:8]}"

    @property
    def short_kind(self) -> str:
        """The kind without its own brackets, for texts that set it in brackets: "Word" instead of "Word (DOCX)"."""
        return str(self.get_kind_display()).partition(" (")[0].partition("（")[0]

    @property
    def fault_sentence(self) -> str:
        """The fault as one sentence, and the pages to look at if they are known; empty without a fault."""
        if not self.fault:
            return ""
        label = str(Fault(self.fault).label)
        if not self.fault_pages:
            return label
        words = ngettext("Look at page %(pages)s.", "Look at pages %(pages)s.", len(self.fault_pages))
        return f"{label}{between_sentences()}{words % {'pages': _listed(self.fault_pages)}}"

    @property
    def can_be_pictured(self) -> bool:
        """Whether its pages at fault can be published as pictures: those of a PDF that have not been tried yet."""
        is_unseen = self.fault == Fault.UNSEEN and self.kind == Kind.PDF
        return is_unseen and not {*self.fault_pages} <= {*self.pictured_pages}

    @property
    def is_pending(self) -> bool:
        """Whether the file is still waiting to be read."""
        return self.state == State.RECEIVED

    @property
    def copy(self) -> Any:
        """The clean copy, which is the only file that the public gets.

        None until it is made, or if it cannot be made.
        """
        return getattr(self, "clean_copy", None)

    @property
    def shown_size(self) -> int:
        """The size in bytes of the file that a reader gets, or of the original while there is no clean copy."""
        return self.copy.size if self.copy else self.size


def _listed(pages: list[int]) -> str:
    """Return page numbers with the commas of the language of the page; of very many, only the first."""
    return joined([*pages[:MAX_LISTED], *["…"] * (len(pages) > MAX_LISTED)])


class Page(models.Model):
    """The text of one page of a PDF, counted from 1; for other kinds the whole text, as page 1."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages", verbose_name=_("document"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="page_once_in_document", fields=["document", "number"]),
            models.CheckConstraint(name="page_counted_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.number}"
