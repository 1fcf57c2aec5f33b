"""Citations of published records: as a line of text, and as BibTeX and RIS files for reference managers.

BibTeX is written here, because bibtexparser leaves it to its callers to escape what is special in TeX. Letters of all
scripts stay as they are, in UTF-8, which biber and reference managers read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import rispy
from babel import Locale
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from publishing.addresses import reverse
from search.citations import RisWriter, one_line
from text.lists import joined, joined_html
from text.localized import LocalizedPhrase, LocalizedText, as_written, direction, direction_of, own_name
from text.markup import strip_heading
from text.site_name import site_name

from .models import Dialogue, Panel, Paragraph, Quote, Statement, Summary

MAX_TITLE_WORDS = 40  # of a quote, whose beginning serves as its title
SENTENCE_ENDS = ".!?…。！？؟۔"
CLOSING_MARKS = "”\"'’»)"
# Braces by name, because BibTeX counts escaped braces too.
TEX_ESCAPES = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
TEX_SPECIAL = re.compile("[" + re.escape("".join(TEX_ESCAPES)) + "]")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
BIBTEX_TYPES = {"report": "techreport", "speech": "misc"}
RIS_TYPES = {"report": "RPRT", "speech": "GEN"}


@dataclass(frozen=True)
class Citation:
    """What a citation of a published record says.

    `key` identifies it in a bibliography, `kind` is "report" or "speech", and `within` are the works or events that it
    is part of. `day` is a date as 2024-07-10 or 2024, or empty; `when` is the same as text. `notes` say which language
    and version are cited. `address` is the permanent absolute URL. `files` maps names of file formats to their URLs.
    Texts in another language than the page are LocalizedText, or LocalizedPhrase with such texts in it.
    """

    key: str
    kind: str
    title: str
    address: str
    authors: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    day: str = ""
    when: str = ""
    number: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The citation as one line of text."""
        return one_line(unescape(strip_tags(self.html)))

    @property
    def direction(self) -> str:
        """The direction of most of the line: a citation of English on an Arabic page is read from the left."""
        return "rtl" if direction_of(self.line.removesuffix(self.address)) == "rtl" else "ltr"

    @property
    def html(self) -> SafeString:
        """The citation with names apart, and with the language of what is in another one than the page."""
        authors = joined(self.authors, ";")
        pieces = [
            format_html("<bdi>{}</bdi>{}", authors, _full_stop(authors)) if authors else "",
            _sentence([self.title]),
            _sentence([*self.within, self.when]),
            _sentence(_beginning_with_a_capital(self.notes)),
            _sentence([site_name()]),
            format_html('<bdi dir="ltr">{}</bdi>', self.address),
        ]
        return format_html_join(" ", "{}", [(piece,) for piece in pieces if piece])


def summary_citation(summary: Summary, paragraph: Paragraph | None = None) -> Citation:
    """Return the citation of a published summary in its language and version, or of one of its numbered paragraphs."""
    dialogue = summary.dialogue
    day, when = dates_of(dialogue)
    place = [dialogue.slug, summary.language, summary.version]
    names = {"name": str(dialogue.summary_name), "dialogue": dialogue.original.title}
    title = LocalizedPhrase(_("%(name)s: %(dialogue)s"), names)
    key = f"{dialogue.slug}-summary-{summary.language}-v{summary.version}"
    if paragraph is None:
        anchor, files = "", file_urls("dialogues:summary-citation", *place)
    else:
        cited = {"summary": title, "number": _number_of(paragraph)}
        title = LocalizedPhrase(_("%(summary)s, paragraph %(number)s"), cited)
        key, anchor = f"{key}-{paragraph.anchor}", f"#{paragraph.anchor}"
        files = file_urls("dialogues:paragraph-citation", *place, paragraph.anchor)
    version = _("version %(version)d, published %(day)s") % {
        "version": summary.version,
        "day": summary.published_at and date_format(summary.published_at, "DATE_FORMAT"),
    }
    return Citation(
        key, "report", title, permanent_url(summary, anchor), day=day, when=when, language=summary.language,
        notes=(own_name(summary.language), str(summary.get_status_display()), version), files=files,
    )  # fmt: skip


def _number_of(paragraph: Paragraph) -> str:
    """Return the number of a paragraph, with the heading of its part if that is not the first: "3 (Annex)"."""
    if paragraph.part == 1:
        return paragraph.label
    heading = Paragraph.objects.filter(summary=paragraph.summary_id, part=paragraph.part, level__gt=0).first()
    if not heading:
        return paragraph.label
    words = LocalizedText(strip_heading(heading.text), paragraph.summary.language)
    return LocalizedPhrase("%(number)s (%(heading)s)", {"number": str(paragraph.number), "heading": words})


def quote_citation(quote: Quote) -> Citation:
    """Return the citation of a quote, with the panel or dialogue at which it was said."""
    said = quote.appearance
    day, when = dates_of(said.dialogue)
    opening = f"“{Truncator(one_line(quote.text)).words(MAX_TITLE_WORDS, truncate=' …')}”"
    notes = [str(said.get_role_display()), as_written(said.as_given), own_name(quote.language)]
    if quote.source:
        source = {"source": as_written(quote.source)}
        notes.append(LocalizedPhrase(_("source: %s").replace("%s", "%(source)s"), source))
    return Citation(
        f"quote-{quote.number}", "speech", LocalizedText(opening, quote.language), permanent_url(quote),
        (said.speaker.name,), _place_of(said.panel, said.dialogue), day, when, language=quote.language,
        notes=tuple(filter(None, notes)), files=file_urls("dialogues:quote-citation", quote.number),
    )  # fmt: skip


