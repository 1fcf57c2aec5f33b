"""What a person has to decide on before a revision is published. Its sender and its reviewers are shown the same.

Contact details, names and signatures in any text; the sender's own name where it is withheld; texts in another language
than declared; files of which details or hidden words were taken out, or that cannot be published.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import TextChoices, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Speaker
from dialogues.paragraphs import in_order
from documents.file_text import split_text
from text.lists import in_brackets, joined

from ..models import Attachment, Decision, Revision
from . import find_personal_data
from .findings import Finding, Kind
from .revisions import Piece, files_of, language_doubts, pieces_of

MAX_SCREENED = 500_000  # characters that are screened while somebody waits
KEY_LENGTH = 32


class Nature(TextChoices):
    """The kinds of doubts."""

    WORDS = "words", gettext_lazy("words")
    LANGUAGE = "language", gettext_lazy("language")
    REMOVED = "removed", gettext_lazy("removed from the copy")
    FAULT = "fault", gettext_lazy("file that cannot be published")


STAYS: dict[Nature, str | Promise] = {
    Nature.WORDS: Decision.Choice.STAYS.label,
    Nature.LANGUAGE: gettext_lazy("The language is as I said"),
    Nature.REMOVED: gettext_lazy("It may be published without this"),
    Nature.FAULT: gettext_lazy("Send it as it is"),
}
CHANGES: dict[Nature, str | Promise] = {
    Nature.WORDS: Decision.Choice.CHANGES.label,
    Nature.LANGUAGE: Decision.Choice.CHANGES.label,
    Nature.REMOVED: gettext_lazy("I will send another file"),
    Nature.FAULT: gettext_lazy("I will send another file"),
}


@dataclass(frozen=True)
class Doubt:
    """Something to decide on: what it is, where, and why. `key` stays the same while the words are the same.

    `finding` has the words, or is None where there are none to show. `anchor` is the paragraph on a page that shows
    the text, `field` the field of the filing form, and `page` the page of the file.
    """

    key: str
    nature: Nature
    label: str | Promise
    place: str
    why: str | Promise
    finding: Finding | None = None
    address: str = ""
    field: str = ""
    anchor: str = ""
    attachment: Attachment | None = None
    page: int | None = None

    @property
    def stays(self) -> str | Promise:
        """The words of the choice to leave it as it is."""
        return STAYS[self.nature]

    @property
    def changes(self) -> str | Promise:
        """The words of the choice to change it."""
        return CHANGES[self.nature]


class Doubts(list[Doubt]):
    """The doubts about a revision, and what could not be looked at: `unread` files, what is beyond `most_read`."""

    def __init__(
        self, doubts: Iterable[Doubt], *, unread: Sequence[Attachment], more: bool, most_read: int | None
    ) -> None:
        super().__init__(doubts)
        self.unread, self.more, self.most_read = unread, more, most_read


def doubts_of(revision: Revision) -> Doubts:
    """Return the doubts about a revision, the submitted one or a draft."""
    prefetch_related_objects([revision], "answers")
    files = files_of(revision)
    pieces = list(pieces_of(revision, files))
    by_place = {piece.place: piece for piece in pieces}
    withheld = {piece.place: piece.withheld for piece in pieces}
    found = find_personal_data(_first(MAX_SCREENED, pieces), _known_names(revision), withheld)
    doubts = [*_about_language(revision, files), *_about_words(found, by_place), *_about_files(files)]
    is_cut = sum(len(piece.text) for piece in pieces) > MAX_SCREENED
    return Doubts(
        doubts,
        unread=[attachment for attachment in files if attachment.document.is_pending],
        more=found.more,
        most_read=MAX_SCREENED if is_cut else None,
    )


def _known_names(revision: Revision) -> list[str]:
    """Return the names that may be in the text: public speakers, and of the sender's own names those that are shown."""
    shown = revision.byline
    known = [*Speaker.objects.published().values_list("name", flat=True), shown.organization, shown.person]
    signers = revision.signer_names if shown.organization else ()
    return [name for name in [*known, *signers] if name]


