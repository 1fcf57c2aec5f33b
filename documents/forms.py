from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .file_responses import media_type
from .models import Kind
from .pictures import check_picture
from .upload_checks import ENDINGS, check_document


class CheckedFileField(forms.FileField):
    """A file field that checks the content of the upload. Subclasses define how."""

    accept = ""

    def __init__(self, **options: Any) -> None:
        # `check_upload` rejects empty files, so that the message is the same everywhere.
        super().__init__(allow_empty_file=True, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": self.accept}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            self.check_upload(upload)
        return upload

    def check_upload(self, upload: UploadedFile) -> None:
        """Raise ValidationError if the upload is not accepted."""
        raise NotImplementedError


class DocumentField(CheckedFileField):
    """A file of one of the types in Kind, recognized by its content; the kind is stored in `upload.kind`."""

    accept = ",".join([*ENDINGS, *dict.fromkeys(map(media_type, Kind)), "text/markdown"])

    def check_upload(self, upload: UploadedFile) -> None:
        setattr(upload, "kind", check_document(upload))  # noqa: B010  an upload has no such attribute for mypy


class PictureField(CheckedFileField):
    """A JPEG, PNG or WebP picture, recognized by its header."""

    accept = ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"

    def check_upload(self, upload: UploadedFile) -> None:
        check_picture(upload)


class PictureForm(forms.ModelForm):
    """A picture with its description and credit."""

    original = PictureField(label=_("Picture"))
