"""Takes what staff accepted of a press release into the proceedings: all of it in one transaction, as drafts."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Series, Speaker, Topic
from intake import matching
from intake.matching import free_slug
from intake.press.sentences import is_heading
from publishing import workflow
from publishing.models import Verb
from text.folding import fold
from text.proper_names import PLACES


@dataclass
class MeetingGiven:
    """A dialogue as staff left it: one that exists, or what a new one needs."""

    existing: Dialogue | None = None
    series: Series | None = None
    title: str = ""
    edition: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class PersonGiven:
    """A person at a dialogue, which is a place in the list of meetings."""

    name: str
    title: str = ""
    role: str = ""
    affiliation: str = ""
    meeting: int | None = None


@dataclass
class QuoteGiven:
    """Words of somebody, by name, at a dialogue."""

    speaker: str
    text: str
    meeting: int | None = None


@dataclass
class TopicGiven:
    """A topic of one dialogue, or where none is said of all."""

    name: str
    meeting: int | None = None


@dataclass
class Release:
    """All that a form holds, and which of it is accepted: pairs such as ("people", 2), and ("news", 0)."""

    text: str
    title: str
    place: str = ""
    issued_on: date | None = None
    language: str = "en"
    source_url: str = ""
    meetings: list[MeetingGiven] = field(default_factory=list)
    people: list[PersonGiven] = field(default_factory=list)
    quotes: list[QuoteGiven] = field(default_factory=list)
    topics: list[TopicGiven] = field(default_factory=list)


class RefusedError(Exception):
    """One row cannot be taken in; says which and why."""

    def __init__(self, row, sentence):
        super().__init__(sentence)
        self.row, self.sentence = row, sentence


@transaction.atomic
def accept(release, chosen, *, by, and_publish=False):
    """Make what is chosen and what it needs, unless it is there; returns the records made.

    A quote needs its speaker's appearance, an appearance its dialogue. Raises RefusedError, with nothing saved, where
    a row cannot be taken in, and PermissionDenied.
    """
    intake = Intake(release, by)
    for kind in ("meetings", "people", "quotes", "topics"):
        for number in sorted(place for name, place in chosen if name == kind):
            intake.row = (kind, number)
            intake.take(kind, number)
    if ("news", 0) in chosen:
        intake.row = ("news", 0)
        intake.news()
    workflow.log_each(intake.made, Verb.IMPORT, by=by)
    if and_publish:
        for record in intake.wanted.values():
            workflow.publish(record, by=by)
    return intake.made


class Intake:
    """One acceptance under way: `made` is what is logged, `wanted` what may be published."""

    def __init__(self, release, by):
        self.release, self.by, self.row = release, by, None
        self.made, self.wanted = [], {}

    def take(self, kind, number):
        """Make one row of the form, or find what it stands for."""
        try:
            make = {"meetings": self.dialogue, "people": self.appearance, "quotes": self.quote, "topics": self.topic}
            record = make[kind](number)
        except ValidationError as error:
            raise RefusedError(self.row, " ".join(error.messages)) from error
        if kind != "people":
            self.wanted[kind, number] = record

    def dialogue(self, number):
        given = self.release.meetings[number] if number is not None else None
        if given is None:
            raise ValidationError(_("Say at which dialogue this was."))
        found = given.existing or (given.series and matching.dialogue_of(given.series, given.starts_on))
        if found:
            return found
        if not (given.series and given.title):
            raise ValidationError(
                _("A new dialogue needs a series and a title: give both, or choose one that is there.")
            )
        fields = {name: getattr(given, name) for name in ("series", "title", "edition", "starts_on", "ends_on")}
        return self._create(Dialogue, slug=free_slug(Dialogue, given.title), **fields)

    def appearance(self, number):
        given = self.release.people[number]
        dialogue = self.dialogue(given.meeting)
        return self._appearance(given, dialogue)

    def _appearance(self, given, dialogue):
        body = self._organization(given.affiliation)
        speaker = matching.speaker_of(given.name, dialogue) or self._create(
            Speaker, name=given.name, slug=free_slug(Speaker, given.name), title=given.title, organization=body
        )
        return matching.appearance_of(speaker, dialogue, given.role) or self._create(
            Appearance, speaker=speaker, dialogue=dialogue, role=given.role or Appearance.Role.SPEAKER,
            title=given.title, affiliation=given.affiliation, organization=body,
        )  # fmt: skip

    def _organization(self, name):
        if not name:
            return None
        return matching.organization_of(name) or self._create(Organization, name=name, type=type_of(name))

    def quote(self, number):
        given = self.release.quotes[number]
        dialogue = self.dialogue(given.meeting)
        appearance = self._appearance(self._person(given), dialogue)
        found = matching.quote_of(appearance.speaker, dialogue, given.text)
        return found or self._create(
            Quote, appearance=appearance, text=given.text, language=self.release.language,
            source=issued(self.release), source_url=self.release.source_url,
            news_item=matching.news_of(self.release.title, self.release.issued_on),
        )  # fmt: skip

    def _person(self, given):
        """The person of the form who says a quote; one who stands nowhere in it has a name alone."""
        same = [one for one in self.release.people if matching.bare(one.name) == matching.bare(given.speaker)]
        same.sort(key=lambda one: one.meeting != given.meeting)
        if same and same[0].meeting == given.meeting:
            return same[0]
        return (
            PersonGiven(given.speaker, same[0].title, "", same[0].affiliation) if same else PersonGiven(given.speaker)
        )

    def topic(self, number):
        """A topic, given to its dialogue, or to all dialogues of the form that are there by now."""
        given = self.release.topics[number]
        topic = matching.topic_of(given.name) or self._create(Topic, name=given.name, slug=free_slug(Topic, given.name))
        rows = [self.release.meetings[given.meeting]] if given.meeting is not None else self.release.meetings
        for dialogue in filter(None, map(there_dialogue, rows)):
            workflow.require_permission(self.by, "change", dialogue)
            dialogue.topics.add(topic)
        return topic

    def news(self):
        """The news item, about the dialogues of the form that are there by now, with the quotes that are."""
        release = self.release
        item = matching.news_of(release.title, release.issued_on) or self._create(
            NewsItem, title=release.title, slug=free_slug(NewsItem, release.title), text=as_markdown(release.text),
            place=release.place, issued_on=release.issued_on, language=release.language, source_url=release.source_url,
        )  # fmt: skip
        dialogues = [there_dialogue(one) for one in release.meetings]
        item.dialogues.add(*filter(None, dialogues))
        for given in release.quotes:
            quote = there_quote(release, given)
            if quote and quote.news_item_id is None:
                quote.news_item = item
                quote.save(update_fields=["news_item"])
        self.wanted["news", 0] = item

    def _create(self, model, **fields):
        workflow.require_permission(self.by, "add", model())
        record = model(**fields)
        record.full_clean()
        record.save()
        self.made.append(record)
        return record


def there_dialogue(given):
    """The dialogue that a row stands for, if there is one."""
    return given.existing or (matching.dialogue_of(given.series, given.starts_on) if given.series else None)


def there_person(release, given):
    """The appearance that a row stands for, if there is one."""
    dialogue = _dialogue_there(release, given.meeting)
    speaker = dialogue and matching.speaker_of(given.name, dialogue)
    return matching.appearance_of(speaker, dialogue, given.role) if speaker else None


def there_quote(release, given):
    """The quote that a row stands for, if there is one."""
    dialogue = _dialogue_there(release, given.meeting)
    speaker = dialogue and matching.speaker_of(given.speaker, dialogue)
    return matching.quote_of(speaker, dialogue, given.text) if speaker else None


def _dialogue_there(release, number):
    return there_dialogue(release.meetings[number]) if number is not None else None


def issued(release):
    """Where and when a release was issued, in words: its title is not told while the news item is hidden.

    They are kept as the source of its quotes, for readers of all languages, whichever the desk was in.
    """
    with override(settings.LANGUAGE_CODE):
        day = date_format(release.issued_on, "j F Y") if release.issued_on else ""
        return ", ".join(filter(None, [_("Press release"), release.place, day]))


def type_of(name):
    """What a body's name says that it is: a country is a State; empty where it says nothing."""
    folded = fold(name)
    if folded in PLACES:
        return Organization.Type.STATE
    is_school = any(word in folded for word in ("university", "universidad", "universite", "college", "academy"))
    return Organization.Type.ACADEMIA if is_school else ""


def as_markdown(text):
    """A pasted text with its lines as paragraphs, and short ones without a full stop as headings."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n\n".join(f"## {line}" if is_heading(line) and not line.startswith("#") else line for line in lines)
