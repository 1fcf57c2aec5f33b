"""A search index in a folder of one machine is doubted where several machines share the rest."""

from types import SimpleNamespace

import pytest

from search.checks import check_place_of_index

EMBEDDED, SOLR = "search.engine.Engine", "search.solr.Engine"


@pytest.mark.parametrize(
    ("engine", "storages", "databases", "is_doubted"),
    [
        (EMBEDDED, {"documents"}, {"default"}, False),
        (EMBEDDED, {"documents", "uploads"}, {"default"}, True),
        (EMBEDDED, {"documents"}, {"default", "replica"}, True),
        (SOLR, {"documents", "uploads"}, {"default", "replica"}, False),
    ],
)
def test_an_index_in_a_folder_beside_what_machines_share_is_doubted(
    engine, storages, databases, is_doubted, monkeypatch
):
    chosen = SimpleNamespace(
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": engine}}, STORAGES=storages, DATABASES=databases
    )
    monkeypatch.setattr("search.checks.settings", chosen)
    assert [warning.id for warning in check_place_of_index(None)] == ["search.W001"] * is_doubted
