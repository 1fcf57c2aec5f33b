"""Decisions about the sources of a paragraph, and how a new version of a summary carries them over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contributions import workflow
from contributions.models import Reflection
from dialogues import workflow as proceedings
from publishing.models import Transition
from tests import build

pytestmark = pytest.mark.django_db

FEES = "Recruitment fees should never be paid by workers, whatever name the fees are given in a contract."
SHIPS = "Inspectors told of crews that were kept aboard ships for years without pay or papers."


@pytest.fixture
def call():
    return build.call()


@pytest.fixture
def summary(call):
    return build.summary(call.dialogue, text=f"1. {FEES}\n\n2. {SHIPS}")


@pytest.fixture
def source(call):
    return build.contribution(call)


def numbered(summary, number):
    return summary.paragraphs.get(number=number)


def said(summary):
    """Return the decisions about a summary's own paragraphs."""
    rows = Reflection.objects.filter(paragraph__summary=summary)
    return {(row.paragraph.number, row.key, row.state) for row in rows}


def test_a_confirmed_source_records_who_when_where_and_the_text(summary, source, secretary):
    row = workflow.confirm_reflection(numbered(summary, 1), source, by=secretary, place="files/1/#page-3")
    assert (row.contribution, row.quote, row.state, row.by) == (source, None, "confirmed", secretary)
    assert (row.place, row.text) == ("files/1/#page-3", FEES)
    entry = Transition.objects.first()
    assert (entry.verb, entry.record, entry.actor) == ("confirm_source", row, secretary)
    assert entry.facts == {"summary": summary.pk, "paragraph": 1, "contribution": source.pk}


@pytest.mark.parametrize("place", ["https://evil.example/", "../files/1/", "files/1/#page-3<script>", "files/x/"])
def test_an_invalid_place_is_not_kept(summary, source, place):
    assert workflow.confirm_reflection(numbered(summary, 1), source, by=None, place=place).place == ""


def test_the_same_decision_twice_is_one_decision(summary, source, secretary):
    first = workflow.confirm_reflection(numbered(summary, 1), source, by=secretary)
    again = workflow.confirm_reflection(numbered(summary, 1), source, by=secretary)
    assert (again, again.at) == (first, first.at)
    assert Transition.objects.filter(verb="confirm_source").count() == 1


def test_a_decision_can_be_changed_and_the_log_has_both(summary, source, secretary):
    paragraph = numbered(summary, 1)
    workflow.confirm_reflection(paragraph, source, by=secretary)
    workflow.dismiss_reflection(paragraph, source, by=secretary)
    assert said(summary) == {(1, f"contributions.contribution.{source.pk}", "dismissed")}
    assert [entry.verb for entry in Transition.objects.all()[:2]] == ["dismiss_source", "confirm_source"]


def test_only_users_who_may_change_the_summary_decide(summary, source, reviewer, participant):
    chair = build.co_chair(summary.dialogue)
    for user in (reviewer, participant, chair):
        with pytest.raises(PermissionDenied):
            workflow.confirm_reflection(numbered(summary, 1), source, by=user)
        with pytest.raises(PermissionDenied):
            workflow.dismiss_reflection(numbered(summary, 1), source, by=user)
    assert not Reflection.objects.exists()


def test_hidden_records_and_records_of_other_dialogues_are_no_sources(summary, call):
    at = build.appearance(call.dialogue)
    refused = [
        build.contribution(call, state="submitted"),
        build.contribution(call, state="withdrawn"),
        build.contribution(),
        build.quote(at, public=False),
        build.quote(build.appearance(build.dialogue())),
    ]
    for record in refused:
        with pytest.raises(ValidationError, match="not a published contribution or quote of this dialogue"):
            workflow.confirm_reflection(numbered(summary, 1), record, by=None)
    assert not Reflection.objects.exists()
    assert workflow.confirm_reflection(numbered(summary, 1), build.quote(at), by=None).is_confirmed


