"""Records that are similar to texts, for many texts at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions import workflow
from search.engine_api import EngineAwayError, IndexUnavailableError, QueryTimeoutError
from search.similar import Text, similar_to
from tests import build, files

pytestmark = pytest.mark.django_db

FEES = "Recruitment fees are deducted from the wages of domestic workers."
SHIPS = "Crews aboard fishing ships are kept at sea without pay or papers."


@pytest.fixture
def call():
    return build.call(build.dialogue(slug="third"))


@pytest.fixture
def fees(call):
    return build.contribution(call, title="On fees", text=f"We saw that {FEES} It goes on.")


@pytest.fixture
def ships(call):
    return build.contribution(call, title="On ships", text=f"They told us: {SHIPS} It goes on.")


def similar(*texts, kind="contribution", **options):
    return similar_to(texts, kind, **{"filters": {"dialogue": "third"}, **options})


def records(found):
    return [[hit.record for hit in hits] for hits in found]


def test_each_text_gets_its_most_similar_record_first(fees, ships):
    found = similar(Text(FEES), Text(SHIPS))
    assert [hits[0] for hits in records(found)] == [fees, ships]
    assert "<mark>fishing</mark> <mark>ships</mark>" in found[1][0].snippet.html


def test_a_text_without_a_known_word_gets_nothing(fees):
    assert similar(Text("Zzyzx qwertz."), Text("")) == [[], []]


def test_a_hit_links_to_the_page_of_a_file(call):
    record = build.contribution(call, title="A report", attach=[("a.pdf", files.pdf(["Contents", SHIPS]))])
    ((hit,),) = similar(Text(SHIPS))
    assert hit.url == f"{record.get_absolute_url()}files/1/#page-2-p1"


def test_only_records_of_the_dialogue_kind_and_language_are_found(call, fees):
    build.contribution(title="Elsewhere", text=FEES)
    build.contribution(call, title="En français", text=FEES, language="fr")
    quote = build.quote(build.appearance(call.dialogue), text=FEES)
    assert records(similar(Text(FEES))) == [[fees]]
    assert records(similar(Text(FEES), kind="quote")) == [[quote]]


def test_the_number_of_hits_is_limited(call, fees):
    others = [build.contribution(call, title="On fees", text=FEES) for _ in range(3)]
    (found,) = records(similar(Text(FEES), limit=2))
    assert len(found) == 2
    assert set(found) <= {fees, *others}


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "declined", "withdrawn"])
def test_hidden_records_are_not_found(call, state):
    build.contribution(call, text=FEES, state=state)
    assert similar(Text(FEES)) == [[]]


def test_withdrawn_records_are_not_found_before_the_index_is_updated(fees, idle_worker):
    workflow.withdraw(fees, by=None)
    assert similar(Text(FEES)) == [[]]


def test_many_texts_take_no_more_queries_than_two(fees, ships):
    def queries(*texts):
        with CaptureQueriesContext(connection) as captured:
            similar(*texts)
        return len(captured)

    similar(Text(FEES))
    assert queries(*[Text(FEES), Text(SHIPS)] * 10) == queries(Text(FEES), Text(SHIPS))


@pytest.mark.parametrize("error", [IndexUnavailableError, QueryTimeoutError, EngineAwayError])
def test_without_an_index_nothing_is_found_and_a_repair_is_requested(fees, backend, monkeypatch, error):
    asked = []
    monkeypatch.setattr("search.similar.request_repair", lambda: asked.append(True))
    monkeypatch.setattr(type(backend), "similarity_query", lambda *_: (_ for _ in ()).throw(error))
    assert similar(Text(FEES), Text(SHIPS)) == [[], []]
    assert bool(asked) is (error is IndexUnavailableError)
