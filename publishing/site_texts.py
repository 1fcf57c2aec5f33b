"""The texts of the site itself, such as its name and the page on privacy: their kinds, and what readers get.

An app declares its texts in a module `site_texts`. The default is a template that is translated with the interface; its
first line is the title, and the rest is Markdown:

    ABOUT = register(SiteTextKind("about", _("About the dialogues"), _("The page about the dialogues."), TEMPLATE))

Staff can write a text in each language instead (`publishing.models.SiteText`). Readers get it in their language, or
else in the language in which it was first written. A field is its name in braces, as in letters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.functional import Promise, lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mail.letter import FIELD, Field, Words
from text.localized import LocalizedText, content_language, interface_language
from text.markup import render
from text.site_name import default_site_name, set_name_source

from .models import SiteText
from .models.page_state import State, known_state
from .page_sources import shows_all
from .prepared import prepared

Values = Callable[[], Mapping[str, Any]]


class _KeptFields(dict[str, str]):
    """Values of fields. A field that the portal does not know stays as it was typed."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@dataclass(frozen=True)
class SiteTextKind:
    """A text of the site: its name in addresses, its title and purpose for staff, and the template of its default.

    `values` returns the value of each field. Only texts that `have_body` have more than a title.
    """

    name: str
    title: str | Promise
    purpose: str | Promise
    template: str
    fields: tuple[Field, ...] = ()
    values: Values = dict
    has_body: bool = True

    def default_words(self, language: str) -> Words:
        """Return the default in a language of content, with fields in braces."""
        with override(interface_language(language)):
            fields = {field.name: f"{{{field.name}}}" for field in self.fields}
            context = {**fields, "now": self.values(), "site_name": default_site_name().text}
            text = render_to_string(self.template, context)
        return Words.tidy(*text.split("\n", 1))

    def unsaved(self) -> SiteText:
        """Return an unsaved record with the default in each language."""
        words = {language: self.default_words(language) for language, _name in settings.CONTENT_LANGUAGES}
        original = words.pop(settings.LANGUAGE_CODE)
        translations = {
            language: {field: text for field, text in (("title", found.subject), ("body", found.body)) if text}
            for language, found in words.items()
        }
        return SiteText(name=self.name, title=original.subject, body=original.body, translations=translations)


KINDS: dict[str, SiteTextKind] = {}


def register(kind: SiteTextKind) -> SiteTextKind:
    """Add a text to those that staff can edit, and return it."""
    KINDS[kind.name] = kind
    return kind


SITE_NAME = register(
    SiteTextKind(
        "site-name",
        gettext_lazy("Name of the site"),
        gettext_lazy("The name at the head of each page, in emails and in citations."),
        "publishing/texts/site-name.txt",
        has_body=False,
    )
)


@prepared
def _texts_named(name: Any) -> QuerySet[SiteText]:
    return SiteText.objects.filter(name=name)


def written_text(kind: SiteTextKind) -> SiteText | None:
    """Return the words of staff for a text, if they wrote some. For most pages they are in memory."""
    state = known_state()
    if state is None:
        return next(iter(_texts_named(name=kind.name)), None)
    return _written_texts(state).get(kind.name)


@lru_cache(2)
def _written_texts(state: State) -> dict[str, SiteText]:
    """Return the words of staff by the names of the texts, as they were read in a state of the public pages."""
    return {text.name: text for text in SiteText.objects.all()}


def _written_site_name() -> LocalizedText | None:
    written = written_text(SITE_NAME)
    return written.localized.title if written else None


set_name_source(_written_site_name)
shows_all(SiteText)


@dataclass(frozen=True)
class ShownText:
    """A text as a reader gets it: the title and the Markdown of the body, with the values of their fields."""

    title: LocalizedText
    body: LocalizedText

    @classmethod
    def of(cls, title: LocalizedText, body: LocalizedText, kind: SiteTextKind) -> Self:
        """Return a title and a body with the present values of the fields of their kind."""
        values = _KeptFields({name: str(value) for name, value in kind.values().items()})
        filled = Words(title.text, body.text).filled(values)
        return cls(LocalizedText(filled.subject, title.language), LocalizedText(filled.body.strip(), body.language))

    @property
    def html(self) -> SafeString:
        """The body as HTML, which is marked with its language if the page has another one."""
        return self.body.marked(render(self.body.text, headings_below=1), "div")


def shown_text(kind: SiteTextKind) -> ShownText:
    """Return a text in the language of the page: in the words of staff if they wrote some, otherwise the default."""
    return text_of(kind, written_text(kind))


def text_of(kind: SiteTextKind, written: SiteText | None) -> ShownText:
    """Return a text in the language of the page, in these words of staff or else the default."""
    if written is None:
        language = content_language()
        words = kind.default_words(language)
        return ShownText.of(LocalizedText(words.subject, language), LocalizedText(words.body, language), kind)
    texts = written.localized
    return ShownText.of(texts.title, texts.body, kind)


def lazy_title(kind: SiteTextKind) -> Any:
    """Return the title that readers get, read when it is shown."""
    return lazy(lambda: shown_text(kind).title.text, str)()


def unknown_fields(kind: SiteTextKind, text: str) -> list[str]:
    """Return a sentence for each field in a text that its kind does not have."""
    known = {field.name for field in kind.fields}
    return [
        _("This text has no field {%(name)s}.") % {"name": name}
        for name in dict.fromkeys(FIELD.findall(text))
        if name not in known
    ]
