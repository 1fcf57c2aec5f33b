"""Find the existing records that a text or a list refers to by name, so that nothing is created twice."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from rapidfuzz import fuzz, process

from accounts.models import User
from contributions.models import Call
from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Series, Speaker, Topic
from publishing.models import Translatable
from text.words import fold

from .columns import normalize

# Honorifics that are rarely a surname, a given name or an initial. One speaker who is entered twice does less harm than
# two who are taken for one.
HONORIFICS = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "doctor", "sir", "dame", "judge", "justice", "amb",
    "ambassador", "hon", "honourable", "honorable", "his", "her", "excellency", "minister", "herr", "frau", "mme",
    "madame", "monsieur", "mlle", "docteur", "professeur", "maitre", "sr", "sra", "srta", "senor", "senora", "doctora",
    "profesor", "profesora", "captain", "capitaine", "capitan", "reverend", "phd", "llm", "msc",
}  # fmt: skip
DEGREES = {"phd", "llm", "msc", "mba"}
MIN_NAME_WORDS = 2  # words of a name that always remain
SIMILAR = 85  # percent of letters from which two names may mean the same
MAX_SLUG = 70  # characters, without the number that makes it unique


def person_key(name: str) -> str:
    """Return a person's name without case, accents and honorifics, for comparison.

    “Sample, Dr Ana” and “Ana Sample, PhD” both give “ana sample”.
    """
    last, comma, first = name.partition(",")
    words = normalize(f"{first} {last}" if comma else name).split()
    while len(words) > MIN_NAME_WORDS:
        if words[:2] == ["h", "e"] and len(words) > MIN_NAME_WORDS + 1:
            words = words[2:]
        elif words[0] in HONORIFICS:
            words = words[1:]
        elif words[-1] in DEGREES:
            words = words[:-1]
        else:
            break
    return " ".join(words)


def title_key(title: str) -> str:
    """Return a title or text without case, accents, punctuation and a leading “the”, for comparison."""
    words = re.findall(r"\w+", fold(title).replace("’", "").replace("'", ""))
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def speakers_by_name() -> dict[str, list[Speaker]]:
    """Return all speakers by `person_key`, oldest first. Biographies are left in the database."""
    found: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in Speaker.objects.defer("biography").order_by("pk"):
        found[person_key(speaker.name)].append(speaker)
    return found


def names_of(record: Any) -> list[str]:
    """Return the name of a record, and its translations if it can be translated."""
    return [*map(str, record.in_each_language("name"))] if isinstance(record, Translatable) else [record.name]


def organizations_by_name(key: Callable[[str], str]) -> dict[str, Organization]:
    """Return all organizations by the `key` of each of their names.

    If several have the same one, an original name takes precedence over translations, and these over acronyms.
    """
    found: dict[str, Organization] = {}
    organizations = list(Organization.objects.all())
    for named in (lambda one: [one.name], names_of, lambda one: [one.acronym]):
        for organization in organizations:
            for name in named(organization):
                found.setdefault(key(name), organization)
    found.pop("", None)
    return found


def find_series(name: str) -> Series | None:
    """Return the series with this name in one of its languages, or None."""
    key = title_key(name)
    return next((one for one in Series.objects.all() if key in map(title_key, names_of(one))), None)


def find_dialogue(
    series: Series, day: date | None, year: int | None = None, edition: int | None = None
) -> Dialogue | None:
    """Return the dialogue of a series that starts on a day, or has that edition and no date yet.

    Without a day, it is the one with that edition, or else the only one in a year, if there is one.
    """
    dialogues = Dialogue.objects.filter(series=series)
    same = dialogues.filter(edition=edition).first() if edition else None
    if day:
        return dialogues.filter(starts_on=day).first() or (same if same and not same.starts_on else None)
    if same:
        return same
    in_year = [one for one in dialogues if year and one.year == year]
    return in_year[0] if len(in_year) == 1 else None


def free_slug(model: type[Model], name: str, others: Iterable[str] = ()) -> str:
    """Return a slug for a name that no record of the model has, and that is none of the `others`."""
    base = slugify(name)[:MAX_SLUG].strip("-") or "item"
    taken = {*model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True), *others}
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


class NameRegister:
    """The records that rows of a list may refer to by name, as far as `user` may see them. Each table is read once."""

    def __init__(self, user: User) -> None:
        self.dialogues: dict[str, set[Dialogue]] = defaultdict(set)
        self.calls: dict[str, set[Call]] = defaultdict(set)
        self.calls_of: dict[int, list[Call]] = defaultdict(list)
        for dialogue in Dialogue.objects.visible_to(user).select_related("series"):
            names = [dialogue.title, dialogue.slug]
            names += [f"{dialogue.series.code} {dialogue.edition}"] if dialogue.edition else []
            for name in names:
                self.dialogues[normalize(name)].add(dialogue)
        for call in Call.objects.visible_to(user).select_related("dialogue__series"):
            self.calls[normalize(call.title)].add(call)
            self.calls_of[call.dialogue_id].append(call)
        self.speakers = speakers_by_name()
        self.organizations = organizations_by_name(normalize)
        self.topics: dict[str, Topic] = {}
        for topic in Topic.objects.visible_to(user):
            for name in (topic.slug, *names_of(topic)):
                self.topics.setdefault(normalize(name), topic)

    def organization(self, name: str) -> Organization | None:
        """Return the organization with this name or acronym, or None."""
        return self.organizations.get(normalize(name))

    def similar_organization(self, name: str) -> Organization | None:
        """Return the organization whose name or acronym is so much like this one that it may be the same, or None."""
        found = process.extractOne(normalize(name), self.organizations.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR)
        return self.organizations[found[0]] if found else None

    def similar_speaker(self, name: str) -> Speaker | None:
        """Return a speaker who may be this person: the letters are similar, or one name has all words of the other."""
        key = person_key(name)
        words = set(key.split())
        for other, speakers in self.speakers.items():
            shared = words & set(other.split())
            if speakers and len(shared) >= MIN_NAME_WORDS and len(shared) == min(len(words), len(other.split())):
                return speakers[0]
        found = process.extractOne(key, [one for one, of in self.speakers.items() if of], scorer=fuzz.ratio,
                                   score_cutoff=SIMILAR)  # fmt: skip
        return self.speakers[found[0]][0] if found else None

    def add_new_speakers(self) -> None:
        """Add the speakers that were created after the register was read."""
        newest = max((speaker.pk for named in self.speakers.values() for speaker in named), default=0)
        for speaker in Speaker.objects.filter(pk__gt=newest).order_by("pk"):
            self.speakers[person_key(speaker.name)].append(speaker)


class ExistingRecords:
    """The records that a press release may refer to.

    Each table is read at most once, and each dialogue's appearances and quotes at most once, however many rows ask.
    Records that the caller creates must be passed to `add`, so that later rows find them. They may be unsaved.
    """

    def __init__(self) -> None:
        self._dialogues: dict[tuple[int, date], Dialogue | None] = {}
        self._news: dict[date | None, dict[str, NewsItem]] = {}
        self._appearances: dict[int, list[Appearance]] = {}
        self._quotes: dict[int, dict[str, list[Quote]]] = {}

    def dialogue(self, series: Series, day: date | None) -> Dialogue | None:
        """Return the dialogue of a series that starts on a day, or None."""
        if day is None:
            return None
        if (series.pk, day) not in self._dialogues:
            self._dialogues[series.pk, day] = find_dialogue(series, day)
        return self._dialogues[series.pk, day]

    def speaker(self, name: str, dialogue: Dialogue) -> Speaker | None:
        """Return the person with this name, or None; of several, one who appears at the dialogue, then the oldest."""
        named = self._speakers.get(person_key(name), [])
        if len(named) < 2:
            return next(iter(named), None)
        present = [appearance.speaker for appearance in self.appearances_at(dialogue)]
        return next((one for one in named if one in present), named[0])

    def organization(self, name: str) -> Organization | None:
        """Return the organization with this name or acronym, or None."""
        return self._organizations.get(title_key(name))

    def appearance(self, speaker: Speaker, dialogue: Dialogue, role: str = "") -> Appearance | None:
        """Return a speaker's appearance at a dialogue in this role; without a role, any appearance."""
        theirs = [one for one in self.appearances_at(dialogue) if one.speaker == speaker]
        return next((one for one in theirs if one.role == role), theirs[0] if theirs and not role else None)

    def quote(self, speaker: Speaker, dialogue: Dialogue, text: str) -> Quote | None:
        """Return the quote with the same words of this speaker at a dialogue, or None."""
        same = self._quotes_at(dialogue).get(title_key(text), [])
        return next((one for one in same if one.appearance.speaker == speaker), None)

    def topic(self, name: str) -> Topic | None:
        """Return the topic with this name, or None."""
        return self._topics.get(title_key(name))

    def news_item(self, title: str, day: date | None) -> NewsItem | None:
        """Return the news item with this title, issued on this day, or None."""
        if day not in self._news:
            self._news[day] = {}
            for item in NewsItem.objects.filter(issued_on=day).defer("text"):
                self._news[day].setdefault(title_key(item.title), item)
        return self._news[day].get(title_key(title))

    def add(self, record: Model) -> None:
        """Remember a record that was just created."""
        match record:
            case Dialogue(starts_on=day) if day:
                self._dialogues[record.series_id, day] = record
            case Speaker():
                self._speakers[person_key(record.name)].append(record)
            case Organization():
                for key in filter(None, map(title_key, (*names_of(record), record.acronym))):
                    self._organizations.setdefault(key, record)
            case Appearance():
                self.appearances_at(record.dialogue).append(record)
            case Quote():
                same = self._quotes_at(record.appearance.dialogue).setdefault(title_key(record.text), [])
                same.append(record)
            case Topic():
                self._topics.setdefault(title_key(record.name), record)
            case NewsItem():
                self._news[record.issued_on][title_key(record.title)] = record

    @cached_property
    def _speakers(self) -> dict[str, list[Speaker]]:
        return speakers_by_name()

    @cached_property
    def _organizations(self) -> dict[str, Organization]:
        return organizations_by_name(title_key)

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        found: dict[str, Topic] = {}
        for topic in Topic.objects.all():
            for name in names_of(topic):
                found.setdefault(title_key(name), topic)
        return found

    def appearances_at(self, dialogue: Dialogue) -> list[Appearance]:
        """Return the appearances at a dialogue, in their order, and those that were added."""
        key = _identity(dialogue)
        if key not in self._appearances:
            found = Appearance.objects.filter(dialogue=dialogue.pk).select_related("speaker", "dialogue")
            self._appearances[key] = list(found) if dialogue.pk else []
        return self._appearances[key]

    def _quotes_at(self, dialogue: Dialogue) -> dict[str, list[Quote]]:
        """Return the quotes at a dialogue by `title_key` of their text, oldest first."""
        key = _identity(dialogue)
        if key not in self._quotes:
            self._quotes[key] = {}
            if dialogue.pk:
                quotes = Quote.objects.filter(appearance__dialogue=dialogue.pk).select_related("appearance__speaker")
                for quote in quotes:
                    self._quotes[key].setdefault(title_key(quote.text), []).append(quote)
        return self._quotes[key]


def _identity(record: Model) -> int:
    """Return the pk of a record, or a number below 0 that no other unsaved record has."""
    return record.pk or -id(record)
