import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, Panel, Topic
from publishing.models.preview import Guest
from publishing.prepared import prepared, set_related
from publishing.workflow import share
from tests import build

pytestmark = pytest.mark.django_db


def test_sql_is_made_once_and_run_each_time(django_assert_num_queries):
    made = []

    @prepared
    def titled(title: Any):
        made.append(title)
        return Dialogue.objects.published().filter(title=title)

    one, other = build.dialogue(title="One"), build.dialogue(title="Other")
    assert titled(title="One") == [one]
    with django_assert_num_queries(3):
        assert titled(title="Other") == [other]
        assert titled(title="One") == [one]
        assert titled(title="None of them") == []
    assert len(made) == 1


def test_a_record_that_was_hidden_since_is_not_found():
    public = prepared(lambda: Dialogue.objects.published())
    dialogue = build.dialogue()
    assert public() == [dialogue]
    Dialogue.objects.update(published_at=None)
    assert public() == []


def test_related_records_come_with_it(django_assert_num_queries):
    listed = prepared(lambda: Dialogue.objects.published().for_lists())
    for name in ("Ports", "Borders"):
        build.dialogue().topics.add(build.topic(name))
    for _ in range(2):
        with django_assert_num_queries(2):
            found = [(one.series.name, [topic.name for topic in one.shown_topics]) for one in listed()]
        assert sorted(names for _series, [names] in found) == ["Borders", "Ports"]


def test_dates_and_times_are_compared_as_django_compares_them():
    @prepared
    def begun(day: Any):
        return Dialogue.objects.filter(starts_on__lt=day)

    @prepared
    def open_at(now: Any):
        return Call.objects.open(now)

    call = build.call()
    assert begun(day=call.dialogue.starts_on + timedelta(1)) == [call.dialogue]
    assert begun(day=call.dialogue.starts_on) == []
    assert open_at(now=timezone.now()) == open_at(now=call.opens_at) == [call]
    assert open_at(now=call.closes_at) == open_at(now=call.opens_at - timedelta(microseconds=1)) == []


@pytest.mark.parametrize("number", range(6))
def test_any_number_of_primary_keys_can_be_asked_for(number):
    among = prepared(lambda pks: Dialogue.objects.filter(pk__in=pks))
    dialogues = [build.dialogue() for _ in range(6)]
    wanted = {dialogue.pk for dialogue in dialogues[:number]}
    assert {dialogue.pk for dialogue in among(pks=list(wanted))} == wanted


def test_each_language_has_sql_of_its_own():
    first = prepared(lambda: Topic.objects.by_name()[:1])
    borders, ports = build.topic("Borders"), build.topic("Ports")
    for topic, name in ((borders, "Frontières"), (ports, "Accès")):
        topic.translations = {"fr": {"name": name}}
        topic.save()
    for _ in range(2):
        with override("en"):
            assert first() == [borders]
        with override("fr"):
            assert first() == [ports]


def test_a_value_is_never_taken_for_sql():
    titled = prepared(lambda title: Dialogue.objects.filter(title=title))
    build.dialogue(title="One")
    assert titled(title="One' OR '1'='1") == []


def test_only_fetched_fields_and_annotations_are_as_without_it():
    rows = prepared(lambda: Contribution.objects.published().for_lists())
    build.contribution()
    [row], plain = rows(), Contribution.objects.published().for_lists().get()
    assert row.get_deferred_fields() == plain.get_deferred_fields()
    listed = prepared(lambda: Dialogue.objects.for_lists())
    assert [one.has_summary for one in listed()] == [False]


def test_rows_of_values_are_as_without_it():
    values = prepared(lambda: Dialogue.objects.values_list("pk", "title"))
    titles = prepared(lambda: Dialogue.objects.values_list("title", flat=True))
    dialogue = build.dialogue(title="One")
    for _ in range(2):
        assert values() == [(dialogue.pk, "One")]
        assert titles() == ["One"]


def test_sql_is_kept_for_anonymous_readers_alone(secretary):
    made = []

    @prepared
    def titled(title: Any, user: Any):
        made.append(user)
        return Dialogue.objects.visible_to(user).filter(title=title)

    public = build.dialogue(title="One")
    draft = build.dialogue(title="Draft", public=False)
    anonymous = SimpleLazyObject(AnonymousUser)  # as the user of a request is
    for _ in range(2):
        assert titled(title="One", user=anonymous) == titled(title="One", user=secretary) == [public]
        assert titled(title="Draft", user=anonymous) == []
        assert titled(title="Draft", user=secretary) == [draft]
    assert [user.is_anonymous for user in made].count(True) == 1


def test_a_guest_sees_the_draft_of_their_preview_and_nobody_else_does():
    visible = prepared(lambda user: Dialogue.objects.visible_to(user))
    draft = build.dialogue(public=False)
    guest = Guest(share(draft, by=None, days=14))
    for _ in range(2):
        assert (visible(user=guest), visible(user=AnonymousUser())) == ([draft], [])


@pytest.mark.django_db(transaction=True)
def test_threads_use_their_own_connections():
    public = prepared(lambda: Dialogue.objects.published())
    dialogue, found = build.dialogue(), []
    assert public() == [dialogue]

    def read() -> None:
        found.append((public(), connection.connection is not None))
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [([dialogue], True)] * 4


def test_none_is_refused_because_sql_compares_it_in_another_way():
    begun = prepared(lambda day: Dialogue.objects.filter(starts_on=day))
    with pytest.raises(ValueError, match="cannot be None"):
        begun(day=None)


def test_a_key_is_compared_as_the_database_keeps_it(participant):
    keyed = prepared(lambda key: Contribution.objects.filter(key=key))
    one, other = (build.draft(build.call(), by=participant) for _ in range(2))
    assert keyed(key=one.key) == [one]
    assert keyed(key=other.key) == [other]
    assert keyed(key=uuid4()) == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_only():
    locked = prepared(lambda pk: Dialogue.objects.select_for_update().filter(pk=pk))
    dialogue = build.dialogue()
    for _ in range(2):  # the first call makes the SQL
        with transaction.atomic():
            assert locked(pk=dialogue.pk) == [dialogue]
    with pytest.raises(TransactionManagementError):
        locked(pk=dialogue.pk)


def test_related_rows_are_found_without_a_query(django_assert_num_queries):
    one, other = build.dialogue(), build.dialogue()
    panels = [build.panel(one), build.panel(other), build.panel(one, number=2)]
    records = list(Dialogue.objects.order_by("pk"))
    set_related(records, panels=Panel.objects.order_by("pk"), sittings=[])
    with django_assert_num_queries(0):
        assert list(records[0].panels.all()) == [panels[0], panels[2]]
        assert list(records[1].panels.all()) == [panels[1]]
        assert records[1].panels.all()[0].dialogue is records[1]
        assert list(records[0].sittings.all()) == []
    set_related([], panels=panels)


def test_rows_of_another_record_are_refused():
    dialogue, panel = build.dialogue(), build.panel(build.dialogue())
    with pytest.raises(KeyError):
        set_related([dialogue], panels=[panel])
