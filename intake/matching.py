"""Records that are there already, found by what a text calls them: no person or body is made twice."""

import re

from django.utils.text import slugify

from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Series, Speaker, Topic
from intake.batches.people import name_key, speakers_by_name
from text.folding import fold


def bare(name):
    """A name to compare: small letters without accents, points and article."""
    words = re.findall(r"\w+", fold(name).replace("’", "").replace("'", ""))
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def series_of(name):
    """The series of that name; None where there is none."""
    return next((one for one in Series.objects.all() if bare(one.name) == bare(name)), None)


def dialogue_of(series, day, year=None):
    """The dialogue of a series on a day; without a day, the only one of a year."""
    of_series = Dialogue.objects.filter(series=series)
    if day:
        return of_series.filter(starts_on=day).first()
    of_year = [one for one in of_series if year and one.year == year]
    return of_year[0] if len(of_year) == 1 else None


def speaker_of(name, dialogue=None):
    """The person of that name; of several, who appears at the dialogue."""
    ids = [speaker.pk for speaker in speakers_by_name()[name_key(name)]]
    there = Appearance.objects.filter(dialogue=dialogue, speaker__in=ids).values_list("speaker_id", flat=True)
    return Speaker.objects.filter(pk__in=list(there) or ids).order_by("pk").first()


def organization_of(name):
    """The body of that name or acronym."""
    wanted = bare(name)
    rows = Organization.objects.values_list("pk", "name", "acronym")
    found = next((pk for pk, full, short in rows if wanted and wanted in (bare(full), bare(short))), None)
    return Organization.objects.filter(pk=found).first()


def appearance_of(speaker, dialogue, role=""):
    """How somebody appears at a dialogue: in that role, else in any."""
    rows = list(Appearance.objects.filter(speaker=speaker, dialogue=dialogue))
    return next((one for one in rows if one.role == role), None) or (rows[0] if rows and not role else None)


def quote_of(speaker, dialogue, text):
    """The same words of the same person at the same dialogue."""
    quotes = Quote.objects.filter(appearance__speaker=speaker, appearance__dialogue=dialogue)
    return next((one for one in quotes if bare(one.text) == bare(text)), None)


def topic_of(name):
    """The topic of that name."""
    return next((one for one in Topic.objects.all() if bare(one.name) == bare(name)), None)


def news_of(title, day):
    """The news item of that title and day."""
    items = NewsItem.objects.filter(issued_on=day)
    return next((one for one in items if bare(one.title) == bare(title)), None)


def free_slug(model, name):
    """An address for a name that no record of the model has."""
    slug = base = slugify(name)[:70].strip("-") or "item"
    number = 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
