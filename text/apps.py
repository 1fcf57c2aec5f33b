from django.apps import AppConfig


class TextConfig(AppConfig):
    """Normalizing, counting and rendering text; no models."""

    name = "text"
