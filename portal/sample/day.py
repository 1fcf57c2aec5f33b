"""The invented dialogue's records of its day: recordings, statements from the floor, and photographs."""

from typing import Any

from dialogues.models import Dialogue, Quote
from documents.tasks import render_picture
from documents.workflow import store_picture
from publishing import workflow as publishing

from . import files
from .real import Item


def load(dialogue: Dialogue, data: dict[str, Any]) -> None:
    """Create the records of the day in `sample.json`, and publish them."""
    for item in data["recordings"]:
        make_recording(dialogue, item)
    for position, item in enumerate(data["statements"], start=1):
        make_statement(dialogue, item, position)
    for item in data["photographs"]:
        make_photograph(dialogue, item)


def make_recording(dialogue: Dialogue, item: Item) -> None:
    """Create a recording, with the seconds at which panels, by number, and quotes, by speaker, begin in it."""
    recording = dialogue.recordings.create(title=item["title"], url=item["url"])
    for number, seconds in item["panels"].items():
        panel = dialogue.panels.get(number=number)
        panel.recording, panel.recording_seconds = recording, seconds
        panel.save()
    for slug, seconds in item["quotes"].items():
        quote = Quote.objects.get(appearance__dialogue=dialogue, appearance__speaker__slug=slug)
        quote.recording, quote.recording_seconds = recording, seconds
        quote.save()


def make_statement(dialogue: Dialogue, item: Item, position: int) -> None:
    """Create and publish a statement of someone who appeared from the floor of a panel."""
    panel = dialogue.panels.get(number=item["panel"])
    statement = dialogue.statements.create(
        appearance=panel.appearances.get(speaker__slug=item["person"], role="floor"),
        panel=panel,
        position=position,
        **{name: item[name] for name in ("title", "language", "text")},
    )
    publishing.publish(statement, by=None)


def make_photograph(dialogue: Dialogue, item: Item) -> None:
    """Create and publish a photograph of nobody."""
    picture = store_picture(files.hall(item["seed"]), alt=item["alt"], credit=item["credit"])
    consent = {"consented_on": dialogue.starts_on, "consent_note": "Nobody is in this picture, which is drawn."}
    render_picture.call(picture.pk)  # only pictures with renditions are published
    photograph = dialogue.photographs.create(picture=picture, caption=item["caption"], **consent)
    publishing.publish(photograph, by=None)
