"""Before the index is updated, a changed record is found by the words that it still has, and by no others."""

import pytest

from contributions import workflow as filing
from dialogues.models import Organization
from documents.tasks import read_document
from publishing import workflow as publishing
from search.tasks import update_index
from tests import build, files
from tests.search.searching import counts, find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]

WORD = "quagga"


def correct(quote, text):
    quote.text = text
    quote.save()


def test_words_that_a_record_still_has_find_it_before_the_update():
    appearance = build.appearance(build.dialogue())
    record = build.quote(appearance, text=f"A ledger of {WORD}s and debts.", language="en")
    others = [build.quote(appearance, text=f"A ledger and another ledger, {n}.") for n in range(3)]
    update_index.call()
    before = find("ledger")
    correct(record, "A ledger of zebras and debts.")
    for _ in range(2):
        assert {hit.record for hit in find("ledger").hits} == {record, *others}
        assert counts(find("ledger"), "language") == counts(before, "language")
        for line in ("debt", "led* debts", "ledger debts", "speaker:speaker debts", '"and debts"'):
            results = find(line)
            assert [hit.record for hit in results.hits] == [record]
            assert (results.total, results.full_matches) == (1, 1)
            assert WORD not in str(results.hits[0].snippet)
        for line in (WORD, f"ledger {WORD}s", f'"ledger of {WORD}s"', "quag*"):
            assert record not in {hit.record for hit in find(line).hits}
        update_index.call()
    assert find("zebras").total == 1


def test_a_changed_record_stays_in_its_place():
    appearance = build.appearance(build.dialogue())
    records = [build.quote(appearance, text="debt " * number + "and other things.") for number in (1, 2, 3, 4)]
    update_index.call()
    before = [hit.record for hit in find("debt").hits]
    correct(records[2], "debt debt debt and others.")
    assert [hit.record for hit in find("debt").hits] == before


def test_operators_do_not_reveal_the_old_words_of_a_changed_record():
    appearance = build.appearance(build.dialogue())
    records = [build.quote(appearance, text=f"A ledger of {what}.") for what in ("debts", f"{WORD}s", "loans")]
    update_index.call()
    correct(records[1], "A ledger of names.")
    for line in ("ledger", f"ledger NOT {WORD}", f"ledger OR {WORD}", "NOT unicorn ledger"):
        results = find(line)
        assert {hit.record for hit in results.hits} == set(records)
        assert (results.total, results.full_matches) == (3, 3)
    # Where it lacks a word of the query it comes last, whether it had it or not.
    for line in (f"ledger OR {WORD}", "ledger OR unicorn", f"ledger NOT {WORD}", "ledger NOT unicorn"):
        assert find(line).hits[-1].record == records[1]
    assert find(f"ledger NOT names {WORD}").total == 0


def test_many_records_that_come_last_are_divided_into_pages():
    appearance = build.appearance(build.dialogue())
    records = [build.quote(appearance, text=f"A ledger of {WORD}s, {n}.") for n in range(24)]
    update_index.call()
    for record in records[:13]:
        correct(record, "A ledger of names.")
    pages = [find(f"ledger NOT {WORD}", page=number).hits for number in (1, 2, 3)]
    assert [len(hits) for hits in pages] == [10, 3, 0]
    pages = [find("ledger OR unicorn", page=number).hits for number in (1, 2, 3)]
    assert [len(hits) for hits in pages] == [10, 10, 4]
    assert {hit.record for hits in pages for hit in hits} == set(records)


def test_a_corrected_contribution_is_found_by_the_words_it_kept(reviewer):
    organization = Organization.objects.create(name="Open Door", type="civil-society", country="AT")
    file = ("a.pdf", files.pdf(["A shared annex"]))
    record = build.contribution(
        organization=organization, organization_name=f"{WORD.title()} Trust", text="A ledger of debts.", attach=[file]
    )
    other = build.contribution(text="Another ledger.")
    update_index.call()
    assert counts(find("ledger"), "country") == {}  # of one choice only
    assert find("ledger", country="AT").total == 1
    build.correction(record, text="A ledger of loans.", appear_as="anonymous")
    assert find("debts").total == find(WORD).total == 1  # nobody has read the correction
    filing.publish(build.checked(record), by=reviewer)
    for _ in range(2):
        assert find("debts").total == find(WORD).total == find(f"organization:{WORD}").total == 0
        assert {hit.record for hit in find("ledger").hits} == {record, other}
        assert [hit.record for hit in find("annex").hits] == [record]
        # The byline withholds the organization, and so do the facets.
        assert find("ledger", country="AT").total == 0
        update_index.call()
    assert find("loans").total == 1


