from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """A stored file: checks, text, pictures, delivery. It sends; the app that owns a file decides who may have it."""

    name = "documents"
    verbose_name = _("Documents")
