"""One press release on the desk: its text and the forms for what it says. All of it travels with the page."""

from dialogues.models import Series, Topic

from . import matching, workflow
from .forms import MeetingFormSet, NewsForm, PersonFormSet, QuoteFormSet, TopicFormSet
from .press import read

KINDS = {"meetings": MeetingFormSet, "people": PersonFormSet, "quotes": QuoteFormSet, "topics": TopicFormSet}


class Sheet:
    """The forms for one text: filled with proposals, or with what was sent (`data`)."""

    def __init__(self, text, user, data=None):
        self.text, self.user = text, user
        self.proposals = read(text, Series.objects.values_list("name", flat=True), topics_seen(user))
        start = {} if data is not None else initial(self.proposals)
        self.news = NewsForm(data, prefix="news", initial=start.get("news"))
        self.meetings = MeetingFormSet(
            data, prefix="meetings", initial=start.get("meetings"), form_kwargs={"user": user}
        )
        rows = [(number, self.meeting_name(number, form)) for number, form in enumerate(self.meetings.forms)]
        for kind in ("people", "quotes", "topics"):
            options = {"form_kwargs": {"meetings": rows}, "initial": start.get(kind)}
            setattr(self, kind, KINDS[kind](data, prefix=kind, **options))

    @classmethod
    def of(cls, text, user):
        """The proposals for a text as if they had been sent already, so that what is there shows as such."""
        return cls(text, user, cls(text, user).as_sent())

    def as_sent(self):
        """What a browser would send of these forms."""
        forms = [form for kind in ("news", *KINDS) for form in self.rows(kind)]
        forms += [getattr(self, kind).management_form for kind in KINDS]
        values = {field.html_name: field.value() for form in forms for field in form}
        return {name: getattr(value, "pk", value) for name, value in values.items() if value not in (None, "")}

    def meeting_name(self, number, form):
        """What the row of a dialogue is called where others refer to it."""
        name = form["title"].value() or ""
        if pk := form["existing"].value():
            chosen = form.fields["existing"].queryset.filter(pk=pk if str(pk).isdecimal() else None).first()
            name = str(chosen or name)
        return f"{number + 1}. {name}".strip()

    def is_valid(self):
        """Whether every field holds something that can be read."""
        return all([self.news.is_valid(), *(getattr(self, kind).is_valid() for kind in KINDS)])

    def rows(self, kind):
        return [self.news] if kind == "news" else getattr(self, kind).forms

    def chosen(self, asked):
        """The rows that are to be accepted: one by its name, all that are not blank, or those that are ticked."""
        rows = [(kind, number) for kind in ("news", *KINDS) for number in range(len(self.rows(kind)))]
        if asked == "all":
            return {(kind, number) for kind, number in rows if not self.rows(kind)[number].is_blank}
        if asked == "ticked":
            return {(kind, number) for kind, number in rows if self.rows(kind)[number].cleaned_data.get("accept")}
        return {(kind, number) for kind, number in rows if f"{kind}-{number}" == asked}

    def demand(self, chosen):
        """Complain about chosen rows that lack something; whether none does."""
        complete = [self.rows(kind)[number].demand() for kind, number in sorted(chosen)]
        return all(complete)

    def release(self):
        """What the forms hold, for the workflow."""
        given = self.news.cleaned_data
        fields = {name: given[name] for name in ("place", "issued_on", "language", "source_url")}
        lists = {kind: [form.given() for form in self.rows(kind)] for kind in KINDS}
        return workflow.Release(self.text, given["news_title"], **fields, **lists)

    def there(self):
        """{(kind, number): the record that a row stands for}, of those that are there already."""
        release = self.release()
        finders = {
            "meetings": workflow.there_dialogue,
            "people": lambda given: workflow.there_person(release, given),
            "quotes": lambda given: workflow.there_quote(release, given),
            "topics": lambda given: matching.topic_of(given.name),
        }
        found = {
            (kind, number): find(given)
            for kind, find in finders.items()
            for number, given in enumerate(getattr(release, kind))
        }
        found["news", 0] = matching.news_of(release.title, release.issued_on)
        return {place: record for place, record in found.items() if record}


def topics_seen(user):
    return list(Topic.objects.visible_to(user).values_list("name", flat=True))


def initial(proposals):
    """What the forms begin with."""
    return {
        "news": {
            "accept": True, "news_title": proposals.title, "place": proposals.place, "issued_on": proposals.date,
            "language": "en",
        },
        "meetings": [meeting(one) for one in proposals.meetings],
        "people": [
            {"accept": True, "name": one.name, "title": one.title, "role": one.role, "affiliation": one.affiliation,
             "meeting": one.meeting}
            for one in proposals.people
        ],
        "quotes": [
            {"accept": one.person is not None, "words": one.text, "speaker": one.speaker,
             "meeting": where(one, proposals)}
            for one in proposals.quotes
        ],
        "topics": [{"accept": False, "name": name} for name in proposals.topics],
    }  # fmt: skip


def where(said, proposals):
    """The dialogue of a quote: its speaker's, for what a person says is said where they are."""
    return said.meeting if said.person is None else proposals.people[said.person].meeting


def meeting(one):
    """The row of a dialogue: the one that is there, and what a new one would need."""
    series = matching.series_of(one.series)
    found = series and matching.dialogue_of(series, one.starts_on, one.year)
    year = f"{one.year} " if one.year else ""
    return {
        "accept": True, "existing": found, "series": series, "edition": one.edition, "starts_on": one.starts_on,
        "ends_on": one.ends_on, "title": f"{year}Constructive Dialogue on {series or one.series}",
    }  # fmt: skip
