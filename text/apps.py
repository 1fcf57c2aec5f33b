from django.apps import AppConfig


class TextConfig(AppConfig):
    """Normalize, count and render text. This app has no models."""

    name = "text"
