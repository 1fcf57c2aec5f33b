"""The addresses of the frames in which staff see a record as its readers do."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def frames_of(key: str) -> list[tuple[str, str, str]]:
    """Return the code, the name and the address of the page of a record, in each language."""
    frames = []
    for code, name in settings.LANGUAGES:
        with override(code):
            frames.append((code, name, reverse("desk:page", args=[key])))
    return frames
