"""The name of the site, in the language of the page.

Staff can write it in each language. The app that stores what they wrote registers a function with `set_name_source`.
The name is needed several times on each page, so it is read once while a page is made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from .localized import LocalizedText, content_language

Source = Callable[[], LocalizedText | None]

DEFAULT = gettext_noop("Constructive Dialogues")  # the default of SITE_NAME, which the catalogues translate

_sources: list[Source] = []
_known: ContextVar[dict[str, LocalizedText] | None] = ContextVar("names of the site", default=None)  # by language


def set_name_source(source: Source) -> None:
    """Take the name from `source`, which returns what staff wrote, or None."""
    _sources[:] = [source]


def default_site_name() -> LocalizedText:
    """Return the name in the settings, without reading the database."""
    name = settings.SITE_NAME
    if name == DEFAULT:
        return LocalizedText(gettext(name), content_language())
    return LocalizedText(name, settings.LANGUAGE_CODE)


def site_name() -> LocalizedText:
    """Return the name that staff wrote, or else that of the settings."""
    known = _known.get()
    language = get_language() or settings.LANGUAGE_CODE
    if known is not None and language in known:
        return known[language]
    written = next(filter(None, (source() for source in _sources)), None)
    name = written or default_site_name()
    if known is not None:
        known[language] = name
    return name


@contextmanager
def name_read_once() -> Iterator[None]:
    """Read the name at most once in each language while the block runs."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)