def test_a_heading_has_no_sources(call, source):
    summary = build.summary(call.dialogue, text="# Opening\n\n1. Words.")
    with pytest.raises(ValidationError, match="numbered paragraph"):
        workflow.confirm_reflection(summary.paragraphs.get(level=1), source, by=None)


def test_the_database_requires_one_source_and_forbids_duplicates(summary, source, call):
    paragraph, quote = numbered(summary, 1), build.quote(build.appearance(call.dialogue))
    build.reflection(paragraph, source)
    rest = {"paragraph": paragraph, "state": "confirmed", "text": "", "at": timezone.now()}
    for wrong in ({}, {"contribution": source, "quote": quote}, {"contribution": source}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reflection.objects.create(**rest, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.create(**rest | {"state": "maybe"}, quote=quote)


def test_a_decision_applies_after_small_changes_of_a_paragraph_and_not_after_others(summary, source):
    row = build.reflection(numbered(summary, 1), source)
    assert (row.still_applies, row.text_changed) == (True, False)
    row.paragraph.text = FEES.replace("workers", "seafarers")
    assert (row.still_applies, row.text_changed) == (True, True)
    row.paragraph.text = SHIPS
    assert (row.still_applies, row.text_changed) == (False, True)


def next_version(summary, text, **fields):
    rest = {"language": summary.language, "version": summary.version + 1, "changes": "Corrected.", **fields}
    return build.summary(summary.dialogue, text=text, public=False, **rest)


def test_a_new_version_carries_over_decisions_on_similar_paragraphs(summary, source, secretary):
    for number in (1, 2):
        build.reflection(numbered(summary, number), source, by=secretary, place="files/1/")
    new = next_version(summary, f"1. {FEES.replace('workers', 'seafarers')}\n\n2. Of children nobody had spoken yet.")
    row = Reflection.objects.get(paragraph__summary=new)
    assert (row.paragraph.number, row.by, row.place, row.text) == (1, secretary, "files/1/", FEES)
    assert (row.still_applies, row.text_changed) == (True, True)
    entry = Transition.objects.get(verb="carry_over_source")
    assert (entry.record, entry.part, entry.facts) == (row, "system", {"summary": new.pk})
    assert len(said(summary)) == 2


def test_dismissed_sources_are_not_carried_over_and_decisions_on_the_new_version_stay(summary, source, call):
    other = build.contribution(call)
    build.reflection(numbered(summary, 1), source)
    build.reflection(numbered(summary, 1), other, state="dismissed")
    new = next_version(summary, f"1. {FEES}")
    assert said(new) == {(1, f"contributions.contribution.{source.pk}", "confirmed")}
    workflow.dismiss_reflection(numbered(new, 1), source, by=None)
    proceedings.write_paragraphs(new, f"1. {FEES} Again.")
    assert said(new) == {(1, f"contributions.contribution.{source.pk}", "dismissed")}


def test_a_new_version_of_a_translation_keeps_the_decisions_it_followed(summary, source):
    french = "Les frais de recrutement ne devraient jamais être payés par les travailleurs."
    build.reflection(numbered(summary, 1), source)
    first = build.summary(summary.dialogue, language="fr", text=f"1. {french}")
    assert said(first) == set()
    second = next_version(first, f"1. {french}")
    row = Reflection.objects.get(paragraph__summary=second)
    assert (row.paragraph.number, row.text, row.contribution) == (1, french, source)


def test_a_translation_follows_a_language_that_has_the_new_version_too(summary, source):
    build.reflection(numbered(summary, 1), source)
    first = build.summary(summary.dialogue, language="fr", text="1. Les frais.")
    next_version(summary, f"1. {FEES}")
    assert said(next_version(first, "1. Les frais.")) == set()


def test_the_first_version_carries_over_nothing(summary):
    assert said(summary) == set()
    assert not Transition.objects.filter(verb="carry_over_source").exists()
