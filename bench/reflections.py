"""The quality of proposed sources, on an invented set, and the time that proposals for 40 paragraphs take."""

import json
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import corpus, import_corpus  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.records import publish_many  # noqa: E402
from contributions.models import Call, Contribution, Revision  # noqa: E402
from contributions.reflections.proposals import PROPOSED, proposals  # noqa: E402
from contributions.reflections.sources import source_key  # noqa: E402
from dialogues.models import Appearance, Dialogue, Quote, Series, Speaker, Summary  # noqa: E402
from dialogues.paragraphs import Block, join  # noqa: E402
from dialogues.workflow import write_paragraphs  # noqa: E402
from publishing.workflow import publish  # noqa: E402
from search.tasks import rebuild  # noqa: E402

JUDGED = Path(__file__).parent / "reflections.json"
MANY = 40  # paragraphs
RECALL, PRECISION = 0.85, 0.6  # floors, a little below what was reached
SECONDS = 2.0  # limit for MANY paragraphs


def measure(files):
    """Yield recall and precision of the first proposals of each kind, and the time for many paragraphs."""
    call_command("migrate", verbosity=0)
    judged = json.loads(JUDGED.read_text())
    summary, names = load_judged(judged)
    rebuild()
    yield from quality(summary, names, judged["paragraphs"])
    import_corpus.load(corpus.read(files[0]))
    rebuild()
    yield duration()


def load_judged(judged):
    """Return a draft summary, and the name of each public source by its key."""
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
    names = {source_key(record): record.reference for record in records}
    for name, item in sources:
        if item["kind"] == "quote":
            quote = Quote.objects.create(appearance=appearance, text=item["text"], published_at=timezone.now())
            names[source_key(quote)] = name
    return new_summary(dialogue, [item["text"] for item in judged["paragraphs"]]), names


def new_dialogue(slug):
    """Return a published dialogue with a published call."""
    series = Series.objects.get_or_create(code="INV", defaults={"name": "Invented", "slug": "invented"})[0]
    dialogue = Dialogue.objects.create(series=series, title=slug, slug=slug)
    publish(dialogue, by=None)
    now = timezone.now()
    publish(
        Call.objects.create(dialogue=dialogue, title=slug, opens_at=now, closes_at=now + timedelta(days=1)), by=None
    )
    return dialogue


def new_summary(dialogue, texts):
    """Return a draft summary with a numbered paragraph for each text."""
    summary = Summary.objects.create(dialogue=dialogue)
    write_paragraphs(summary, join(Block(text, number=number) for number, text in enumerate(texts, start=1)))
    return summary


def quality(summary, names, judged):
    """Yield recall and precision."""
    proposed = proposals(summary, list(summary.paragraphs.all()))
    found, shown, wanted = 0, 0, sum(len(item["behind"]) for item in judged)
    for number, item in enumerate(judged, start=1):
        given = [names[source_key(hit.record)] for hit in proposed[number]]
        found += len(set(given).intersection(item["behind"]))
        shown += len(given)
    what = f"at {PROPOSED} of each kind, {len(judged)} paragraphs and {len(names)} sources"
    yield Figure(f"recall of proposals, {what}", found / wanted, "of 1", RECALL, most=False)
    yield Figure(f"precision of proposals, {what}", found / shown, "of 1", PRECISION, most=False)


def duration():
    """Return the time of proposals for MANY paragraphs, cut from contributions to the dialogue that has the most."""
    dialogue = max(Dialogue.objects.all(), key=lambda one: Contribution.objects.filter(call__dialogue=one).count())
    records = Contribution.objects.published().filter(call__dialogue=dialogue).select_related("shown")
    texts = [record.shown.text[:700] or record.shown.title for record in records[:MANY]]
    summary = new_summary(dialogue, texts)
    paragraphs = list(summary.paragraphs.exclude(number=None))
    proposals(summary, paragraphs[:1])  # reads the snapshot of the index, once in a process
    began = time.perf_counter()
    proposals(summary, paragraphs)
    seconds = time.perf_counter() - began
    what = f"{len(paragraphs)} paragraphs among {records.count():,} contributions to one dialogue"
    return Figure(f"proposals for {what}", seconds, "s", SECONDS)
