from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.paragraphs import TOP_RANK, Block, in_order
from documents.models import Document
from publishing.addresses import reverse
from publishing.prepared import prepared
from text.words import shorten

from ..querysets import AttachmentQuerySet, RevisionQuerySet
from .byline import AppearAs, Byline, byline, most_private
from .contribution import Contribution

MAX_TEXT = 100_000  # characters, about thirty pages; a longer text has to be a file


class Revision(models.Model):
    """The content of a contribution. It is a draft until it is submitted, and never changes after that.

    A revision `by_staff` is a correction by the secretariat, and every page that shows it says so.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    organization_name = models.CharField(_("organization"), max_length=300, blank=True)
    person_name = models.CharField(_("your name"), max_length=200, blank=True)
    signers = models.TextField(_("joint signers"), blank=True, max_length=10_000)
    confirmed_signers = models.JSONField(default=list, editable=False)  # for exactly this content
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    text = models.TextField(_("text"), blank=True, max_length=MAX_TEXT)
    appear_as = models.CharField(_("how it appears"), max_length=12, choices=AppearAs, default=AppearAs.ORGANIZATION)
    by_staff = models.BooleanField(_("corrected by the secretariat"), default=False, editable=False)
    received_on = models.DateField(
        _("date received"), null=True, blank=True, help_text=_("When staff received it, if not through the portal.")
    )
    consented_at = models.DateTimeField(_("consent to publish"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    # When it arrived, if that was before its sender's address was proved.
    held_since = models.DateTimeField(_("held since"), null=True, editable=False)
    shown_at = models.DateTimeField(_("first published"), null=True, editable=False)
    declined_at = models.DateTimeField(_("declined"), null=True, editable=False)
    receipt_code = models.CharField(max_length=40, unique=True, null=True, editable=False)
    # SHA-256, size in bytes and kind of each, for the receipt.
    sent_files = models.JSONField(default=list, editable=False)
    log_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["number"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["contribution", "by_staff"], condition=Q(sent_at=None), name="revision_written_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, receipt_code=None)
                | Q(sent_at__isnull=False, receipt_code__isnull=False, consented_at__isnull=False),
                name="revision_sent_has_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def byline(self) -> Byline:
        """The names that the public may read."""
        return byline(self, self.appear_as)

    def files(self) -> list[Attachment]:
        """Return its files, each with its document and clean copy."""
        files = _files_of(revision=self.pk)
        for file in files:
            file.revision = self
        return files

    @property
    def arrived_at(self) -> Any:
        """When it arrived, or None for a draft."""
        return self.held_since or self.sent_at

    @property
    def paragraphs(self) -> Sequence[Block]:
        """The headings and paragraphs of the text, each with its address: `p3`."""
        return in_order(self.text)

    @property
    def signer_names(self) -> list[str]:
        """The names of those who sign with the sender, in the order they were written."""
        return [line.strip() for line in self.signers.splitlines() if line.strip()]

    @property
    def public_signers(self) -> list[str]:
        """The names of those who have confirmed that they sign exactly this."""
        return [name for name in self.signer_names if name in self.confirmed_signers]

    @property
    def unconfirmed_signers(self) -> list[str]:
        """The names of those who have not confirmed it. The public does not see them."""
        return [name for name in self.signer_names if name not in self.confirmed_signers]


class Answer(models.Model):
    """The answer to a guiding question, with the question as it was asked."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(_("number"))
    question = models.TextField(_("question"))
    question_language = models.CharField(max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    text = models.TextField(_("answer"), blank=True, max_length=MAX_TEXT)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["number"]
        default_permissions = ["view"]
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.number}. {shorten(self.text, 60)}"

    @property
    def paragraphs(self) -> Sequence[Block]:
        """The headings and paragraphs of the answer, each with its address: `a2p3`. The question is above them."""
        return in_order(self.text, f"a{self.number}", TOP_RANK + 1)


class Attachment(models.Model):
    """A file of a revision: an original, or a translation of another file.

    A file has the same number, and thus the same address, in all revisions that it belongs to. The number can change
    until the file is public (see `workflow.file_numbers`).
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="attachments")
    number = models.PositiveIntegerField(_("number"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    is_translation = models.BooleanField(_("translation"), default=False)
    appear_as = models.CharField(_("how it appears"), max_length=12, choices=AppearAs, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="attachment_number_once"),
            models.UniqueConstraint(fields=["revision", "document"], name="attachment_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.revision.contribution}: {self.document.get_kind_display()}"

    def get_absolute_url(self) -> str:
        contribution = self.revision.contribution
        if contribution.reference:
            return reverse("contributions:file", args=[contribution.reference, self.number])
        return reverse("contributions:draft-file", args=[contribution.key, self.number])

    def get_download_url(self) -> str:
        """Return the address of its clean copy."""
        contribution = self.revision.contribution
        if contribution.reference:
            return reverse("contributions:file-download", args=[contribution.reference, self.number])
        return self.get_absolute_url()

    @property
    def byline(self) -> Byline:
        """The names that the public may read: never more than the byline of its revision."""
        return byline(self.revision, most_private(self.revision.appear_as, self.appear_as))


@prepared
def _files_of(revision: Any) -> AttachmentQuerySet:
    return Attachment.objects.filter(revision=revision).select_related("document__clean_copy")
