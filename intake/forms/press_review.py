"""The review of one press release: its text, and the forms for the records that it describes."""

import re
from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.db.models import Model
from django.http import QueryDict

from accounts.models import User
from contributions.screening.language import likely_language
from dialogues.models import Organization, Series, Speaker, Topic
from text.ordinals import english_ordinal

from .. import workflow
from ..existing_records import find_dialogue, find_series, names_of, title_key
from ..press import KnownNames, MeetingProposal, PressProposals, read_press_release
from .press import MeetingForm, MeetingFormSet, NewsForm, PersonFormSet, QuoteFormSet, RowForm, TopicFormSet

FORMSETS: dict[str, type[forms.BaseFormSet]] = {
    "people": PersonFormSet, "quotes": QuoteFormSet, "topics": TopicFormSet,
}  # fmt: skip
MARKED = {"meetings": "title", "people": "name", "quotes": "words", "topics": "name"}  # the field with the words
ROWS_ADDED = 3
MOST_ROWS = 300


class PressReview:
    """The forms for one text, filled with proposals or with submitted `data`. The page carries all state."""

    def __init__(
        self, text: str, user: User, data: QueryDict | dict[str, Any] | None = None,
        proposals: PressProposals | None = None,
    ) -> None:  # fmt: skip
        self.text, self.user = text, user
        self.proposals = proposals or read_press_release(text, known_names(user))
        initial = {} if data is not None else _initial(self.proposals, likely_language(text, "en") or "en")
        self.news = NewsForm(data, prefix="news", initial=initial.get("news"))
        meetings = MeetingFormSet(data, prefix="meetings", initial=initial.get("meetings"), form_kwargs={"user": user})
        choices = [(number, _meeting_label(number, form)) for number, form in enumerate(meetings.forms)]
        self.formsets: dict[str, forms.BaseFormSet] = {"meetings": meetings}
        for kind, formset in FORMSETS.items():
            extra = {"source": text} if kind == "quotes" else {}
            self.formsets[kind] = formset(
                data, prefix=kind, initial=initial.get(kind), form_kwargs={"meetings": choices, **extra}
            )

    @classmethod
    def of(cls, text: str, user: User) -> Self:
        """Return the proposals for a text as if they had been submitted, so that existing records are shown."""
        first = cls(text, user)
        return cls(text, user, first.as_submitted(), first.proposals)

    def as_submitted(self) -> dict[str, Any]:
        """Return the data that a browser would submit for these forms."""
        sent: list[forms.Form] = [form for kind in ("news", *self.formsets) for form in self.rows(kind)]
        sent += [formset.management_form for formset in self.formsets.values()]
        values = {field.html_name: field.value() for form in sent for field in form}
        return {name: getattr(value, "pk", value) for name, value in values.items() if value not in (None, "")}

    @property
    def is_bound(self) -> bool:
        """Whether the forms contain submitted data."""
        return self.news.is_bound

    def is_valid(self) -> bool:
        """Return whether all fields of all forms are valid."""
        return all([self.news.is_valid(), *(formset.is_valid() for formset in self.formsets.values())])

    def rows(self, kind: str) -> list[RowForm]:
        """Return the forms of a kind; "news" has one."""
        return [self.news] if kind == "news" else self.formsets[kind].forms

    def ticked(self) -> set[workflow.RowKey]:
        """Return the keys of the rows that are ticked."""
        kinds = ("news", *self.formsets)
        rows = [(kind, number, form) for kind in kinds for number, form in enumerate(self.rows(kind))]
        return {(kind, number) for kind, number, form in rows if form.cleaned_data.get("accept")}

    def check_required(self, chosen: set[workflow.RowKey]) -> bool:
        """Add errors to chosen rows with empty required fields; return whether there are none."""
        complete = [self.rows(kind)[number].check_required() for kind, number in sorted(chosen)]
        return all(complete)

    def release(self) -> workflow.PressRelease:
        """Return the content of the forms for the workflow.

        If there is one dialogue, everyone spoke there. A quote that names no dialogue was said where its speaker spoke.
        """
        news = self.news.cleaned_data
        entries: dict[str, list[Any]] = {
            kind: [form.entry() for form in formset.forms] for kind, formset in self.formsets.items()
        }
        meetings = [number for number, one in enumerate(entries["meetings"]) if one != workflow.MeetingEntry()]
        if len(meetings) == 1:
            for one in [*entries["people"], *entries["quotes"]]:
                one.meeting = meetings[0] if one.meeting is None else one.meeting
        for quote in entries["quotes"]:
            same = [one for one in entries["people"] if title_key(one.name) == title_key(quote.speaker)]
            spoke_at = {one.meeting for one in same}
            if quote.meeting is None and len(spoke_at) == 1:
                (quote.meeting,) = spoke_at
        return workflow.PressRelease(
            self.text, news["news_title"], news["place"], news["issued_on"], news["language"], news["source_url"],
            entries["meetings"], entries["people"], entries["quotes"], entries["topics"],
        )  # fmt: skip

    def existing(self) -> dict[workflow.RowKey, Model]:
        """Return the records that exist already, by the row that describes them."""
        return workflow.find_existing(self.release())

    def spans(self) -> Iterator[tuple[int, int, str, int]]:
        """Yield the start, end, kind and number of each row whose words are in the text.

        The reader knows where its own proposals are; for rows that staff added, the words are looked for.
        """
        found = self.proposals
        places: dict[str, list[list[tuple[int, int]]]] = {
            "meetings": [[(one.start, one.end)] for one in found.meetings],
            "people": [[(one.start, one.end)] for one in found.people],
            "quotes": [one.parts for one in found.quotes],
            "topics": [],
        }
        for kind, fields in MARKED.items():
            known = places[kind]
            for number, form in enumerate(self.rows(kind)):
                said = known[number] if number < len(known) else self._places(form[fields].value() or "")
                yield from ((start, end, kind, number) for start, end in said)

    def _places(self, words: str) -> list[tuple[int, int]]:
        """Return the offsets of the parts of some words in the text, each after the one before."""
        places, place = [], 0
        for part in re.split(r"\s*\[…\]\s*|\n\s*\n", words.replace("\r", "")):
            start = self.text.find(part, place) if part.strip() else -1
            if start >= 0:
                place = start + len(part)
                places.append((start, place))
        return places


