from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Stored files: checks, clean copies, text, pictures and delivery. The app that owns a file controls access."""

    name = "documents"
    verbose_name = _("Documents")
