"""What is read from a replica, and when. Here the replica is a second connection to the same database."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from dialogues.models import Topic
from publishing import replica as replicas
from publishing import workflow
from publishing.models import PublicChange
from publishing.models.page_state import PublicChangeQuerySet
from publishing.replica import ALIAS, ReplicaMiddleware
from tests import build

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", ALIAS]),
    pytest.mark.usefixtures("tasks_wait"),
]

NAME = "Recruitment fees"


@pytest.fixture(scope="module", autouse=True)
def second_connection(django_db_setup):
    """There is a replica, as if REPLICA_URL named one."""
    connections.settings[ALIAS] = deepcopy(connection.settings_dict)
    with override_settings(DATABASE_ROUTERS=[*settings.DATABASE_ROUTERS, "publishing.replica.ReplicaRouter"]):
        yield
    connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


@pytest.fixture
def replica(monkeypatch):
    """The connection to the replica, which has not failed yet."""
    monkeypatch.setattr(replicas, "replica", replicas.Replica())
    yield connections[ALIAS]
    replicas._is_read.set(False)


@pytest.fixture
def topic():
    topic = build.topic(NAME)
    workflow.publish(topic, by=None)
    return topic


@pytest.fixture
def queries(replica, client):
    """Return a function that asks for a page, and returns the numbers of queries to the database and the replica."""

    def ask(path, browser=client, method="get"):
        with CaptureQueriesContext(connection) as own, CaptureQueriesContext(replica) as others:
            response = getattr(browser, method)(path)
        assert response.status_code == 200
        return [query["sql"] for query in own], [query["sql"] for query in others]

    return ask


def test_public_pages_are_read_from_the_replica_and_their_state_from_both(queries, topic):
    for path in ("/topics/", topic.get_absolute_url()):
        own, others = queries(path)
        assert ["publishing_publicchange" in sql for sql in own] == [True]
        assert len(others) > 2
    assert queries("/topics/", method="head")[1] != []


def test_pages_of_one_person_are_read_from_the_database(queries, topic, secretary, browser_of):
    assert queries("/topics/", browser_of(secretary))[1] == []
    assert queries("/accounts/sign-in/")[1] == []


def test_a_replica_that_lacks_a_change_is_not_read(queries, topic, monkeypatch):
    state = PublicChangeQuerySet.state
    lacks = lambda rows: (0, 0) if rows.db == ALIAS else state(rows)  # noqa: E731
    monkeypatch.setattr(PublicChangeQuerySet, "state", lacks)
    own, others = queries("/topics/")
    assert len(own) > 2
    assert others == []


def test_a_request_that_has_written_reads_from_the_database(replica, topic):
    replicas._is_read.set(True)
    found = Topic.objects.get()
    assert found._state.db == ALIAS
    found.save()
    assert Topic.objects.get()._state.db == "default"


def test_a_row_of_the_replica_is_saved_in_the_database_and_its_relations_are_read_there(replica, topic):
    replicas._is_read.set(True)
    found = Topic.objects.get()
    with CaptureQueriesContext(replica) as others:
        found.save()
        list(found.dialogues.all())
    assert others.captured_queries == []


def test_the_state_is_read_where_the_rows_are_read(replica, topic):
    with CaptureQueriesContext(replica) as others:
        PublicChange.objects.state()
        replicas._is_read.set(True)
        PublicChange.objects.state()
    assert len(others) == 1


def gone(*args, **kwargs):
    raise OperationalError("server closed the connection unexpectedly")


def test_a_page_is_made_again_if_the_replica_fails_amid_it(queries, topic, replica, client):
    fails = lambda execute, sql, *rest: gone() if "dialogues_topic" in sql else execute(sql, *rest)  # noqa: E731
    with replica.execute_wrapper(fails):
        assert NAME in client.get("/topics/").content.decode()
        assert replicas.replica.is_paused
        assert queries("/topics/")[1] == []


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_replica_that_cannot_be_reached_is_asked_again_after_a_pause(
    error, queries, topic, replica, client, monkeypatch
):
    def fail():
        raise error("connection already closed")

    with monkeypatch.context() as patch:
        patch.setattr(replica, "ensure_connection", fail)
        replica.close()
        assert NAME in client.get("/topics/").content.decode()
    assert queries("/topics/")[1] == []
    monkeypatch.setattr(replicas, "PAUSE", 0)
    assert len(queries("/topics/")[1]) > 2


def test_a_failure_of_the_database_itself_is_not_hidden(topic, replica, client):
    client.raise_request_exception = False
    fails = lambda execute, sql, *rest: gone() if "dialogues_topic" in sql else execute(sql, *rest)  # noqa: E731
    with connection.execute_wrapper(fails), replica.execute_wrapper(fails):
        assert client.get("/topics/").status_code == 503


def test_without_a_replica_nothing_asks_for_one(monkeypatch):
    ReplicaMiddleware(lambda request: None)
    monkeypatch.delitem(connections.settings, ALIAS)
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(lambda request: None)
