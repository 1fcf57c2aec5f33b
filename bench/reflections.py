"""How well the portal proposes what stands behind a paragraph, on an invented set, and how long forty of them take."""

import json
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import import_corpus  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.records import publish_many  # noqa: E402
from contributions.models import Call, Contribution, Revision  # noqa: E402
from contributions.proposals import PROPOSED, proposals  # noqa: E402
from contributions.tracing import key_of  # noqa: E402
from dialogues.models import Appearance, Dialogue, Quote, Series, Speaker, Summary  # noqa: E402
from dialogues.paragraphs import Block, join  # noqa: E402
from dialogues.workflow import write_paragraphs  # noqa: E402
from publishing.workflow import publish  # noqa: E402
from search.tasks import rebuild  # noqa: E402

JUDGED = Path(__file__).parent / "reflections.json"
MANY = 40  # paragraphs
RECALL, PRECISION = 0.85, 0.6  # floors: what was reached is little above
SECONDS = 2.0  # for the page of MANY paragraphs


def measure(corpus):
    """Recall and precision of the first three of each kind, and the time of many paragraphs among many records."""
    call_command("migrate", verbosity=0)
    judged = json.loads(JUDGED.read_text())
    summary, names = settle(judged)
    rebuild()
    yield from how_well(summary, names, judged["paragraphs"])
    import_corpus.load(corpus)
    rebuild()
    yield how_long()


def settle(judged):
    """The summary as a draft, and {key of a source: its name}, of which everything but the summary is public."""
    dialogue = new_dialogue("judged")
    appearance = Appearance.objects.create(
        dialogue=dialogue, role="panellist", speaker=Speaker.objects.create(name="Somebody Invented", slug="somebody")
    )
    call = dialogue.calls.get()
    sources = judged["sources"].items()
    sent = [(name, item) for name, item in sources if item["kind"] == "contribution"]
    records = publish_many(
        (Contribution(call=call, reference=name), Revision(title=item["title"], text=item["text"]))
        for name, item in sent
    )
    names = {key_of(record): record.reference for record in records}
    for name, item in sources:
        if item["kind"] == "quote":
            quote = Quote.objects.create(appearance=appearance, text=item["text"], published_at=timezone.now())
            names[key_of(quote)] = name
    return new_summary(dialogue, [item["text"] for item in judged["paragraphs"]]), names


def new_dialogue(slug):
    series = Series.objects.get_or_create(code="INV", defaults={"name": "Invented", "slug": "invented"})[0]
    dialogue = Dialogue.objects.create(series=series, title=slug, slug=slug)
    publish(dialogue, by=None)
    now = timezone.now()
    publish(
        Call.objects.create(dialogue=dialogue, title=slug, opens_at=now, closes_at=now + timedelta(days=1)), by=None
    )
    return dialogue


def new_summary(dialogue, texts):
    summary = Summary.objects.create(dialogue=dialogue)
    write_paragraphs(summary, join(Block(text, number=number) for number, text in enumerate(texts, start=1)))
    return summary


def how_well(summary, names, judged):
    proposed = proposals(summary, list(summary.paragraphs.all()))
    found, shown, wanted = 0, 0, sum(len(item["behind"]) for item in judged)
    for number, item in enumerate(judged, start=1):
        given = [names[key_of(hit.record)] for hit in proposed[number]]
        found += len(set(given).intersection(item["behind"]))
        shown += len(given)
    what = f"at {PROPOSED} of each kind, {len(judged)} paragraphs and {len(names)} sources"
    yield Figure(f"recall of proposals, {what}", found / wanted, "of 1", RECALL, most=False)
    yield Figure(f"precision of proposals, {what}", found / shown, "of 1", PRECISION, most=False)


def how_long():
    """Proposals for MANY paragraphs cut from what was sent to the dialogue with most contributions."""
    dialogue = max(Dialogue.objects.all(), key=lambda one: Contribution.objects.filter(call__dialogue=one).count())
    records = Contribution.objects.published().filter(call__dialogue=dialogue).select_related("shown")
    texts = [record.shown.text[:700] or record.shown.title for record in records[:MANY]]
    summary = new_summary(dialogue, texts)
    paragraphs = list(summary.paragraphs.exclude(number=None))
    proposals(summary, paragraphs[:1])  # the snapshot is read once a process
    began = time.perf_counter()
    proposals(summary, paragraphs)
    seconds = time.perf_counter() - began
    what = f"{len(paragraphs)} paragraphs among {records.count():,} contributions to one dialogue"
    return Figure(f"proposals for {what}", seconds, "s", SECONDS)