def test_a_facet_does_not_count_what_a_changed_record_has_no_longer():
    appearance = build.appearance(build.dialogue())
    records = [build.quote(appearance, text="A ledger.", language=code) for code in ("en", "en", "fr")]
    update_index.call()
    assert counts(find("ledger"), "language") == {"en": 2, "fr": 1}
    records[2].language = "es"
    records[2].save()
    results = find("ledger")
    assert (results.total, counts(results, "language")) == (3, {})
    assert find("ledger", language="fr").total == 0
    update_index.call()
    assert counts(find("ledger"), "language") == {"en": 2, "es": 1}


def test_an_unpublished_topic_can_no_longer_be_asked_for():
    topic, dialogue = build.topic("Debts"), build.dialogue()
    dialogue.topics.add(topic)
    records = [build.contribution(build.call(dialogue), text="A ledger.") for _ in range(2)]
    records[0].topics.add(topic)
    records[1].topics.add(build.topic("Loans"))
    update_index.call()
    assert find("ledger", topic=topic.slug).total == 1
    publishing.unpublish(topic, by=None)
    for _ in range(2):
        results = find("ledger")
        assert {hit.record for hit in results.hits} == set(records)
        assert topic.slug not in counts(results, "topic")
        assert find("ledger", topic=topic.slug).total == 0
        assert find("debts").total == 0
        assert find(dialogue.title).total > 0
        update_index.call()


def test_a_file_that_is_read_again_is_found_by_its_new_words_only(monkeypatch):
    record = build.contribution(attach=[("a.pdf", files.pdf([f"A ledger of {WORD}s"]))])
    update_index.call()
    assert find(WORD).total == find("ledger").total == 1
    monkeypatch.setattr("documents.tasks.read_pages", lambda *args: ["A ledger of names"])
    read_document.call(record.shown.attachments.get().document_id)
    for _ in range(2):
        assert find(WORD).total == 0
        assert [hit.record for hit in find("ledger").hits] == [record]
        update_index.call()


def test_a_speaker_without_one_of_two_appearances_is_found_by_the_other():
    who = build.speaker("Ada Smith")
    build.appearance(build.dialogue(title="The ledger"), who=who, title="Keeper")
    gone = build.appearance(build.dialogue(title="The harbour"), who=who, title=f"Friend of the {WORD}")
    update_index.call()
    assert find(WORD, kind="speaker").total == find("harbour", kind="speaker").total == 1
    gone.delete()
    for _ in range(2):
        assert find(WORD).total == find("harbour", kind="speaker").total == 0
        assert [hit.record for hit in find("keeper ledger").hits] == [who]
        update_index.call()


def test_more_changed_records_than_are_checked_are_left_out(monkeypatch):
    monkeypatch.setattr("search.waiting.MAX_CHECKED_RECORDS", 2)
    appearance = build.appearance(build.dialogue())
    records = [build.quote(appearance, text=f"A ledger of {WORD}s, {n}.") for n in range(4)]
    update_index.call()
    for record in records:
        correct(record, "A ledger of names.")
    assert {hit.record for hit in find("ledger").hits} == set(records[:2])
    assert find(WORD).total == 0
    update_index.call()
    assert find("ledger").total == 4


def test_more_text_than_is_checked_is_left_out(monkeypatch):
    monkeypatch.setattr("search.waiting.MAX_CHECKED_CHARACTERS", 100)
    appearance = build.appearance(build.dialogue())
    short, long = build.quote(appearance, text=f"A {WORD} ledger."), build.quote(appearance, text=f"A {WORD} ledger.")
    update_index.call()
    correct(short, "A ledger.")
    correct(long, "A ledger. " * 20)
    assert [hit.record for hit in find("ledger").hits] == [short]
    assert find(WORD).total == 0
    update_index.call()
    assert find("ledger").total == 2
