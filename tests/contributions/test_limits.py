"""The limits of a call are the same wherever they are stated and applied; how much time and how many words are left."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from contributions.models import Call
from contributions.templatetags.filing import time_left, words_left
from contributions.workflow import submission_errors
from tests import build, gate

pytestmark = pytest.mark.django_db

VIENNA = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 3, 10, 12, tzinfo=VIENNA)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=60), "60 days left"),
        (timedelta(days=60, hours=11, minutes=59), "60 days left"),
        (timedelta(days=60, hours=12), "61 days left"),
        (timedelta(days=2, minutes=1), "2 days left"),
        (timedelta(days=2), "48 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59, seconds=1), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=1), "1 minute left"),
        (timedelta(seconds=-1), "0 minutes left"),
    ],
)
def test_the_time_left_is_told_in_days_of_vienna_and_at_the_end_in_hours(clock, left, words):
    clock(NOW)
    assert time_left(NOW + left) == words


def test_a_draft_says_how_many_days_are_left(filer, participant):
    call = build.call(closes=60)
    record = build.draft(call, by=participant)
    words = f"{time_left(call.closes_at)}, until"
    assert gate.shows(filer, f"/contributions/mine/{record.key}/who/", words, "Vienna time")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "3 left"), ("one two", "1 left"), ("one two three four", "1 too many"), ("人口贩运", "1 too many")],
)
def test_the_page_counts_words_without_its_script(text, words):
    assert words_left(text, 3) == words


def test_the_page_of_the_answers_says_how_many_words_are_too_many(filer, participant):
    record = build.draft(build.call(word_limit=3), by=participant, text="one two three four")
    page = filer.get(f"/contributions/mine/{record.key}/answers/").content.decode()
    assert ">1 too many<" in page
    assert 'role="status" data-words-spoken' in page


def test_files_beyond_the_limits_of_the_call_are_not_sent(participant):
    call = build.call(file_limit=2, file_megabytes=2)
    record = build.draft(call, by=participant)
    for number in range(2):
        build.attached(record, f"{number}.txt", b"words %d" % number, by=participant)
    assert submission_errors(record.draft, True) == {}
    Call.objects.update(file_limit=1)
    record.refresh_from_db()
    assert list(submission_errors(record.draft, True)) == ["upload"]
    Call.objects.update(file_limit=2)
    record.draft.attachments.first().document.__class__.objects.update(size=2 * 1024 * 1024 + 1)
    record.refresh_from_db()
    record.call.refresh_from_db()
    revision = record.draft
    assert "larger than the 2 MB" in str(submission_errors(revision, True)["upload"])


def test_a_correction_keeps_files_that_were_sent_under_other_limits(participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"1"), ("b.txt", b"2")])
    Call.objects.update(file_limit=1)
    build.correction(record, by=participant, sent=False)
    record.refresh_from_db()
    record.call.refresh_from_db()
    assert submission_errors(record.draft, True) == {}


def test_the_preview_of_an_empty_draft_claims_nothing(filer, participant):
    record = build.draft(build.call(), by=participant, organization_name="", title="", text="")
    page = filer.get(f"/contributions/mine/{record.key}/check/").content.decode()
    preview = page[page.index('class="preview"') :]
    assert "Name withheld" not in preview
    assert "<dd>–</dd>" in preview
    record.draft.__class__.objects.update(appear_as="anonymous", text="Words.")
    preview = filer.get(f"/contributions/mine/{record.key}/check/").content.decode()
    assert "Name withheld at the sender’s request" in preview
    assert "<dd>–</dd>" not in preview


@pytest.mark.parametrize("name", ["call", "open_call"])
def test_the_calls_of_the_sample_state_the_limits_that_they_have(name):
    item = json.loads(Path("portal/sample/sample.json").read_text("utf8"))[name]
    assert f"Up to {item['word_limit']:,} words" in item["guidance"]
    assert f"each under {item['file_megabytes']} MB" in item["guidance"]


def test_a_closed_call_says_when_it_closed(clock):
    call = build.call(closes=1)
    clock(call.closes_at)
    with override("en"):
        assert "Closed: <" in render_to_string("contributions/_call_status.html", {"call": call})
    with override("zh-hans"):
        assert "已截止：<" in render_to_string("contributions/_call_status.html", {"call": call})
