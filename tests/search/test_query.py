"""From words to hits: the page of results as it is handed to the template."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import connection

from publishing import workflow
from search import query
from search.grammar import LONGEST_QUERY
from search.models import IndexJob
from search.query import hidden
from search.seam import NoIndexError
from tests import build, files
from tests.search.asking import find, numbers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


def quote(text="The debt of a life.", **options):
    return build.quote(build.appearance(build.dialogue()), text=text, **options)


def urls(words, **options):
    return [hit.url for hit in find(words, **options).hits]


def test_what_is_published_is_found_at_once():
    record = quote()
    (hit,) = find("debt").hits
    assert (hit.record, hit.url, hit.kind) == (record, record.get_absolute_url(), "Quote")
    assert hit.snippet.html == "The <mark>debt</mark> of a life."


def test_new_words_are_found_and_old_ones_are_not():
    record = quote()
    record.text = "A ship came."
    record.save()
    assert find("debt").total == 0
    assert find("ship").total == 1


def test_a_paragraph_is_found_at_its_number():
    text = "# Heading\n\n1. Ships came.\n\n2. The *debts* of sailors.\n\n3. Ports."
    summary = build.summary(build.dialogue(title="Third"), text=text)
    (hit,) = find("debt").hits
    assert hit.url == f"{summary.get_absolute_url()}#p2"
    assert (hit.title, hit.snippet.label) == ("Co-Chairs’ summary: Third", "Paragraph 2")
    assert hit.snippet.html == "The <mark>debts</mark> of sailors."
    assert urls("heading") == [summary.get_absolute_url()]


def test_a_panel_is_found_at_its_page():
    panel = build.panel(build.dialogue(), number=2, title="Quaggas at sea")
    (hit,) = find("quagga").hits
    assert (hit.url, hit.snippet.label) == (panel.get_absolute_url(), "Panel 2")


def test_a_file_is_found_at_the_page_where_the_words_stand():
    record = build.contribution(attach=[("a.pdf", files.pdf(["Cover", "Contents", "A quagga speaks"]))])
    paper = build.paper(build.dialogue(), pages=["Cover", "A quagga listens"])
    found = {hit.url: hit.snippet.label for hit in find("quagga").hits}
    attachment = record.shown.attachments.get().get_absolute_url()
    assert found == {f"{attachment}#page=3": "Page 3", f"{paper.get_absolute_url()}#page=2": "Page 2"}


def test_a_file_without_pages_is_found_as_a_whole():
    record = build.contribution(attach=[("a.docx", files.docx(["A quagga speaks"]))])
    assert urls("quagga") == [record.shown.attachments.get().get_absolute_url()]


def test_words_of_the_title_alone_lead_to_the_record():
    record = build.contribution(title="Quagga")
    (hit,) = find("quagga").hits
    assert (hit.url, hit.snippet.html) == (
        record.get_absolute_url(),
        f"{record.shown.organization_name}, {record.reference}",
    )


def test_a_title_comes_before_a_text():
    build.contribution(text="quagga quagga quagga")
    record = build.contribution(title="Quagga", text="Words.")
    assert urls("quagga")[0] == record.get_absolute_url()


def test_what_stands_beside_a_contribution():
    call = build.call(build.dialogue(title="Third"))
    record = build.contribution(call, organization_name="Zebrahaus", language="fr")
    (hit,) = find("zebrahaus").hits
    assert hit.context == ["Zebrahaus", "Third", "10 July 2024", "Français", record.reference]


def test_counts_are_what_a_click_shows():
    dialogue = build.dialogue(title="Quagga")
    build.summary(dialogue, text="1. Quagga.")
    for _ in range(3):
        build.quote(build.appearance(dialogue), text="Quagga!")
    everything = find("quagga")
    # The speakers are found as well: their appearances name the dialogue.
    counts = numbers(everything, "kind")
    assert counts == {"dialogue": 1, "speaker": 3, "quote": 3, "summary": 1}
    assert everything.total == len(everything.hits) == 8
    for kind, number in counts.items():
        narrowed = find("quagga", kind=kind)
        assert (narrowed.total, len(narrowed.hits)) == (number, number)
        assert numbers(narrowed, "kind") == counts
        assert {hit.record._meta.model_name for hit in narrowed.hits} == {kind}


def test_a_click_on_one_kind_and_an_unknown_one():
    quote()
    assert find("debt", kind="quote").total == 1
    unknown = find("debt", kind="unicorn")
    assert (unknown.total, unknown.hits, numbers(unknown, "kind")) == (0, [], {"quote": 1, "unicorn": 0})


def test_ten_hits_are_a_page():
    appearance = build.appearance(build.dialogue())
    for _ in range(12):
        build.quote(appearance, text="Debt.")
    pages = [find("debt", page=number) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [10, 2, 0]
    assert {page.total for page in pages} == {12}
    assert len({hit.url for page in pages for hit in page.hits}) == 12


@pytest.mark.usefixtures("worker_rests")
def test_nothing_waits_so_nothing_is_masked(django_assert_num_queries):
    quote()
    IndexJob.objects.all().delete()
    with django_assert_num_queries(1):
        assert list(hidden()) == []


@pytest.mark.usefixtures("worker_rests")
def test_what_waits_is_masked_and_named_once():
    shown, closed = quote(), quote(public=False)
    closed.save()
    waiting = hidden()
    assert {f"dialogues.quote.{record.pk}" for record in (shown, closed)} < set(waiting)
    assert len(waiting) == len(set(waiting))


@pytest.mark.usefixtures("worker_rests")
def test_a_queue_of_any_length_takes_one_question(django_assert_num_queries):
    IndexJob.objects.bulk_create(IndexJob(label="dialogues.quote", object_id=n) for n in range(40_000))
    with django_assert_num_queries(1):
        assert len(hidden()) == 40_000
    assert not find("debt").is_unavailable


def test_the_gate_is_asked_once_more_before_a_hit_is_shown():
    record = quote()
    type(record).objects.update(published_at=None)
    assert find("debt").hits == []


def test_beyond_its_length_a_query_is_not_read():
    quote("Quagga.")
    words = "quagga " + "x " * LONGEST_QUERY
    assert find(words[:6]).total == 1
    assert find("quagga".ljust(LONGEST_QUERY) + " unicorn").total == 1
    assert find("quagga".ljust(LONGEST_QUERY - 9) + " unicorn").total == 0


def test_an_index_that_can_not_be_read_makes_results_that_say_so_and_is_mended(monkeypatch, backend, caplog):
    quote()
    Path(backend.path, "current").unlink()
    results = find("debt")
    assert (results.is_unavailable, results.total, results.hits, results.facets) == (True, 0, [], [])
    assert "The search index can't be read" in caplog.text
    assert find("debt").total == 1


def test_however_many_meet_a_broken_index_it_is_mended_once(monkeypatch, backend):
    asked = []
    monkeypatch.setattr("search.tasks.mend", SimpleNamespace(enqueue=lambda: asked.append(1)))
    monkeypatch.setattr(backend, "find", Mock(side_effect=NoIndexError))
    assert [find("debt").is_unavailable for _ in range(5)] == [True] * 5
    assert asked == [1]


def test_hits_cost_the_same_number_of_questions_however_many_there_are():
    build.contribution(title="Unicorn", attach=[("a.pdf", files.pdf())])
    for _ in range(5):
        build.contribution(title="Quagga", attach=[("a.pdf", files.pdf())])

    def questions(words):
        before = len(connection.queries_log)
        find(words)
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        assert questions("unicorn") == questions("quagga") > 0
    finally:
        connection.force_debug_cursor = False


def test_unpublishing_a_dialogue_hides_all_of_it_and_publishing_brings_it_back():
    dialogue = build.dialogue(title="Quagga")
    appearance = build.appearance(dialogue, who=build.speaker("Quagga"))
    build.quote(appearance, text="Quagga.")
    build.summary(dialogue, text="1. Quagga.")
    build.paper(dialogue, pages=["Quagga"])
    build.contribution(build.call(dialogue), title="Quagga")
    assert find("quagga").total == 6
    workflow.unpublish(dialogue, by=None)
    assert find("quagga") == query.Results()
    workflow.publish(dialogue, by=None)
    assert find("quagga").total == 6


def test_who_is_called_so_comes_before_whose_dialogue_is():
    dialogue = build.dialogue(title="Dialogue on quaggas")
    summary = build.summary(dialogue, text="1. A quagga was seen.")
    build.appearance(dialogue, who=build.speaker("Ada Zebra"))
    named = build.appearance(build.dialogue(), who=build.speaker("Quagga Smith")).speaker
    found = [hit.record for hit in find("quagga").hits]
    assert found[0] == named
    assert found.index(summary) < found.index(dialogue.appearances.get().speaker)
