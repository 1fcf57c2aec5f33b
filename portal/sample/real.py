"""Loads the real dialogues, from `real.json`: what is not known there stays empty here."""

import json
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from dialogues.models import Dialogue, ExpectedDocument, Series, Speaker, Topic
from publishing import workflow

FOLDER = Path(__file__).parent
PLAIN = ("title", "edition", "starts_on", "ends_on", "timezone", "venue", "city", "format", "languages")


def load():
    """Make and publish the series, topics and real dialogues."""
    data = json.loads((FOLDER / "real.json").read_text("utf8"))
    series = {item["code"]: make_series(item) for item in data["series"]}
    make_topics(data["topics"])
    for item in data["dialogues"]:
        dialogue = make_dialogue(item, series[item["series"][0]])
        for position, appearance in enumerate(item["appearances"]):
            make_appearance(dialogue, appearance, position)
        workflow.publish(dialogue, by=None)


def make_series(item):
    return Series.objects.create(**item)


def make_topics(items):
    """Topics by address; one that exists keeps its name and gains a description."""
    for item in items:
        topic, _ = Topic.objects.get_or_create(slug=item["slug"], defaults={"name": item["name"]})
        if item.get("description") and not topic.description:
            topic.description = item["description"]
            topic.save()
        workflow.publish(topic, by=None)


def make_dialogue(item, series):
    """A dialogue with its hours, counts, topics and expected documents, not yet published."""
    fields = {name: item[name] for name in PLAIN if item.get(name) is not None}
    hours = [datetime.fromisoformat(item[name]) for name in ("starts_at", "ends_at") if item.get(name)]
    if hours:
        fields |= {"starts_on": hours[0].date(), "ends_on": hours[-1].date()}
    if item.get("date_is_planned"):
        fields["date_note"] = "planned date"
    if item.get("follows"):
        fields["follows"] = item["follows"] + (" (inferred)" if item.get("follows_is_inferred") else "")
    dialogue = Dialogue.objects.create(
        series=series, slug=item["slug"], description=item.get("description", ""), **fields
    )
    for start, end in item.get("sittings") or ([hours] if hours else []):
        dialogue.sittings.create(starts_at=start, ends_at=end)
    for count in item["counts"]:
        dialogue.counts.create(what=count["what"], number=count["number"], source=count["source"] or "")
    known = dict(ExpectedDocument.KINDS)
    for expected in item["expected"]:
        dialogue.expected.create(kind=expected["kind"] if expected["kind"] in known else "other",
                                 expected_on=expected.get("expected_on"))  # fmt: skip
    dialogue.topics.set(Topic.objects.filter(slug__in=item["topics"]))
    return dialogue


def make_appearance(dialogue, item, position):
    """Someone named as taking part; the country stands in for an affiliation that is not given."""
    speaker, _ = Speaker.objects.get_or_create(slug=slugify(item["name"]), defaults={"name": item["name"]})
    dialogue.appearances.create(
        speaker=speaker,
        role=item["role"],
        title=item.get("title") or "",
        affiliation=item.get("affiliation") or COUNTRIES.get(item.get("country"), ""),
        position=position,
    )


COUNTRIES = {"CO": "Colombia", "ES": "Spain", "IT": "Italy", "US": "United States"}
