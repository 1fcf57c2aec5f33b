"""Run a search: the results as the template gets them."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import connection

from publishing import workflow
from search import query
from search.engine_api import IndexUnavailableError
from search.grammar import MAX_QUERY_LENGTH
from tests import build, files
from tests.search.searching import counts, find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_repair():
    cache.clear()


def quote(text="The debt of a life.", **options):
    return build.quote(build.appearance(build.dialogue()), text=text, **options)


def urls(text, **options):
    return [hit.url for hit in find(text, **options).hits]


def test_a_name_of_a_speaker_is_no_form_of_another_word():
    build.appearance(build.dialogue(), who=build.speaker("Ada Cooper"))
    build.quote(build.appearance(build.dialogue(), who=build.speaker("Bo Cooper")), text="The debt of a life.")
    assert len(find("cooper").hits) == 3
    assert find("cooperation").hits == []


def test_a_published_record_is_found_at_once():
    record = quote()
    (hit,) = find("debt").hits
    assert (hit.record, hit.url, hit.kind) == (record, f"{record.get_absolute_url()}#quote", "Quote")
    assert hit.snippet.html == "The <mark>debt</mark> of a life."


def test_a_changed_record_is_found_by_its_new_words_only():
    record = quote()
    record.text = "A ship came."
    record.save()
    assert find("debt").total == 0
    assert find("ship").total == 1


def test_a_hit_links_to_the_numbered_paragraph():
    text = "# Heading\n\n1. Ships came.\n\n2. The *debts* of sailors.\n\n3. Ports."
    summary = build.summary(build.dialogue(title="Third"), text=text)
    (hit,) = find("debt").hits
    assert hit.url == f"{summary.get_absolute_url()}#p2"
    assert (hit.title, hit.snippet.label) == ("Co-Chairs’ summary: Third", "Paragraph 2")
    assert hit.snippet.html == "The <mark>debts</mark> of sailors."
    assert urls("heading") == [f"{summary.get_absolute_url()}#h1"]


def test_a_hit_links_to_the_page_of_a_panel():
    panel = build.panel(build.dialogue(), number=2, title="Quaggas at sea")
    (hit,) = find("quagga").hits
    assert (hit.url, hit.snippet.label) == (f"{panel.get_absolute_url()}#title", "Panel 2")


def test_a_hit_links_to_the_page_of_a_file():
    record = build.contribution(attach=[("a.pdf", files.pdf(["Cover", "Contents", "A quagga speaks"]))])
    paper = build.paper(build.dialogue(), pages=["Cover", "A quagga listens"])
    found = {hit.url: hit.snippet.label for hit in find("quagga").hits}
    attachment = record.shown.attachments.get().get_absolute_url()
    assert found == {f"{attachment}#page-3-p1": "Page 3", f"{paper.get_absolute_url()}#page-2-p1": "Page 2"}


def test_a_hit_links_to_a_file_without_pages():
    record = build.contribution(attach=[("a.docx", files.docx(["A quagga speaks"]))])
    assert urls("quagga") == [f"{record.shown.attachments.get().get_absolute_url()}#p1"]


def test_a_match_in_the_title_alone_links_to_the_title():
    record = build.contribution(title="Quagga")
    (hit,) = find("quagga").hits
    assert (hit.url, hit.snippet.html) == (
        f"{record.get_absolute_url()}#from",
        "Our account.",
    )


def test_a_match_in_the_title_ranks_before_one_in_the_text():
    build.contribution(text="quagga quagga quagga")
    record = build.contribution(title="Quagga", text="Words.")
    assert urls("quagga")[0] == f"{record.get_absolute_url()}#from"


def test_the_context_of_a_contribution():
    call = build.call(build.dialogue(title="Third"))
    record = build.contribution(call, organization_name="Zebrahaus", language="fr")
    (hit,) = find("zebrahaus").hits
    assert hit.context == ["Zebrahaus", "Third", "10 July 2024", "Français", record.reference]


def test_facet_counts_equal_the_results_of_choosing():
    dialogue = build.dialogue(title="Quagga")
    build.summary(dialogue, text="1. Quagga.")
    for _ in range(3):
        build.quote(build.appearance(dialogue), text="Quagga!")
    everything = find("quagga")
    # The speakers are found too, because their appearances name the dialogue.
    kinds = counts(everything, "kind")
    assert kinds == {"dialogue": 1, "speaker": 3, "quote": 3, "summary": 1}
    assert everything.total == len(everything.hits) == 8
    for kind, number in kinds.items():
        narrowed = find("quagga", kind=kind)
        assert (narrowed.total, len(narrowed.hits)) == (number, number)
        assert counts(narrowed, "kind") == kinds
        assert {hit.record._meta.model_name for hit in narrowed.hits} == {kind}


def test_filtering_by_a_kind_and_by_an_unknown_kind():
    quote()
    assert find("debt", kind="quote").total == 1
    unknown = find("debt", kind="unicorn")
    assert (unknown.total, unknown.hits, counts(unknown, "kind")) == (0, [], {"quote": 1, "unicorn": 0})


def test_a_page_has_ten_hits():
    appearance = build.appearance(build.dialogue())
    for _ in range(12):
        build.quote(appearance, text="Debt.")
    pages = [find("debt", page=number) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [10, 2, 0]
    assert {page.total for page in pages} == {12}
    assert len({hit.url for page in pages for hit in page.hits}) == 12


def test_a_hit_that_is_no_longer_public_is_not_shown():
    record = quote()
    type(record).objects.update(published_at=None)
    assert find("debt").hits == []


def test_a_query_is_cut_at_its_maximum_length():
    quote("Quagga.")
    words = "quagga " + "x " * MAX_QUERY_LENGTH
    assert find(words[:6]).total == 1
    assert find("quagga".ljust(MAX_QUERY_LENGTH) + " unicorn").total == 1
    assert find("quagga".ljust(MAX_QUERY_LENGTH - 9) + " unicorn").total == 0


@pytest.mark.usefixtures("embedded")
def test_a_damaged_index_is_reported_and_repaired(monkeypatch, backend, caplog):
    quote()
    Path(backend.path, "current").unlink()
    results = find("debt")
    assert (results.is_unavailable, results.total, results.hits, results.facets) == (True, 0, [], [])
    assert "The search index cannot be read" in caplog.text
    assert find("debt").total == 1


def test_a_damaged_index_is_repaired_once_however_many_searches_fail(monkeypatch, backend):
    asked = []
    monkeypatch.setattr("search.query.repair_index", SimpleNamespace(enqueue=lambda: asked.append(1)))
    monkeypatch.setattr(backend, "find", Mock(side_effect=IndexUnavailableError))
    assert [find("debt").is_unavailable for _ in range(5)] == [True] * 5
    assert asked == [1]


MAKERS = {
    "contribution": lambda word: build.contribution(title=word, attach=[("a.pdf", files.pdf())]),
    "quote": lambda word: build.quote(build.appearance(build.dialogue()), text=word),
    "statement": lambda word: build.statement(build.dialogue(), text=word),
    "news item": lambda word: build.news_item(text=word),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_number_of_queries_does_not_depend_on_the_number_of_hits(kind):
    MAKERS[kind]("Unicorn")
    for _ in range(5):
        MAKERS[kind]("Quagga")

    def count_queries(text):
        before = len(connection.queries_log)
        find(text)
        return len(connection.queries_log) - before

    for text in ("unicorn", "quagga"):
        find(text)  # the vocabulary and the labels of facets are read once
    connection.force_debug_cursor = True
    try:
        assert count_queries("unicorn") == count_queries("quagga") > 0
    finally:
        connection.force_debug_cursor = False


def test_unpublishing_a_dialogue_hides_its_records_and_publishing_shows_them():
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


def test_a_speaker_of_that_name_ranks_before_speakers_at_a_dialogue_of_that_name():
    dialogue = build.dialogue(title="Dialogue on quaggas")
    summary = build.summary(dialogue, text="1. A quagga was seen.")
    build.appearance(dialogue, who=build.speaker("Ada Zebra"))
    named = build.appearance(build.dialogue(), who=build.speaker("Quagga Smith")).speaker
    found = [hit.record for hit in find("quagga").hits]
    assert found[0] == named
    assert found.index(summary) < found.index(dialogue.appearances.get().speaker)
