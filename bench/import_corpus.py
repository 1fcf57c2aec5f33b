"""Import a corpus of statements as proceedings: `python -m bench.import_corpus FILE [--index]`.

A file holds one JSON object a line, plain or .xz: iso3, session, year, country, speaker, post, text (the form of the
United Nations General Debate Corpus). Each session becomes a dialogue, each statement an appearance of its speaker and
a published contribution of the country in the speaker's name. Records that exist already stay unchanged, so that an
interrupted run can be continued.
"""

import argparse
import itertools
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from bench import corpus  # noqa: E402
from bench.countries import two_letters  # noqa: E402
from bench.records import publish_many  # noqa: E402
from contributions.models import AppearAs, Call, Contribution, Revision  # noqa: E402
from dialogues.models import Appearance, Dialogue, Organization, Series, Speaker  # noqa: E402
from publishing import workflow  # noqa: E402

BATCH = 500
NOTICE = "Statements of the General Debate, imported to measure the portal on real text."


def load(records, report=lambda done: None):
    """Import all records, a batch a transaction, and return how many were new.

    `report(done)` is called with the number of records read so far.
    """
    new = done = 0
    records = iter(records)
    while batch := list(itertools.islice(records, BATCH)):
        new += load_batch(batch)
        done += len(batch)
        report(done)
    return new


@transaction.atomic
def load_batch(records):
    """Import those records of a batch that do not exist yet; return how many."""
    by_reference = {reference(record): record for record in records}
    there = Contribution.objects.filter(reference__in=by_reference).values_list("reference", flat=True)
    for known in list(there):
        del by_reference[known]
    calls = {session: call_for(record) for session, record in {r["session"]: r for r in by_reference.values()}.items()}
    bodies = organizations(by_reference.values())
    people = speakers(by_reference.values())
    Appearance.objects.bulk_create(
        [appearance(record, calls, bodies, people) for record in by_reference.values()], ignore_conflicts=True
    )
    made = publish_many(contribution(name, record, calls, bodies) for name, record in by_reference.items())
    workflow.log_each(made, "publish", by=None, note="imported")
    return len(made)


def reference(record):
    """Return the number of a statement; that of a repeated one ends in its "copy"."""
    number = f"UNGD-{record['year']}-{record['iso3']}"
    return f"{number}-{record['copy']}" if "copy" in record else number


def country(record):
    return record["country"] or record["iso3"]


def call_for(record):
    """Return the published call of a session's dialogue. Both are created for the first record of the session."""
    series, _ = Series.objects.get_or_create(
        code="UNGD", defaults={"name": "General Debate", "slug": "general-debate", "notice": NOTICE}
    )
    dialogue, new = Dialogue.objects.get_or_create(
        slug=f"general-debate-{record['session']}",
        defaults={
            "series": series,
            "edition": record["session"],
            "title": f"General Debate of session {record['session']}, {record['year']}",
            "date_note": str(record["year"]),  # the corpus has no dates
        },
    )
    now = timezone.now()
    call, _ = Call.objects.get_or_create(
        dialogue=dialogue, title="Statements", defaults={"opens_at": now - timezone.timedelta(days=1), "closes_at": now}
    )
    if new:
        workflow.publish(dialogue, by=None)
        workflow.publish(call, by=None)
    return call


def organizations(records):
    """Return the organizations of these records by name. All are States, because only States speak there."""
    names = {country(record): two_letters(record["iso3"]) for record in records}
    Organization.objects.bulk_create(
        (Organization(name=name, type=Organization.Type.STATE, country=code) for name, code in names.items()),
        ignore_conflicts=True,
    )
    return {body.name: body for body in Organization.objects.filter(name__in=names)}


def speaker_slug(record):
    return f"{slugify(record['speaker']) or 'speaker'}-{record['iso3'].lower()}"


def speakers(records):
    """Return the speakers of these records by slug. A name within a country is one person."""
    names = {speaker_slug(record): record["speaker"] or f"Speaker of {country(record)}" for record in records}
    Speaker.objects.bulk_create((Speaker(slug=slug, name=name) for slug, name in names.items()), ignore_conflicts=True)
    return {speaker.slug: speaker for speaker in Speaker.objects.filter(slug__in=names)}


def appearance(record, calls, bodies, people):
    return Appearance(
        dialogue_id=calls[record["session"]].dialogue_id,
        speaker=people[speaker_slug(record)],
        role=Appearance.Role.SPEAKER,
        title=record["post"],
        affiliation=country(record),
        organization=bodies[country(record)],
    )


def contribution(name, record, calls, bodies):
    return Contribution(call=calls[record["session"]], reference=name, organization=bodies[country(record)]), Revision(
        person_name=record["speaker"],
        appear_as=AppearAs.NAMED,
        organization_name=country(record),
        title=f"Statement of {country(record)}, {record['year']}",
        language="en",
        text=record["text"],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--index", action="store_true", help="rebuild the search index afterwards")
    options = parser.parse_args()
    start = time.perf_counter()

    def report(done):
        print(f"\r{done} read, {done / (time.perf_counter() - start):.0f} a second", end="", file=sys.stderr)

    try:
        new = load(corpus.read(Path(options.file)), report)
    except FileNotFoundError:
        sys.exit(f"There is no file {options.file}.")
    print(f"\n{new} new", file=sys.stderr)
    if options.index:
        call_command("rebuild_index", "--noinput")


if __name__ == "__main__":
    main()
