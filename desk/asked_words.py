"""The words that someone types into a search field of the desk."""

from django.http import HttpRequest

MOST_CHARACTERS = 200


def asked_words(request: HttpRequest) -> str:
    """Return the text of `?q=`, shortened, and without NUL characters: PostgreSQL refuses a text with one."""
    return request.GET.get("q", "").replace("\0", "").strip()[:MOST_CHARACTERS]
