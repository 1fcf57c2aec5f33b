"""Public numbers: given when a record first becomes public, kept, and never given twice."""

from functools import partial

import pytest

from contributions.models import Call
from dialogues.models import Paper, Quote
from publishing import workflow
from publishing.models import NumberCounter
from tests import build
from tests.at_once import at_once
from tests.gate import is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def said():
    return build.appearance(build.dialogue())


def numbers(model=Quote):
    """Return the numbers in the order in which the records were made."""
    return list(model.objects.order_by("pk").values_list("number", flat=True))


def test_a_number_counts_what_was_published_and_no_draft(said):
    build.quote(said, public=False)
    first = build.quote(said)
    build.quote(said, public=False)
    second = build.quote(said)
    assert (first.number, second.number) == (1, 2)
    assert numbers() == [None, 1, None, 2]


def test_each_kind_has_its_own_numbers(said):
    build.quote(said)
    build.quote(said)
    assert build.paper(said.dialogue).number == build.call(said.dialogue).number == 1


def test_records_of_a_dialogue_that_is_published_get_their_numbers_then():
    hidden = build.dialogue(public=False)
    said = build.appearance(hidden)
    build.quote(said, text="First.")
    build.quote(said, text="A draft.", public=False)
    build.quote(said, text="Second.")
    build.paper(hidden)
    build.call(hidden)
    elsewhere = build.quote(build.appearance(build.dialogue()))
    assert numbers() == [None, None, None, 1]
    workflow.publish(hidden, by=None)
    assert (numbers(), numbers(Paper), numbers(Call)) == ([2, None, 3, 1], [1], [1])
    elsewhere.refresh_from_db()
    assert elsewhere.number == 1


@pytest.mark.parametrize("gate", ["quote", "dialogue"])
def test_a_number_is_kept_when_a_gate_closes_and_opens_again(said, gate):
    quote = build.quote(said)
    record = quote if gate == "quote" else said.dialogue
    workflow.unpublish(record, by=None)
    build.quote(build.appearance(build.dialogue()))
    workflow.publish(record, by=None)
    assert numbers() == [1, 2]


def test_a_number_is_not_given_again_and_comes_back_with_its_record(said, secretary):
    last = build.quote(said, text="Said and deleted.")
    workflow.unpublish(last, by=None)
    deletion = workflow.delete(last, by=secretary)
    assert build.quote(said).number == 2
    assert workflow.restore(deletion, by=secretary).number == 1


def test_publishing_twice_gives_one_number(said):
    quote = build.quote(said)
    workflow.publish(quote, by=None)
    assert (numbers(), NumberCounter.objects.get().last) == ([1], 1)


def test_a_failed_publication_gives_no_number(said, monkeypatch):
    monkeypatch.setattr("publishing.workflow.moves.number_public_records", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build.quote(said)
    assert numbers() == [None]
    assert not NumberCounter.objects.exists()
    assert not Quote.objects.published().exists()


def test_a_record_that_a_form_moves_to_a_public_dialogue_gets_its_number(said, desk):
    quote = build.quote(build.appearance(build.dialogue(public=False)))
    fields = {"appearance": said.pk, "text": quote.text, "language": "en", "source": "", "source_url": ""}
    empty = {f"{prefix}-{name}_FORMS": 0 for prefix in ("answers", "transitions") for name in ("TOTAL", "INITIAL")}
    generic = {f"publishing-transition-content_type-object_id-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    answer = desk.post(f"/admin/dialogues/quote/{quote.pk}/change/", fields | empty | generic)
    assert answer.status_code == 302
    assert numbers() == [1]


def test_staff_read_a_draft_under_its_key_and_everyone_a_public_record_under_its_number(said, client, desk):
    build.quote(said, text="Said before.")
    draft = build.quote(said, text="Not yet.", public=False)
    address = draft.get_absolute_url()
    assert address == f"/quotes/draft-{draft.pk}/"
    assert shows(desk, address, "Not yet.")
    assert is_absent(client, address)
    workflow.publish(draft, by=None)
    assert draft.get_absolute_url() == "/quotes/2/"
    assert shows(client, "/quotes/2/", "Not yet.")
    assert is_absent(client, address)
    assert is_absent(desk, address)


def test_the_key_of_a_public_record_is_no_address(said, client, desk):
    drafts = [build.quote(said, public=False) for _ in range(3)]
    quote = build.quote(said)
    assert quote.pk > len(drafts)
    for place in (quote.pk, f"draft-{quote.pk}"):
        assert is_absent(client, f"/quotes/{place}/")
        assert is_absent(desk, f"/quotes/{place}/")


@pytest.mark.parametrize("number", ["0", "x", "draft-", "draft-x", "-1", "draft-0", "1x", "9" * 40])
def test_an_address_without_a_record_is_absent(said, client, desk, number):
    build.quote(said)
    for browser in (client, desk):
        assert is_absent(browser, f"/quotes/{number}/")
        assert is_absent(browser, f"/contributions/calls/{number}/")
        assert is_absent(browser, f"/dialogues/{said.dialogue.slug}/papers/{number}/")


def test_a_preview_shows_a_draft_without_a_number_and_then_its_public_page(said, client, secretary):
    draft = build.quote(said, text="Not yet.", public=False)
    address = workflow.share(draft, by=secretary, days=3).get_absolute_url()
    assert shows(client, address, "Not yet.")
    workflow.publish(draft, by=None)
    assert shows(client, address, "Not yet.")


@pytest.mark.django_db(transaction=True)
def test_a_quote_and_its_dialogue_published_at_once_leave_no_public_record_without_a_number():
    hidden = build.dialogue(public=False)
    said = build.appearance(hidden)
    quotes = [build.quote(said, public=False) for _ in range(6)]
    works = [partial(workflow.publish, record, by=None) for record in [*quotes[:3], hidden, *quotes[3:]]]
    assert at_once(works) == []
    assert sorted(numbers()) == [1, 2, 3, 4, 5, 6]
