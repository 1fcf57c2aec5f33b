from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .checks import check_document
from .pictures import check_picture


class CheckedFileField(forms.FileField):
    """A file field that looks at what was sent; subclasses say how."""

    accept = ""

    def __init__(self, **options):
        # An empty file is refused by the look, in the same words everywhere.
        super().__init__(allow_empty_file=True, **options)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.accept}

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            self.look(upload)
        return upload

    def look(self, upload):
        """Raise ValidationError if the upload is not taken."""
        raise NotImplementedError


class DocumentField(CheckedFileField):
    """A PDF, DOCX, ODT, text or Markdown file, told by its content; leaves what it is in `upload.kind`."""

    accept = (
        ".pdf,.docx,.odt,.txt,.md,.markdown,application/pdf,"
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
        "application/vnd.oasis.opendocument.text,text/plain,text/markdown"
    )

    def look(self, upload):
        upload.kind = check_document(upload)


class PictureField(CheckedFileField):
    """A JPEG, PNG or WebP picture, told by its header."""

    accept = ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"

    def look(self, upload):
        check_picture(upload)


class PictureForm(forms.ModelForm):
    """A picture with the words that stand in for it."""

    original = PictureField(label=_("Picture"))
