"""Texts and names in the language of the page, and texts that mark themselves on a page in another language."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Self

from babel import Locale
from babel.dates import get_timezone_location
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def content_language() -> str:
    """Return the language of the page as a code of CONTENT_LANGUAGES: "zh" where Django has "zh-hans"."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@cache
def interface_language(language: str) -> str:
    """Return the language of the interface for one of content: "zh-hans" for "zh", and English where there is none."""
    codes = (code for code, _name in settings.LANGUAGES if code.partition("-")[0] == language)
    return next(codes, settings.LANGUAGE_CODE)


def direction(language: str) -> str:
    """Return "rtl" or "ltr", the value of `dir`, for a code of CONTENT_LANGUAGES.

    Django's own function knows only languages of the interface, and "zh" is not one of them.
    """
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def direction_of(text: str) -> str:
    """Return "rtl" for a text of which most letters are Arabic, and "auto", by its first letter, for any other.

    "Colombia, الحوار البنّاء الثاني" begins with a Latin letter, and is a line of Arabic with a name in it.
    """
    arabic = len(SCRIPTS["ar"].findall(text))
    return "rtl" if arabic and arabic * 2 > sum(map(str.isalpha, text)) else "auto"


LEFT_TO_RIGHT, FIRST_STRONG, POP = "\u2066", "\u2068", "\u2069"


def isolated(text: object) -> str:
    """Return a text that can be put into another one without changing the order of the words of either.

    Invisible characters set it apart where one of the two may be in Arabic. Other texts are returned unchanged.
    """
    words = str(text)
    is_mixed = direction(content_language()) == "rtl" or SCRIPTS["ar"].search(words)
    return f"{FIRST_STRONG}{words}{POP}" if is_mixed else words


SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}


def as_written(text: str, language: str = "") -> "LocalizedText":
    """Return a text in the language that it is said to be in, unless its script shows that it is in another one.

    Without a known language, a text in Latin letters has the language of the page, or English if the page has another
    script.
    """
    page = content_language()
    script = "" if text.isascii() else next((code for code, letters in SCRIPTS.items() if letters.search(text)), "")
    if not script:
        known = language if language not in SCRIPTS else ""
        script = known or (settings.LANGUAGE_CODE if page in SCRIPTS else page)
    return LocalizedText(text, script)


def language_name(code: str) -> str:
    """Return the name of a language in the language of the page: "الفرنسية" for "fr" on an Arabic page."""
    return str(capfirst(Locale(content_language()).languages[code]))


def own_name(code: str) -> "LocalizedText":
    """Return the name of a language in that language: "Français" for "fr", marked on pages in another one."""
    return LocalizedText(dict(settings.CONTENT_LANGUAGES)[code], code)


def zone_city(name: str) -> str:
    """Return the city of a time zone (`Europe/Vienna`) in the active language: Vienna, Вена."""
    return get_timezone_location(name, locale=content_language(), return_city=True)


def current_zone_city() -> str:
    """Return the city of the time zone in which templates render times."""
    return zone_city(get_current_timezone_name())


lazy_zone_city = lazy(current_zone_city, str)  # for help texts, which are made before a language is active


def moment_text(moment: datetime, *, with_seconds: bool = False) -> str:
    """Return a moment with the city whose time it is, in the active language: 1 March 2099, 13:00 Vienna time."""
    local = timezone.localtime(moment)
    if with_seconds:
        words = f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'H:i:s')}"
    else:
        words = date_format(local, "DATETIME_FORMAT")
    # Translators: the time in a city: "1 March 2099, 13:00 Vienna time"
    return _("%(moment)s %(city)s time") % {"moment": words, "city": current_zone_city()}


def example_moment() -> str:
    """Return the text of a moment a week from now, for examples."""
    return moment_text(timezone.now().replace(minute=0) + timedelta(days=7))


_untranslated: ContextVar[list[str] | None] = ContextVar("untranslated", default=None)


@contextmanager
def noting_untranslated() -> Iterator[list[str]]:
    """Collect the texts that templates render in another language than that of the page for want of a translation."""
    noted: list[str] = []
    token = _untranslated.set(noted)
    try:
        yield noted
    finally:
        _untranslated.reset(token)


# Where a line of a Chinese title may end without splitting a word: after 的; before 和 and 与 where they mean “and” and
# before 就 where it means “on”, after more than a word; before an ordinal. Browsers know no words of Chinese.
CHINESE_PAUSES = re.compile(
    r"(?<=[^\W目]的)(?=[^\W的])|(?<=\w\w[^\W共])(?=和(?!平))|(?<=\w\w[^\W参给赋])(?=与)"
    r"|(?<=\w\w[^\W成造])(?=就(?![业是]))|(?<=\w)(?=首次|第[一二三四五六七八九十\d])"
)


def breakable(html: SafeString, language: str) -> SafeString:
    """Return escaped text with the places where a line may end, if it is Chinese."""
    return mark_safe(CHINESE_PAUSES.sub("<wbr>", html)) if language == "zh" else html  # noqa: S308 - a tag between words


class LocalizedText(str):
    """A string with its `language`, a code of CONTENT_LANGUAGES.

    A template renders it as plain text on a page in that language, and inside a `span` with `lang` and `dir` on any
    other page. Use `text` where markup is not allowed, such as in an attribute or in `<title>`. Filters and string
    methods return ordinary strings, which no longer have a language.
    """

    language: str
    is_untranslated: bool  # whether it stands for a translation that is missing

    def __new__(cls, text: str, language: str, is_untranslated: bool = False) -> Self:
        localized = super().__new__(cls, text)
        localized.language, localized.is_untranslated = language, is_untranslated
        return localized

    def __getnewargs__(self) -> tuple[str, str, bool]:  # type: ignore[override]  # str has one argument
        """Return the arguments of `__new__`, for copy and pickle."""
        return self.text, self.language, self.is_untranslated

    def __html__(self) -> SafeString:
        """Return the text as escaped HTML, marked with its language if the page has another one."""
        return self.marked(breakable(escape(self.text), self.language), "span")

    def marked(self, html: SafeString, element: str) -> SafeString:
        """Return the HTML of the text, inside an element with its language if the page has another one."""
        if not self or self.language == content_language():
            return html
        if self.is_untranslated and (noted := _untranslated.get()) is not None:
            noted.append(self)
        tags = {"element": element, "language": self.language, "direction": direction(self.language)}
        return format_html('<{element} lang="{language}" dir="{direction}">{html}</{element}>', html=html, **tags)

    def replaced_by(self, text: str) -> Self:
        """Return another text in the same language, such as the beginning of this one."""
        return type(self)(text, self.language, self.is_untranslated)

    @property
    def text(self) -> str:
        """The same text as an ordinary string."""
        return str(self)


class LocalizedPhrase(str):
    """A string in the language of the page with texts in it that may have another one: "Summary: Третий диалог".

    It is an ordinary string, but a template marks these texts.
    """

    html: SafeString

    def __new__(cls, pattern: str, texts: Mapping[str, str]) -> Self:
        phrase = super().__new__(cls, pattern % texts)
        phrase.html = mark_safe(escape(pattern) % {name: conditional_escape(text) for name, text in texts.items()})  # noqa: S308
        return phrase

    def __getnewargs__(self) -> tuple[str, dict[str, str]]:  # type: ignore[override]  # str has one argument
        """Return the arguments of `__new__`, for copy and pickle: the plain text."""
        return self.replace("%", "%%"), {}

    def __html__(self) -> SafeString:
        return self.html
