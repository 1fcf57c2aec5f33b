"""The records whose words are those of other texts, for many texts at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions import workflow
from search.engine_api import IndexUnavailableError, QueryTimeoutError
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


def near(*texts, kind="contribution", **options):
    return similar_to(texts, kind, **{"filters": {"dialogue": "third"}, **options})


def records(found):
    return [[hit.record for hit in hits] for hits in found]


def test_each_text_gets_what_is_nearest_first_with_its_passage_marked(fees, ships):
    found = near(Text(FEES), Text(SHIPS))
    assert [hits[0] for hits in records(found)] == [fees, ships]
    assert "<mark>fishing</mark> <mark>ships</mark>" in found[1][0].snippet.html


def test_a_text_without_a_word_that_anyone_has_gets_nothing(fees):
    assert near(Text("Zzyzx qwertz."), Text("")) == [[], []]


def test_the_passage_is_on_a_page_of_a_file_with_its_address(call):
    record = build.contribution(call, title="A report", attach=[("a.pdf", files.pdf(["Contents", SHIPS]))])
    ((hit,),) = near(Text(SHIPS))
    assert hit.url == f"{record.get_absolute_url()}files/1/#page=2"


def test_only_the_dialogue_the_kind_and_the_language_are_compared(call, fees):
    build.contribution(title="Elsewhere", text=FEES)
    build.contribution(call, title="En français", text=FEES, language="fr")
    quote = build.quote(build.appearance(call.dialogue), text=FEES)
    assert records(near(Text(FEES))) == [[fees]]
    assert records(near(Text(FEES), kind="quote")) == [[quote]]


def test_there_are_no_more_than_were_asked_for(call, fees):
    others = [build.contribution(call, title="On fees", text=FEES) for _ in range(3)]
    (found,) = records(near(Text(FEES), limit=2))
    assert len(found) == 2
    assert set(found) <= {fees, *others}


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "declined", "withdrawn"])
def test_what_is_not_public_is_near_nothing(call, state):
    build.contribution(call, text=FEES, state=state)
    assert near(Text(FEES)) == [[]]


def test_what_is_withdrawn_is_near_nothing_though_nobody_tends_the_index(fees, idle_worker):
    workflow.withdraw(fees, by=None)
    assert near(Text(FEES)) == [[]]


def test_many_texts_cost_no_more_queries_than_one(fees, ships):
    def queries(*texts):
        with CaptureQueriesContext(connection) as captured:
            near(*texts)
        return len(captured)

    near(Text(FEES))
    assert queries(*[Text(FEES), Text(SHIPS)] * 10) == queries(Text(FEES), Text(SHIPS))


@pytest.mark.parametrize("error", [IndexUnavailableError, QueryTimeoutError])
def test_without_an_index_there_is_nothing_and_it_is_mended(fees, backend, monkeypatch, error):
    asked = []
    monkeypatch.setattr("search.similar.request_repair", lambda: asked.append(True))
    monkeypatch.setattr(type(backend), "similarity_query", lambda *_: (_ for _ in ()).throw(error))
    assert near(Text(FEES), Text(SHIPS)) == [[], []]
    assert bool(asked) is (error is IndexUnavailableError)
