"""The details of a contribution in a list beside its words: organization, country, day, topics, how it appears."""

import pytest
from django.utils.translation import override

from contributions.models import AppearAs, Contribution
from dialogues.models import Organization
from tests import build

from . import batch_builders as batches
from .batch_builders import first_row, import_ready


def test_organizations_are_linked_and_keep_the_country_on_record(batch_of_one, secretary):
    known = Organization.objects.create(name="Open Door", acronym="OD", country="NG")
    batch = batch_of_one(organization="OD", country="Austria")
    assert first_row(batch, secretary).parsed.notes["country"] == "On record with NG, which stays"
    import_ready(batch, secretary)
    known.refresh_from_db()
    assert (Contribution.objects.get().organization, known.country) == (known, "NG")


def test_an_organization_without_a_country_gets_the_one_of_the_list(batch_of_one, secretary):
    known = Organization.objects.create(name="Open Door")
    import_ready(batch_of_one(country="奥地利"), secretary)
    known.refresh_from_db()
    assert known.country == "AT"
    assert known.history.first().history_user == secretary


@pytest.mark.parametrize(("appear_as", "added"), [("organization", True), ("named", True), ("anonymous", False)])
def test_new_organizations_are_added_unless_their_name_is_withheld(batch_of_one, secretary, appear_as, added):
    import_ready(batch_of_one(country="AT", person="Ana Sample", **{"appear as": appear_as}), secretary)
    body = Organization.objects.filter(name="Open Door", country="AT").first()
    assert (body is not None, Contribution.objects.get().organization) == (added, body)


def test_a_similar_organization_is_suggested(batch_of_one, secretary):
    Organization.objects.create(name="Open Doors")
    note = first_row(batch_of_one(), secretary).parsed.notes["organization"]
    assert note == "Not on record. If it is “Open Doors”, write that."


def test_two_rows_of_one_new_organization_add_it_once(secretary, call):
    batch = batches.batch(secretary, batches.papers(2), [
        batches.HEADINGS, *([f"Paper 0{n}.pdf", name, f"Account {n}", "en", "yes"]
                            for n, name in [(1, "House"), (2, "HOUSE")]),
    ], call=call)  # fmt: skip
    assert import_ready(batch, secretary) == 2
    assert Organization.objects.get().contributions.count() == 2


@pytest.mark.parametrize(
    ("text", "day", "note"),
    [
        ("2024-02-03", "2024-02-03", "3 February 2024"), ("3.2.2024", "2024-02-03", "3 February 2024"),
        ("٣/٢/٢٠٢٤", "2024-02-03", "3 February 2024? This is a guess: write the day like this: 2024-02-03."),
        ("3 февраля 2024", "2024-02-03", "3 February 2024"),
    ],
)  # fmt: skip
def test_the_day_on_which_it_was_received_comes_in(batch_of_one, secretary, text, day, note):
    batch = batch_of_one(**{"date received": text})
    assert first_row(batch, secretary).parsed.notes["received"] == note
    import_ready(batch, secretary)
    assert str(Contribution.objects.get().newest.received_on) == day


def test_months_come_first_if_any_day_of_the_list_shows_it(secretary, call):
    listed = [["file", "received"], ["a.pdf", "2/3/2024"], ["b.pdf", "2/28/2024"]]
    batch = batches.batch(secretary, [], listed, call=call)
    assert [row.values["received"] for row in batch.rows.all()] == ["2024-02-03", "2024-02-28"]


def test_a_day_after_the_call_had_closed_is_told(batch_of_one, secretary, call):
    call.opens_at, call.closes_at = call.opens_at.replace(year=1999), call.closes_at.replace(year=2000)
    call.save()
    note = first_row(batch_of_one(received="2024-02-03"), secretary).parsed.notes["received"]
    assert note == "3 February 2024, after the call had closed"


def test_a_row_that_corrects_a_contribution_is_not_told_to_be_late(batch_of_one, secretary, call):
    call.opens_at, call.closes_at = call.opens_at.replace(year=1999), call.closes_at.replace(year=2000)
    call.save()
    import_ready(batch_of_one(), secretary)
    parsed = first_row(batch_of_one(received="2024-02-03"), secretary).parsed
    assert parsed.existing is not None
    assert parsed.notes["received"] == "3 February 2024"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"received": "soon"}, "received", "Write the date like this: 2026-03-01."),
        ({"received": "2999-01-01"}, "received", "This date is in the future."),
        ({"country": "Ruritania"}, "country", "Write the name of a country, or two letters such as AT."),
    ],
)
def test_days_and_countries_that_are_none_are_refused(batch_of_one, secretary, cells, column, sentence):
    assert first_row(batch_of_one(**cells), secretary).parsed.errors == {column: sentence}


def test_topics_are_linked_by_their_name_in_any_language(batch_of_one, secretary, call):
    children, ports = build.topic("Children"), build.topic("Ports")
    children.translations = {"fr": {"name": "Enfants"}}
    children.save()
    call.topics.add(ports)
    batch = batch_of_one(topics="enfants; Harbours")
    assert first_row(batch, secretary).parsed.notes["topics"] == "There is no topic with this name: Harbours"
    import_ready(batch, secretary)
    assert set(Contribution.objects.get().topics.all()) == {children, ports}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ru", "zh-hans"])
@pytest.mark.parametrize("choice", list(AppearAs))
def test_the_wording_of_the_portal_is_understood_in_each_language(batch_of_one, secretary, language, choice):
    with override(language):
        words = str(choice.label)
    batch = batch_of_one(**{"appear as": words, "person": "Ana Sample"})
    assert first_row(batch, secretary).parsed.values["appear_as"] == choice
