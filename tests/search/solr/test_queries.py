"""Queries and functions as Solr gets them: each is sent once, and small ones stay small in Solr's memory."""

from search import grammar
from search.engine_api import EngineQuery
from search.solr.finding import Finder
from search.solr.queries import FEW_TERMS, Queries


def test_one_term_is_no_set():
    queries = Queries()
    assert queries.params[queries.terms("text", ["peac"])] == "{!term f=text}peac"


def test_few_terms_are_clauses_and_many_are_a_set():
    queries = Queries()
    many = [f"contributions.contribution.{number}" for number in range(FEW_TERMS + 1)]
    assert queries.params[queries.terms("id", many[:2])].startswith("{!terms f=id method=booleanQuery}")
    assert queries.params[queries.terms("id", many)].startswith("{!terms f=id}")


class FakeSolr:
    """Answers every request as if ten records had everything, and notes the requests."""

    def __init__(self):
        self.requests = []

    def __call__(self, params):
        self.requests.append(params)
        counted = [query.partition("key=")[2].partition(" ")[0] for query in params.get("facet.query", ())]
        mark = {"other": 1} if ",other:" in params.get("fl", "") else {}
        return {
            "response": {"numFound": 10, "docs": [{"id": "a.a.1", "score": 9, **mark}, {"id": "a.a.2", "score": 8}]},
            "facets": {"most": 5},
            "facet_counts": {"facet_queries": dict.fromkeys(counted, 3)},
        }


def query(tree, wider=None, **options):
    return EngineQuery(tree, wider=wider, **options)


WORDS = [grammar.Word(word) for word in ("small", "islands", "rising", "sea")]


def test_words_that_two_trees_share_are_scored_once():
    solr = FakeSolr()
    wider = grammar.And((*WORDS[:3], grammar.Or((WORDS[3], grammar.Word("ocean")))))
    Finder(solr, query(grammar.And(tuple(WORDS)), wider, allow_partial=True)).find()
    functions = [text for name, text in solr.requests[-1].items() if name in ("words", "factor", "rank")]
    assert "".join(functions).count("termfreq(text,'island')") == 1


def test_records_with_other_terms_are_marked_by_solr():
    wider = grammar.Or((WORDS[0], grammar.Word("little")))
    assert Finder(FakeSolr(), query(WORDS[0], wider)).find().other_ids == {"a.a.1"}
    assert not Finder(FakeSolr(), query(WORDS[0])).find().other_ids