def _first(most: int, pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of the pieces, up to a number of characters of all texts together."""
    for piece in pieces:
        yield piece.place, piece.text[:most]
        most = max(0, most - len(piece.text))


def _about_words(found: Iterable[Finding], by_place: Mapping[str, Piece]) -> Iterator[Doubt]:
    """Yield a doubt for each finding. Contact details are known by themselves, and names with the words around."""
    places = {place: _Paragraphs(piece) for place, piece in by_place.items()}
    for finding in found:
        piece = by_place[finding.place]
        words = finding.excerpt if finding.kind == Kind.NAME else finding.found.casefold()
        source = piece.attachment.document.sha256 if piece.attachment else finding.place
        number = places[finding.place].at(finding.start)
        place = _("%(place)s, paragraph %(number)d") % {"place": finding.place, "number": number} if number else None
        yield Doubt(
            key=_key(Nature.WORDS, finding.kind, source, words),
            nature=Nature.WORDS,
            label=finding.kind.label,
            place=place or finding.place,
            why=finding.why,
            finding=finding,
            address=piece.address,
            field=piece.field,
            anchor=f"{_prefix(piece.field)}p{number}" if number and not piece.attachment else "",
            attachment=piece.attachment,
            page=piece.page,
        )


def _about_language(revision: Revision, files: Sequence[Attachment]) -> Iterator[Doubt]:
    for doubt in language_doubts(revision, files):
        attachment = doubt.attachment
        words = {"said": doubt.said, "looks_like": doubt.looks_like, "number": attachment and attachment.number}
        why, place = _("The text is marked as %(said)s but looks like %(looks_like)s."), _("Text")
        if attachment:
            why = _("File %(number)s is marked as %(said)s but looks like %(looks_like)s.")
            place = _file_place(attachment)
        yield Doubt(
            key=_key(Nature.LANGUAGE, attachment.document.sha256 if attachment else "", doubt.said, doubt.looks_like),
            nature=Nature.LANGUAGE,
            label=Nature.LANGUAGE.label,
            place=place,
            why=why % words,
            address=attachment.get_absolute_url() if attachment else "",
            field="" if attachment else "language",
            attachment=attachment,
        )


def _about_files(files: Iterable[Attachment]) -> Iterator[Doubt]:
    """Yield what was removed from the copies of files, and which files have none that can be published."""
    for attachment in files:
        document = attachment.document
        place, address = _file_place(attachment), attachment.get_absolute_url()
        if document.fault:
            key = _key(Nature.FAULT, document.sha256, document.fault)
            why = document.fault_sentence
            yield Doubt(key, Nature.FAULT, Nature.FAULT.label, place, why, address=address, attachment=attachment)
        if document.copy and document.copy.report:
            key = _key(Nature.REMOVED, document.sha256, *(str(kind) for kind, _count in document.copy.removed))
            removed = (label + (in_brackets(count) if count > 1 else "") for label, count in document.copy.report)
            why = joined(removed, ";")
            yield Doubt(key, Nature.REMOVED, Nature.REMOVED.label, place, why, address=address, attachment=attachment)


def _file_place(attachment: Attachment) -> str:
    return _("File %(file)d") % {"file": attachment.number}


def _key(*parts: str) -> str:
    """Return the key of a doubt. It is kept with the decision, and says nothing of the words."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:KEY_LENGTH]


def _prefix(field: str) -> str:
    """Return what precedes the addresses of the paragraphs of a field: `a2` for the second answer."""
    return f"a{field.removeprefix('answer_')}" if field.startswith("answer_") else ""


class _Paragraphs:
    """The paragraphs of a text, as pages show them. Both have the same characters in the same order, without spaces."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.offset = self.passed = 0
        self.is_split = False
        self.ends: list[int] = []
        self.numbers: list[int] = []

    def at(self, offset: int) -> int | None:
        """Return the number of the paragraph at an offset; None in a heading, or where paragraphs have no numbers.

        Offsets must not decrease from call to call, so that a long text is counted once.
        """
        if not self.is_split:
            self._split()
        self.passed += _length(self.piece.text[self.offset : offset])
        self.offset = offset
        at = bisect_right(self.ends, self.passed)
        return self.numbers[at] or None if at < len(self.numbers) else None

    def _split(self) -> None:
        self.is_split = True
        piece = self.piece
        lengths: list[int] = []
        if piece.attachment:
            paragraphs = split_text(piece.text) if piece.page is None else []
            lengths = [_length(text) for text in paragraphs]
            self.numbers = list(range(1, len(lengths) + 1))
        elif piece.field == "text" or piece.field.startswith("answer_"):
            blocks = in_order(piece.text, _prefix(piece.field))
            lengths = [block.level + _length(block.text) for block in blocks]
            self.numbers = [0 if block.level else block.number or 0 for block in blocks]
        self.ends = list(accumulate(lengths))


def _length(text: str) -> int:
    """Return the number of characters that are not spaces."""
    return len("".join(text.split()))