def more_rows(data: QueryDict) -> QueryDict:
    """Return submitted data with further rows of the kind in `add`. All that was typed stays."""
    more, kind = data.copy(), data["add"]
    if kind in {"meetings", *FORMSETS}:
        count = data.get(f"{kind}-TOTAL_FORMS", "")
        more[f"{kind}-TOTAL_FORMS"] = str(min(int(count), MOST_ROWS) + ROWS_ADDED) if count.isdecimal() else count
    return more


def _meeting_label(number: int, form: MeetingForm) -> str:
    """Return the name of a dialogue's row, for the rows that refer to it."""
    name = form["title"].value() or ""
    if pk := form["existing"].value():
        chosen = form.dialogues.filter(pk=pk if str(pk).isdecimal() else None).first()
        name = str(chosen or name)
    return f"{number + 1}. {name}".strip()


def known_names(user: User) -> KnownNames:
    """Return the names of the records that `user` may see, in each of their languages, for the reader."""
    records = {
        "series": Series.objects.all(), "topic": Topic.objects.visible_to(user),
        "organization": Organization.objects.all(), "person": Speaker.objects.defer("biography"),
    }  # fmt: skip
    return KnownNames(
        **{kind: {name: one.name for one in rows for name in names_of(one)} for kind, rows in records.items()}
    )


def _initial(proposals: PressProposals, language: str) -> dict[str, Any]:
    """Return the initial data of each form. Only rows that the reader is sure of are ticked."""
    return {
        "news": {
            "accept": bool(proposals.title and proposals.date), "news_title": proposals.title, "place": proposals.place,
            "issued_on": proposals.date, "language": language,
        },
        "meetings": [_initial_meeting(meeting) for meeting in proposals.meetings],
        "people": [
            {"accept": person.sure, "name": person.name, "title": person.title, "role": person.role,
             "affiliation": person.affiliation, "meeting": person.meeting}
            for person in proposals.people
        ],
        "quotes": [
            {"accept": quote.sure, "words": quote.text, "speaker": quote.speaker, "meeting": quote.meeting}
            for quote in proposals.quotes
        ],
        "topics": [{"accept": False, "name": name} for name in proposals.topics],
    }  # fmt: skip


def _initial_meeting(meeting: MeetingProposal) -> dict[str, Any]:
    """Return the row of a dialogue: the existing one, and the fields of a new one."""
    series = find_series(meeting.series)
    which = f"{meeting.year} " if meeting.year else ""
    if meeting.edition:
        which = f"{english_ordinal(meeting.edition)} "
    found = series and find_dialogue(series, meeting.starts_on, meeting.year, meeting.edition)
    return {
        "accept": meeting.sure, "existing": found, "series": series, "edition": meeting.edition,
        "starts_on": meeting.starts_on, "ends_on": meeting.ends_on,
        "title": f"{which}Constructive Dialogue on {series or meeting.series}",
    }  # fmt: skip
