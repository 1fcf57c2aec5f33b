"""From words to hits: the page of results as it is handed to the template."""

import pytest
from django.db import connection

from dialogues import workflow
from search import query
from search.models import IndexJob
from search.query import LONGEST_QUERY, find, hidden
from tests import build, files

pytestmark = pytest.mark.django_db


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
    attachment = record.attachments.get().get_absolute_url()
    assert found == {f"{attachment}#page=3": "Page 3", f"{paper.get_absolute_url()}#page=2": "Page 2"}


def test_a_file_without_pages_is_found_as_a_whole():
    record = build.contribution(attach=[("a.docx", files.docx(["A quagga speaks"]))])
    assert urls("quagga") == [record.attachments.get().get_absolute_url()]


def test_words_of_the_title_alone_lead_to_the_record():
    record = build.contribution(title="Quagga")
    (hit,) = find("quagga").hits
    assert (hit.url, hit.snippet) == (record.get_absolute_url(), None)


def test_a_title_comes_before_a_text():
    build.contribution(text="quagga quagga quagga")
    record = build.contribution(title="Quagga", text="Words.")
    assert urls("quagga")[0] == record.get_absolute_url()


def test_what_stands_beside_a_contribution():
    call = build.call(build.dialogue(title="Third"))
    record = build.contribution(call, organization_name="Zebrahaus", language="fr")
    (hit,) = find("zebrahaus").hits
    assert hit.context == ["Zebrahaus", "Third", "Français", record.reference]


def test_counts_are_what_a_click_shows():
    dialogue = build.dialogue(title="Quagga")
    build.summary(dialogue, text="1. Quagga.")
    for _ in range(3):
        build.quote(build.appearance(dialogue), text="Quagga!")
    everything = find("quagga")
    # The speakers are found as well: their appearances name the dialogue.
    counts = {name: number for name, _, number in everything.kinds}
    assert counts == {"dialogue": 1, "speaker": 3, "quote": 3, "summary": 1}
    assert everything.total == len(everything.hits) == 8
    for name, _, number in everything.kinds:
        narrowed = find("quagga", kind=name)
        assert (narrowed.total, len(narrowed.hits)) == (number, number)
        assert narrowed.kinds == everything.kinds
        assert {hit.record._meta.model_name for hit in narrowed.hits} == {name}


def test_a_click_on_one_kind_and_an_unknown_one():
    quote()
    assert find("debt", kind="quote").total == 1
    unknown = find("debt", kind="unicorn")
    assert (unknown.total, unknown.hits, len(unknown.kinds)) == (0, [], 1)


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
def test_what_waits_is_masked_if_it_is_not_public_and_named_once():
    shown, closed = quote(), quote(public=False)
    closed.save()
    waiting = set(hidden())
    assert ("dialogues.quote", closed.pk) in waiting
    assert ("dialogues.quote", shown.pk) not in waiting
    assert len(list(hidden())) == len(waiting)


@pytest.mark.usefixtures("worker_rests")
def test_a_queue_of_any_length_takes_as_many_questions(django_assert_num_queries):
    IndexJob.objects.bulk_create(IndexJob(label="dialogues.quote", object_id=n) for n in range(40_000))
    with django_assert_num_queries(2):
        assert len(list(hidden())) == 40_000
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


def test_an_index_that_can_not_be_read_makes_results_that_say_so(monkeypatch, backend, caplog):
    monkeypatch.setattr(backend, "find", lambda *args, **kwargs: 1 / 0)
    results = find("debt")
    assert (results.is_unavailable, results.total, results.hits, results.kinds) == (True, 0, [], [])
    assert "The index can't be read." in caplog.text


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
