"""A public record of each kind, for tests of what a change affects."""

from dialogues.models import Organization
from search.models import IndexJob
from tests import build, files


def make_world():
    """Return a public record of each kind, by name; the queue is empty."""
    dialogue = build.dialogue()
    organization = Organization.objects.create(name="Open Door", type="civil-society", country="AT")
    world = {
        "dialogue": dialogue,
        "series": dialogue.series,
        "organization": organization,
        "panel": (panel := build.panel(dialogue)),
        "appearance": build.appearance(dialogue, panel=panel, organization=organization),
        "summary": build.summary(dialogue),
        "paper": build.paper(dialogue),
        "news": build.news_item(about=[dialogue]),
        "call": build.call(dialogue),
        "topic": build.topic(),
    }
    panel.topics.add(world["topic"])
    world["quote"] = build.quote(world["appearance"])
    world["speaker"] = world["appearance"].speaker
    world["paragraph"] = world["summary"].paragraphs.first()
    made = build.contribution(world["call"], organization=organization, attach=[("a.pdf", files.pdf())])
    world |= {"contribution": made, "revision": made.shown, "attachment": made.shown.attachments.get()}
    IndexJob.objects.all().delete()
    for record in world.values():
        record.refresh_from_db()
    return world
