from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.storage import private_storage, random_name

from .publications import Summary


class SummaryPdf(models.Model):
    """A published summary as a PDF file, which the portal draws. The command `make_pdfs` makes it again.

    `key` is a digest of all that was drawn: readers get the file only while the summary still has this key.
    """

    summary = models.OneToOneField(Summary, on_delete=models.CASCADE, related_name="pdf")
    key = models.CharField(max_length=64)
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name)
    size = models.PositiveIntegerField(_("size"))
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    class Meta:
        verbose_name = _("PDF file of a summary")
        verbose_name_plural = _("PDF files of summaries")
        default_permissions = []

    def __str__(self) -> str:
        return str(self.summary)
