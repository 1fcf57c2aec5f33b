from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..storage import private_storage, random_name
from .document import Document


class Removed(models.TextChoices):
    """The kinds of details that are removed from a clean copy.

    The values are the codes that `documents/cleaning` counts.
    """

    AUTHORS = "authors", _("Names of authors and editors")
    PROPERTIES = "properties", _("Properties of the file (title, company, dates, program)")
    COMMENTS = "comments", _("Comments and notes")
    CHANGES = "changes", _("Tracked changes")
    HISTORY = "history", _("Earlier versions")
    HIDDEN_TEXT = "hidden_text", _("Hidden text")
    FIELDS = "fields", _("Fields that print names of people or files")
    FILE_NAMES = "file_names", _("Names of files and folders")
    NAMES = "names", _("Names that authors gave to styles, bookmarks and the like")
    PLACES = "places", _("Places where pictures were taken")
    PICTURE_DETAILS = "picture_details", _("Details in pictures (camera, time, program)")
    PICTURES = "pictures", _("Pictures of a kind that cannot be cleaned")
    PREVIEWS = "previews", _("Preview pictures")
    ATTACHMENTS = "attachments", _("Attached files")
    OBJECTS = "objects", _("Embedded objects and fonts")
    PROGRAMS = "programs", _("Scripts, macros and actions")
    LINKS = "links", _("Links to files of a computer or an office network")
    FORMS = "forms", _("Form fields (what they show stays)")
    PASSWORDS = "passwords", _("Passwords typed into form fields")
    SIGNATURES = "signatures", _("Digital signatures")
    SETTINGS = "settings", _("Settings of programs and printers")
    MARKS = "marks", _("Marks that tie the file to a computer or an account")
    LOCK = "lock", _("Lock against printing or changing")


class Kept(models.TextChoices):
    """The kinds of typed text that stay in a clean copy, as part of its pages. The values are codes, as above."""

    ANSWERS = "answers", _("Answers in form fields")
    TYPED_TEXT = "typed_text", _("Text typed onto the pages")


class CleanCopy(models.Model):
    """The file that the public gets: the visible content of a document, without hidden details about people and places.

    It is recreated from the original whenever the original is read. `removed` and `kept` hold pairs of a value of
    Removed or Kept and a count.
    """

    document = models.OneToOneField(
        Document, models.CASCADE, related_name="clean_copy", verbose_name=_("document"), editable=False
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name, editable=False)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    removed = models.JSONField(_("taken out"), default=list, blank=True)
    kept = models.JSONField(_("kept"), default=list, blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("clean copy")
        verbose_name_plural = _("clean copies")
        constraints = [
            models.CheckConstraint(name="clean_copy_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="clean_copy_sha256_whole", condition=Exact(Length("sha256"), 64)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.sha256[:8]}"

    @property
    def report(self) -> list[tuple[str | Promise, int]]:
        """What was removed, as pairs of a label in the reader's language and a count, in the order of Removed."""
        return _labelled(Removed, self.removed)

    @property
    def kept_report(self) -> list[tuple[str | Promise, int]]:
        """What people typed into the file and the copy shows: pairs like those of `report`."""
        return _labelled(Kept, self.kept)


def _labelled(choices: type[models.TextChoices], pairs: list[tuple[str, int]]) -> list[tuple[str | Promise, int]]:
    counts = dict(pairs)
    return [(choice.label, counts[choice.value]) for choice in choices if choice.value in counts]
