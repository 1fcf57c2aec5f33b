"""What stands behind the paragraphs of a summary, and in which paragraphs something is reflected.

A person says it of one language; the other languages of the same version follow, by the number of the paragraph. Where
something was said of a language itself, that counts there.
"""

import re
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contributions.models import Byline, Contribution, Reflection
from dialogues.models import Quote, Summary

FILE = re.compile(r"files/(\d+)/(?:#page=(\d+))?")


@dataclass(frozen=True)
class Source:
    """A public contribution or quote as the page of a paragraph shows it; who said it goes with a quote alone."""

    key: str
    kind: str | Promise
    title: str
    language: str
    url: str
    byline: Byline | None = None
    said_by: str = ""
    reference: str = ""
    files: frozenset = frozenset()
    place: str = ""
    place_url: str = ""

    @property
    def who(self):
        """Who is behind it: the speaker of a quote, or the names that a sender chose to show."""
        if self.byline is None:
            return self.said_by
        return str(self.byline) if self.byline.organization else _("Name withheld at the sender’s request")

    def at(self, place):
        """The same with a place in one of its files, if the public still has that file."""
        found = FILE.fullmatch(place)
        if not found or int(found[1]) not in self.files:
            return self
        return replace(self, place=place_of(*found.groups()), place_url=self.url + place)


def said_of(summary, rows):
    """{number: [the Reflection that decides, for each source]} of a summary, from `rows` that may be seen."""
    rows = rows.filter(
        paragraph__summary__dialogue=summary.dialogue_id, paragraph__summary__version=summary.version
    ).with_paragraphs()
    decided = {}
    for row in sorted(rows, key=lambda row: (row.paragraph.summary_id != summary.pk, not row.is_confirmed, row.pk)):
        if row.paragraph.summary_id == summary.pk or row.holds:
            decided.setdefault(row.paragraph.number, {}).setdefault(row.key, row)
    return {number: list(rows.values()) for number, rows in decided.items()}


def behind(summary, rows):
    """{number: [Reflection]}: what was confirmed of each paragraph and still holds."""
    shown = {
        number: [row for row in decided if row.is_confirmed and row.holds]
        for number, decided in said_of(summary, rows).items()
    }
    return {number: rows for number, rows in shown.items() if rows}


def sources(rows):
    """{key: Source} of what stands behind these reflections and is public now."""
    contributions = Contribution.objects.published().select_related("shown").prefetch_related("shown__attachments")
    quotes = Quote.objects.published().select_related("appearance__speaker")
    asked = [*contributions.filter(pk__in={row.contribution_id for row in rows} - {None})]
    asked += quotes.filter(pk__in={row.quote_id for row in rows} - {None})
    return {source.key: source for source in map(source_of, asked)}


def key_of(record):
    """A record as a search names it: "contributions.contribution.12"."""
    return f"{record._meta.label_lower}.{record.pk}"


def public_record(key):
    """The contribution or quote that a key names, if everyone may read it; else None."""
    label, _dot, number = key.rpartition(".")
    kinds = {model._meta.label_lower: model for model in (Contribution, Quote)}
    if label not in kinds or not number.isdecimal() or len(number) > 18:
        return None
    return kinds[label].objects.published().filter(pk=number).first()


def source_of(record):
    """A public contribution or quote as a Source, without a place in it."""
    key = key_of(record)
    if isinstance(record, Quote):
        said_by = ", ".join(filter(None, [record.appearance.speaker.name, record.appearance.as_given]))
        return Source(key, _("Quote"), record.text, record.language, record.get_absolute_url(), said_by=said_by)
    shown = record.shown
    return Source(
        key, _("Contribution"), shown.title, shown.language, record.get_absolute_url(), shown.byline,
        reference=record.reference, files=frozenset(file.number for file in shown.attachments.all()),
    )  # fmt: skip


def place_of(number, page):
    """What a reader calls a page of a file, or a file."""
    if page:
        return gettext("file %(file)s, page %(page)s") % {"file": number, "page": page}
    return gettext("file %(file)s") % {"file": number}


def reflected_in(source):
    """The paragraphs, of the newest public version in each language, behind which a contribution or quote stands."""
    is_quote = isinstance(source, Quote)
    dialogue = source.appearance.dialogue_id if is_quote else source.call.dialogue_id
    rows = Reflection.objects.published().filter(**{"quote" if is_quote else "contribution": source})
    if not rows.exists():
        return []
    summaries = Summary.objects.published().filter(dialogue=dialogue).current().select_related("dialogue")
    found = []
    for summary in summaries:
        found += summary.paragraphs.filter(number__in=behind(summary, rows)).select_related("summary__dialogue")
    return found
