"""Load the real dialogues from `real.json`. Facts that are not known stay empty."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from dialogues.models import Dialogue, ExpectedDocument, Series, Speaker, Topic
from publishing import workflow

FOLDER = Path(__file__).parent
Item = dict[str, Any]  # an object of the JSON file
PLAIN = ("title", "edition", "starts_on", "ends_on", "timezone", "venue", "city", "format", "languages")


def load() -> None:
    """Create and publish the series, topics and real dialogues."""
    data = json.loads((FOLDER / "real.json").read_text("utf8"))
    series = {item["code"]: make_series(item) for item in data["series"]}
    make_topics(data["topics"])
    for item in data["dialogues"]:
        dialogue = make_dialogue(item, series[item["series"][0]])
        for position, appearance in enumerate(item["appearances"]):
            make_appearance(dialogue, appearance, position)
        workflow.publish(dialogue, by=None)


def make_series(item: Item) -> Series:
    """Create a series from the fields of the model."""
    return Series.objects.create(**item)


def make_topics(items: list[Item]) -> None:
    """Create topics by slug; an existing one keeps its name and gets a description if it has none."""
    for item in items:
        topic, _ = Topic.objects.get_or_create(slug=item["slug"], defaults={"name": item["name"]})
        if item.get("description") and not topic.description:
            topic.description = item["description"]
            topic.save()
        workflow.publish(topic, by=None)


def make_dialogue(item: Item, series: Series) -> Dialogue:
    """Create an unpublished dialogue with its sittings, counts, topics and expected documents."""
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


def make_appearance(dialogue: Dialogue, item: Item, position: int) -> None:
    """Create the appearance of a participant; the country replaces a missing affiliation."""
    names = {"name": item["name"], "family_name": item.get("family_name", "")}
    speaker, _ = Speaker.objects.get_or_create(slug=slugify(item["name"]), defaults=names)
    dialogue.appearances.create(
        speaker=speaker,
        role=item["role"],
        title=item.get("title") or "",
        affiliation=item.get("affiliation") or COUNTRIES.get(item.get("country") or "", ""),
        position=position,
    )


COUNTRIES = {"CO": "Colombia", "ES": "Spain", "IT": "Italy", "US": "United States"}
