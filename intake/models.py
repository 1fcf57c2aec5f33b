import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from contributions.models import Call, Contribution
from dialogues.models import Dialogue
from documents.storage import private_storage, random_name
from text.lists import joined

from .querysets import BatchQuerySet, BatchRowQuerySet


class Batch(models.Model):
    """Material that staff import together. It creates no records until its rows are imported."""

    class Kind(models.TextChoices):
        """What the rows of a batch become."""

        CONTRIBUTIONS = "contributions", _("Contributions")
        PAPERS = "papers", _("Papers of a dialogue")
        SPEAKERS = "speakers", _("Speakers")
        PROGRAMME = "programme", _("Programme")

    kind = models.CharField(_("what it holds"), max_length=13, choices=Kind, default=Kind.CONTRIBUTIONS)
    call = models.ForeignKey(
        Call, verbose_name=_("call"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    defaults = models.JSONField(default=dict, help_text=_("Values for rows that leave them empty."))
    remarks = models.JSONField(default=list, help_text=_("What was not understood in the upload, in sentences."))
    list_fault = models.CharField(_("why its list was not taken"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.CASCADE, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    moved_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)

    objects = BatchQuerySet.as_manager()

    row_count: int  # these only on a batch from `with_counts()`
    done_count: int
    awaits_columns: bool

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        made = date_format(timezone.localtime(self.created_at), "SHORT_DATETIME_FORMAT")
        return joined([self.get_kind_display(), made])

    @property
    def has_files(self) -> bool:
        """Whether each row has a file; otherwise the batch is only a list."""
        return self.kind in (self.Kind.CONTRIBUTIONS, self.Kind.PAPERS)


class BatchList(models.Model):
    """The list of a batch as it came in, with the columns that staff gave it. It is deleted when all rows are done."""

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="list")
    name = models.CharField(_("name"), max_length=255)
    table = models.JSONField(default=list, help_text=_("All cells as text, row by row."))
    sheets = models.JSONField(default=list, help_text=_("The name and the cells of each sheet, if there are several."))
    header = models.PositiveIntegerField(_("row of the headings"), help_text=_("Counted from 1; 0 if there are none."))
    columns = models.JSONField(default=list, help_text=_("What each column is; empty for one that is left out."))
    is_applied = models.BooleanField(_("its rows are in the table"), default=False)

    class Meta:
        verbose_name = _("list of a batch")
        verbose_name_plural = _("lists of batches")
        default_permissions = []

    def __str__(self) -> str:
        return self.name

    @property
    def headings(self) -> list[str]:
        """The headings, or nothing if the list has none."""
        return list(self.table[self.header - 1]) if self.header else []


class RememberedColumns(models.Model):
    """What staff said the columns of a list are, for the next list of that kind with the same headings."""

    kind = models.CharField(_("what it holds"), max_length=13, choices=Batch.Kind)
    digest = models.CharField(_("digest of the headings"), max_length=64)
    columns = models.JSONField(default=list)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="columns_remembered_once")]

    def __str__(self) -> str:
        return ", ".join(filter(None, self.columns))


class BatchFile(models.Model):
    """A file of a batch. Its content is deleted when its row is done, or with the batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    fault = models.CharField(_("why it is not taken"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("file of a batch")
        verbose_name_plural = _("files of batches")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=Q(file="") | Q(fault=""), name="batch_file_faulty_is_not_kept"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """One row: its text by column and its state. Once it is done it keeps no text, because the record has it."""

    class State(models.TextChoices):
        """The progress of a row."""

        OPEN = "open", _("Not imported")
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Imported")

    class Again(models.TextChoices):
        """What to do with a row whose record exists already, or did exist."""

        LEAVE = "leave", _("Keep what is there")
        CORRECT = "correct", _("Import it as a correction")
        NEW = "new", _("Import it as a new one")
        RESTORE = "restore", _("Restore the deleted one")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"), help_text=_("As the list counts it."))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.OneToOneField(BatchFile, null=True, on_delete=models.SET_NULL, related_name="row")
    values = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    again = models.CharField(_("if it is there already"), max_length=7, choices=Again, default=Again.LEAVE)
    error = models.TextField(_("error"), blank=True, help_text=_("Why it was not imported when its turn came."))
    contribution = models.ForeignKey(Contribution, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(_("what became of it"), max_length=300, blank=True)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a batch")
        verbose_name_plural = _("rows of batches")
        ordering = ["number", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(values={}, file=None), name="batch_row_done_keeps_no_word"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