def statement_citation(statement: Statement) -> Citation:
    """Return the citation of a published statement, with the panel or dialogue at which it was delivered."""
    dialogue, slug = statement.dialogue, statement.dialogue.slug
    day, when = dates_of(dialogue)
    said, body = statement.appearance, statement.unnamed_body
    notes = [
        _("delivered from the floor"),
        as_written(said.as_given) if said else "",
        body.original.name if body else "",
        own_name(statement.language),
    ]
    return Citation(
        f"{slug}-statement-{statement.number}", "speech", statement.original.title or str(statement),
        permanent_url(statement), (statement.delivered_by,), _place_of(statement.panel, dialogue), day, when,
        language=statement.language, notes=tuple(filter(None, notes)),
        files=file_urls("dialogues:statement-citation", slug, statement.number),
    )  # fmt: skip


def quote_as_html(quote: Quote) -> str:
    """Return a quote as HTML for other sites: the words, who said them, and a link to where they are kept."""
    address, speaker = permanent_url(quote), quote.appearance.speaker.name
    return format_html(
        '<blockquote cite="{}" lang="{}" dir="{}">\n<p>{}</p>\n</blockquote>\n<p>{}, <a href="{}">{}</a></p>',
        address, quote.language, direction(quote.language), quote.text, speaker, address, address,
    )  # fmt: skip


def _place_of(panel: Panel | None, dialogue: Dialogue) -> tuple[str, ...]:
    """Return the original titles of the panel, if there is one, and the dialogue at which something was said."""
    return (panel.original.title, dialogue.original.title) if panel else (dialogue.original.title,)


def dates_of(dialogue: Dialogue) -> tuple[str, str]:
    """Return `day` and `when` of a dialogue for its citation (see Citation); both empty while no date is known."""
    if not dialogue.starts_on:
        return str(dialogue.year or ""), str(dialogue.year or "")
    ends = dialogue.ends_on if dialogue.ends_on != dialogue.starts_on else None
    when = " – ".join(date_format(day, "DATE_FORMAT") for day in (dialogue.starts_on, ends) if day)
    return dialogue.starts_on.isoformat(), when


def permanent_url(record: Any, anchor: str = "") -> str:
    """Return the absolute URL of a record that is the same in all languages of the interface."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.BASE_URL}{record.get_absolute_url()}{anchor}"


def file_urls(view: str, *args: object) -> dict[str, str]:
    """Return the URLs of the files of a citation, by the name of their format."""
    return {label: reverse(view, args=[*args, form]) for form, label in (("bib", "BibTeX"), ("ris", "RIS"))}


def file_response(citation: Citation, form: str) -> HttpResponse:
    """Return a citation as a file to download; `form` is "bib" or "ris". Raise Http404 for any other."""
    if form not in FORMATS:
        raise Http404
    write, media_type = FORMATS[form]
    response = HttpResponse(write(citation), f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    return response


def bibtex(citation: Citation) -> str:
    """Return one BibTeX entry. Braces within braces keep names whole and capitals as they are."""
    year, month, day = [*citation.day.split("-"), "", ""][:3]
    fields = {
        "author": " and ".join(f"{{{_escape_tex(name)}}}" for name in citation.authors),
        "title": f"{{{_escape_tex(citation.title)}}}",
        "howpublished" if citation.kind == "speech" else "type": _escape_tex(joined(citation.within)),
        "number": _escape_tex(citation.number),
        "institution" if citation.kind == "report" else "publisher": f"{{{_escape_tex(site_name().text)}}}",
        "year": year,
        "month": month and MONTHS[int(month) - 1],
        "day": day and str(int(day)),
        "language": Locale("en").languages[citation.language].lower(),
        "note": _escape_tex(", ".join(citation.notes)),
        "url": citation.address,
    }
    rows = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{BIBTEX_TYPES[citation.kind]}{{{citation.key},\n{''.join(rows)}}}\n"


def ris(citation: Citation) -> str:
    """Return one RIS entry."""
    entry = {
        "type_of_reference": RIS_TYPES[citation.kind],
        "id": citation.key,
        "authors": list(citation.authors),
        "title": citation.title,
        "secondary_title": joined(citation.within),
        "year": citation.day[:4],
        "date": citation.day.replace("-", "/"),
        "number": citation.number,
        "language": citation.language,
        "publisher": site_name().text,
        "notes": [", ".join(citation.notes)] if citation.notes else [],
        "urls": [citation.address],
    }
    kept = {name: [*map(one_line, value)] if isinstance(value, list) else one_line(value)
            for name, value in entry.items()}  # fmt: skip
    return rispy.dumps([{name: value for name, value in kept.items() if value}], implementation=RisWriter)


FORMATS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}


def _sentence(parts: Sequence[str]) -> SafeString:
    """Return texts in one line that ends with a full stop, as HTML in which each is marked with its language."""
    return format_html("{}{}", joined_html(parts), _full_stop(joined(parts)))


def _full_stop(text: str) -> str:
    """Return the full stop that a text needs: none if it is empty or already ends a sentence."""
    return "" if not text or text.rstrip(CLOSING_MARKS)[-1:] in tuple(SENTENCE_ENDS) else "."


def _beginning_with_a_capital(notes: Sequence[str]) -> list[str]:
    """Return notes, the first with a capital letter, unless it is in a language of its own."""
    return [note if place or isinstance(note, LocalizedText) else capfirst(note) for place, note in enumerate(notes)]


def _escape_tex(text: str) -> str:
    """Return a text on one line in which TeX takes every character literally."""
    return TEX_SPECIAL.sub(lambda special: TEX_ESCAPES[special[0]], one_line(text))
