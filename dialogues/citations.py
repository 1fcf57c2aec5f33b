"""How what was published is cited: in a line of text, and as entries for those who keep references."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

TITLE_WORDS = 40  # of a quote, of which a list of references shows the beginning
ENDS = ".!?…。！？؟۔"
CLOSING = "”\"'’»)"


@dataclass(frozen=True)
class Citation:
    """A published record as others refer to it.

    `key` names it in a list of references; `within` is what it belongs to; `day` is of the form 2024-07-10, 2024 or
    empty; `notes` tell its language and version; `address` is the one that stays, without a language of the interface.
    """

    key: str
    kind: str
    title: str
    address: str
    authors: tuple = ()
    within: str = ""
    day: str = ""
    when: str = ""
    number: str = ""
    language: str = ""
    notes: tuple = ()
    files: dict = field(default_factory=dict)

    @property
    def line(self):
        """The whole citation as one line of text."""
        where = ", ".join(filter(None, [self.within, self.when]))
        pieces = ["; ".join(self.authors), self.title, where, ", ".join(self.notes), settings.SITE_NAME]
        return " ".join([*(ended(tidy(piece)) for piece in pieces if piece), self.address])


def tidy(text):
    """A text on one line."""
    return " ".join(str(text).split())


def ended(text):
    """A text with a full stop, unless it ends in a mark of its own."""
    return text if text.rstrip(CLOSING)[-1:] in tuple(ENDS) else f"{text}."


def permanent(record, anchor=""):
    """The address of a record for others to keep: absolute, and the same in all languages of the interface."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.BASE_URL}{record.get_absolute_url()}{anchor}"


def files(name, *args):
    """The addresses of a citation's files, by what they are called."""
    return {label: reverse(name, args=[*args, form]) for form, label in (("bib", "BibTeX"), ("ris", "RIS"))}


def days_of(dialogue):
    """(day, when) of a dialogue: for machines, and in the reader's language; empty while nobody knows."""
    if not dialogue.starts_on:
        return str(dialogue.year or ""), str(dialogue.year or "")
    ends = dialogue.ends_on if dialogue.ends_on != dialogue.starts_on else None
    when = " – ".join(date_format(day, "j F Y") for day in (dialogue.starts_on, ends) if day)
    return dialogue.starts_on.isoformat(), when


def of_summary(summary, paragraph=None):
    """A summary in its language and version, or one of its paragraphs."""
    dialogue = summary.dialogue
    day, when = days_of(dialogue)
    place = [dialogue.slug, summary.language, summary.version]
    title = _("Co-Chairs’ summary: %s") % dialogue.title
    key = f"{dialogue.slug}-summary-{summary.language}-v{summary.version}"
    if paragraph is None:
        anchor, found = "", files("dialogues:summary-citation", *place)
    else:
        title = _("%(summary)s, paragraph %(number)s") % {"summary": title, "number": paragraph.number}
        key, anchor = f"{key}-p{paragraph.number}", f"#p{paragraph.number}"
        found = files("dialogues:paragraph-citation", *place, paragraph.number)
    return Citation(
        key, "report", title, permanent(summary, anchor),
        day=day, when=when, language=summary.language, notes=notes_of(summary), files=found,
    )  # fmt: skip


def notes_of(summary):
    """Which text of several it is that is cited, and since when it can be."""
    version = _("version %(version)d, published %(day)s") % {
        "version": summary.version,
        "day": date_format(summary.published_at, "j F Y"),
    }
    return (summary.get_language_display(), str(summary.get_status_display()), version)


def of_quote(quote):
    """Words that somebody said, with the part in which they said them."""
    said = quote.appearance
    day, when = days_of(said.dialogue)
    within = ", ".join(filter(None, [said.panel.title if said.panel else "", said.dialogue.title]))
    source = _("source: %s") % quote.source if quote.source else ""
    return Citation(
        f"quote-{quote.pk}", "speech", f"“{Truncator(tidy(quote.text)).words(TITLE_WORDS, truncate=' …')}”",
        permanent(quote), (said.speaker.name,), within, day, when, language=quote.language,
        notes=tuple(filter(None, [str(said.get_role_display()), said.as_given, quote.get_language_display(), source])),
        files=files("dialogues:quote-citation", quote.pk),
    )  # fmt: skip
