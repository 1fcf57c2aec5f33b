"""What accepting rows of a press release would write. Everything is read, matched and validated here, nothing saved."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Speaker, Topic
from publishing import workflow
from publishing.models import Publishable
from text.proper_names import PLACES
from text.words import fold

from ..existing_records import ExistingRecords, free_slug, title_key
from ..press.reader import FIRST_PARAGRAPHS, LABEL
from ..press.sentences import is_heading
from .press_entries import MeetingEntry, PersonEntry, PressRelease, QuoteEntry, RowKey, RowsRefusedError

Record = TypeVar("Record", bound=Model)

# The news item comes first, so that quotes refer to it from the start. Each other kind follows those that it refers to.
ORDER = ("news", "meetings", "people", "quotes", "topics")
SCHOOLS = ("university", "universidad", "universite", "college", "academy")


class Plan:
    """The records to create for the chosen rows, and for what these need.

    `created` are unsaved and in order: each comes after those that it refers to. `publishable` may be published with
    them, `topics` are to be added to dialogues, and `linked` are quotes that get the news item.
    """

    def __init__(self, release: PressRelease, chosen: set[RowKey], by: User) -> None:
        self.release, self.by, self.existing = release, by, ExistingRecords()
        self.created: list[Any] = []
        self.publishable: list[Publishable] = []
        self.topics: list[tuple[Dialogue, Topic]] = []
        self.linked: list[Quote] = []
        self.row: RowKey = ("news", 0)
        self.dialogues: dict[int, Dialogue] = {}
        self.news_item: NewsItem | None = None
        self._slugs: dict[type[Model], list[str]] = defaultdict(list)
        sentences: dict[RowKey, str] = {}
        for row in sorted(chosen, key=lambda one: (ORDER.index(one[0]), one[1])):
            if self._has_refused_speaker(row, sentences):
                continue
            try:
                self._accept_row(row)
            except RowsRefusedError as error:  # go on: staff correct all rows at once
                sentences = error.sentences | sentences
        if sentences:
            raise RowsRefusedError(sentences)
        self._link_news_item()

    def _has_refused_speaker(self, row: RowKey, refused: Collection[RowKey]) -> bool:
        """Return whether a row is a quote by a person whose row was refused, which gives the reason for both."""
        if row[0] != "quotes":
            return False
        speaker = title_key(self.release.quotes[row[1]].speaker)
        return any(
            kind == "people" and title_key(self.release.people[number].name) == speaker for kind, number in refused
        )

    def _accept_row(self, row: RowKey) -> None:
        """Plan or find the record of a row, and remember it for publication."""
        self.row = row
        kind, number = row
        if kind == "news":
            self._news_item()
        elif kind == "people":
            self._person(number)
        else:
            accept = {"meetings": self._dialogue, "quotes": self._quote, "topics": self._topic}
            self.publishable.append(accept[kind](number))

    def _news_item(self) -> None:
        """Plan or find the news item."""
        release = self.release
        self.news_item = self.existing.news_item(release.title, release.issued_on) or self._create(
            NewsItem, title=release.title, slug=self._slug(NewsItem, release.title), text=as_markdown(release),
            place=release.place, issued_on=release.issued_on, language=release.language, source_url=release.source_url,
        )  # fmt: skip

    def _link_news_item(self) -> None:
        """Find what is linked with the chosen news item: the dialogues and quotes of the release that exist by now."""
        if self.news_item is None:
            return
        for number in range(len(self.release.meetings)):
            self._find_dialogue(number)
        for entry in self.release.quotes:
            quote = existing_quote(self.existing, entry, self._find_dialogue(entry.meeting))
            if quote and quote.pk and quote.news_item_id is None:
                self.linked.append(quote)
        self.publishable.append(self.news_item)

    def _find_dialogue(self, number: int | None) -> Dialogue | None:
        """Return the dialogue of a row if it exists by now."""
        if number is None:
            return None
        if number not in self.dialogues:
            found = existing_dialogue(self.existing, self.release.meetings[number])
            if found is None:
                return None
            self.dialogues[number] = found
        return self.dialogues[number]

    def _dialogue(self, number: int | None) -> Dialogue:
        if number is None:
            raise self._refused(_("Choose the dialogue at which this was said."))
        if found := self._find_dialogue(number):
            return found
        entry = self.release.meetings[number]
        if not (entry.series and entry.title):
            sentence = _("A new dialogue needs a series and a title: give both, or choose a dialogue that exists.")
            raise RowsRefusedError({("meetings", number): sentence})
        fields = {name: getattr(entry, name) for name in ("series", "title", "edition", "starts_on", "ends_on")}
        slug, language = self._slug(Dialogue, entry.title), self.release.language
        self.dialogues[number] = self._create(Dialogue, slug=slug, original_language=language, **fields)
        return self.dialogues[number]

    def _person(self, number: int) -> Appearance:
        entry = self.release.people[number]
        return self._appearance(entry, self._dialogue(entry.meeting))

    def _appearance(self, entry: PersonEntry, dialogue: Dialogue) -> Appearance:
        organization = self._organization(entry.affiliation)
        speaker = self.existing.speaker(entry.name, dialogue) or self._create(
            Speaker, name=entry.name, slug=self._slug(Speaker, entry.name), title=entry.title, organization=organization
        )
        if found := self.existing.appearance(speaker, dialogue, entry.role):
            return found
        role = entry.role or Appearance.Role.SPEAKER
        self._check_chair(dialogue, role)
        return self._create(
            Appearance, speaker=speaker, dialogue=dialogue, role=role,
            title=entry.title, affiliation=entry.affiliation, organization=organization,
        )  # fmt: skip

    def _check_chair(self, dialogue: Dialogue, role: str) -> None:
        """Refuse a second chair, which validation cannot see while the first one is unsaved."""
        roles = {one.role for one in self.existing.appearances_at(dialogue) if one.panel_id is None}
        chair, co_chair = Appearance.Role.CHAIR, Appearance.Role.CO_CHAIR
        if role == chair and chair in roles:
            sentence = _("The dialogue has a chair already; several share the chair as co-chairs.")
            raise self._refused(sentence)
        if (role == chair and co_chair in roles) or (role == co_chair and chair in roles):
            raise self._refused(_("A dialogue has either one chair or several co-chairs."))

    def _organization(self, name: str) -> Organization | None:
        if not name:
            return None
        return self.existing.organization(name) or self._create(Organization, name=name, type=organization_type(name))

    def _quote(self, number: int) -> Quote:
        entry, release = self.release.quotes[number], self.release
        dialogue = self._dialogue(entry.meeting)
        appearance = self._appearance(self._person_who_said(entry), dialogue)
        found = self.existing.quote(appearance.speaker, dialogue, entry.text)
        return found or self._create(
            Quote, appearance=appearance, text=entry.text, language=release.language, source=source_line(release),
            source_url=release.source_url,
            news_item=self.news_item or self.existing.news_item(release.title, release.issued_on),
        )  # fmt: skip

    def _person_who_said(self, entry: QuoteEntry) -> PersonEntry:
        """Return the entry of a quote's speaker at its dialogue.

        If the person is entered at another dialogue only, the role is not known; if nowhere, only the name is.
        """
        same = [one for one in self.release.people if title_key(one.name) == title_key(entry.speaker)]
        same.sort(key=lambda one: one.meeting != entry.meeting)
        if same and same[0].meeting == entry.meeting:
            return same[0]
        if same:
            return PersonEntry(entry.speaker, same[0].title, "", same[0].affiliation)
        return PersonEntry(entry.speaker)

    def _topic(self, number: int) -> Topic:
        """Plan or find a topic for its dialogue, or for all dialogues of the release that exist by now."""
        entry = self.release.topics[number]
        topic = self.existing.topic(entry.name) or self._create(
            Topic, name=entry.name, slug=self._slug(Topic, entry.name)
        )
        numbers = [entry.meeting] if entry.meeting is not None else range(len(self.release.meetings))
        for dialogue in filter(None, map(self._find_dialogue, numbers)):
            workflow.require_permission(self.by, "change", dialogue)
            self.topics.append((dialogue, topic))
        return topic

    def _refused(self, sentence: str) -> RowsRefusedError:
        return RowsRefusedError({self.row: sentence})

    def _slug(self, model: type[Model], name: str) -> str:
        slug = free_slug(model, name, self._slugs[model])
        self._slugs[model].append(slug)
        return slug

    def _create(self, model: type[Record], **fields: Any) -> Record:
        workflow.require_permission(self.by, "add", model())
        record = model(**fields)
        try:
            _validate(record)
        except ValidationError as error:
            raise self._refused(" ".join(error.messages)) from error
        self.existing.add(record)
        self.created.append(record)
        return record


def _validate(record: Model) -> None:
    """Validate a record as `full_clean` does, but do not query for related records: they were just read or planned."""
    record.clean_fields(exclude={field.name for field in record._meta.fields if field.is_relation})
    record.clean()
    unsaved = {field.name for field in record._meta.fields if field.is_relation and _is_unsaved(record, field.name)}
    record.validate_unique(exclude=unsaved)
    record.validate_constraints(exclude=unsaved)


def _is_unsaved(record: Model, name: str) -> bool:
    related = getattr(record, name)
    return related is not None and related.pk is None


def existing_dialogue(existing: ExistingRecords, entry: MeetingEntry) -> Dialogue | None:
    """Return the dialogue of an entry, or None if there is none yet."""
    return entry.existing or (existing.dialogue(entry.series, entry.starts_on) if entry.series else None)


def existing_appearance(existing: ExistingRecords, entry: PersonEntry, dialogue: Dialogue | None) -> Appearance | None:
    """Return the appearance of an entry, or None if there is none yet."""
    if dialogue is None or (speaker := existing.speaker(entry.name, dialogue)) is None:
        return None
    return existing.appearance(speaker, dialogue, entry.role)


def existing_quote(existing: ExistingRecords, entry: QuoteEntry, dialogue: Dialogue | None) -> Quote | None:
    """Return the quote of an entry, or None if there is none yet."""
    if dialogue is None or (speaker := existing.speaker(entry.speaker, dialogue)) is None:
        return None
    return existing.quote(speaker, dialogue, entry.text)


def source_line(release: PressRelease) -> str:
    """Return where and when a release was issued, as the source of its quotes.

    The line is in English for readers of all languages. It has no title, because the news item may be hidden.
    """
    with override(settings.LANGUAGE_CODE):
        day = date_format(release.issued_on, "j F Y") if release.issued_on else ""
        return ", ".join(filter(None, [_("Press release"), release.place, day]))


def organization_type(name: str) -> str:
    """Return the type that the name of an organization shows: a country is a State; "" if it shows none."""
    folded = fold(name)
    if folded in PLACES:
        return Organization.Type.STATE
    return Organization.Type.ACADEMIA if any(word in folded for word in SCHOOLS) else ""


def as_markdown(release: PressRelease) -> str:
    """Return the text of a release as Markdown: each line is a paragraph, or a heading if it looks like one.

    Its first lines leave out what the page of a news item shows anyway: the title, and "Press release".
    """
    lines = [line.strip() for line in release.text.split("\n") if line.strip()]
    first = [line for line in lines[:FIRST_PARAGRAPHS] if line.lstrip("# ") != release.title and not LABEL.match(line)]
    lines = [*first, *lines[FIRST_PARAGRAPHS:]]
    return "\n\n".join(f"## {line}" if is_heading(line) and not line.startswith("#") else line for line in lines)
