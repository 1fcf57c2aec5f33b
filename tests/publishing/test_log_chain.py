"""The hash chain of the log detects changes made directly in the database."""

from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from publishing import log_chain, workflow
from publishing.models import LogHead, Transition
from publishing.models.transition import ImmutableEntryError
from tests import build
from tests.at_once import at_once
from tests.on_sqlite import on_sqlite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

ENTRY = {
    "number": 1, "kind": "dialogues.dialogue", "object_id": 7, "verb": "publish", "note_digest": "c" * 64,
    "actor": None, "part": "system", "at": datetime(2024, 7, 10, 9, tzinfo=UTC), "facts": {"b": 1, "a": ["x"]},
}  # fmt: skip


@pytest.fixture
def log(secretary):
    """Five entries about two records."""
    one, two = build.dialogue(public=False), build.topic(public=False)
    for record in (one, two):
        workflow.publish(record, by=secretary)
        workflow.unpublish(record, by=None)
    workflow.log(one, "submit", by=secretary, part="sender", note="A note.", facts={"revision": 1, "files": ["a" * 64]})
    return list(Transition.objects.order_by("number"))


def check(capsys, **options):
    """Return the output of the command, or the error with which it fails."""
    call_command("check_log", **options)
    return capsys.readouterr().out


def chain_error():
    with pytest.raises(CommandError) as caught:
        call_command("check_log")
    assert caught.value.returncode == 1
    return str(caught.value)


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_digest_can_be_computed_from_the_entry():
    # printf '%s' 'ab{"actor":null,"at":"2024-07-10T09:00:00.000000+00:00","facts":{"a":["x"],"b":1},
    # "kind":"dialogues.dialogue","note":"cc…cc","number":1,"object":7,"part":"system","verb":"publish"}'
    assert log_chain.digest("ab", **ENTRY) == "3f8b187a5153e8485cc53fd327bc97f0de13dfbabee98b53e3667c5d61451bc5"
    elsewhere = ENTRY["at"].astimezone(timezone(timedelta(hours=2)))
    assert log_chain.digest("ab", **ENTRY | {"at": elsewhere}) == log_chain.digest("ab", **ENTRY)
    assert log_chain.digest("ab", **ENTRY | {"facts": {"a": ["x"], "b": 1}}) == log_chain.digest("ab", **ENTRY)


@pytest.mark.parametrize(
    "change",
    [{"number": 2}, {"kind": "dialogues.quote"}, {"object_id": 8}, {"verb": "unpublish"},
     {"note_digest": ""}, {"actor": 1}, {"part": "staff"},
     {"at": ENTRY["at"] + timedelta(microseconds=1)}, {"facts": {}}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_digest_covers_every_field(change):
    assert log_chain.digest("ab", **ENTRY | change) != log_chain.digest("ab", **ENTRY) != log_chain.digest("", **ENTRY)


def test_the_log_is_one_chain_for_all_records(log, capsys):
    assert [entry.number for entry in log] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in log] == ["", *(entry.digest for entry in log[:-1])]
    assert len({entry.object_id for entry in log if entry.content_type.model == "dialogue"}) == 1
    expected = f"5 entries, all unchanged. The last digest: {log[-1].digest}\n"
    assert check(capsys) == expected


def test_an_empty_log_is_valid(capsys):
    assert check(capsys) == "0 entries, all unchanged. The last digest: none\n"


def test_the_command_finds_the_digest_of_a_receipt(log, capsys):
    third = log[2]
    for asked in (third.digest, third.digest.upper(), f" {third.digest[:32]} {third.digest[32:]}\n"):
        said = check(capsys, contains=asked).splitlines()[1]
        assert said == f"Found: entry 3, publish, {third.at:%F %T} UTC"
    for asked in ("0" * 64, "", third.digest[:63]):
        with pytest.raises(CommandError, match="No entry has that digest"):
            call_command("check_log", contains=asked)


def test_log_returns_the_entry_and_facts_are_stored_unchanged(log):
    facts = {"revision": 2, "files": [{"sha256": "b" * 64, "name": "é"}], "late": False, "why": None}
    entry = workflow.log(log[0].record, "submit", by=None, facts=facts)
    assert Transition.objects.get(digest=entry.digest).facts == facts
    assert LogHead.objects.get().digest == entry.digest


def test_facts_that_databases_store_differently_are_refused(log):
    for number in (1.5, float("nan")):
        with pytest.raises(ValueError, match="not a whole number"):
            workflow.log(log[0].record, "submit", by=None, facts={"share": number})


@pytest.mark.parametrize(
    ("column", "value"),
    [("verb", "decline"), ("note", "Another note."), ("note", ""), ("note_salt", "0" * 32),
     ("note_digest", "0" * 64), ("object_id", 999), ("part", "staff"), ("actor_id", None),
     ("at", "2020-01-01 00:00:00"), ("facts", '{"revision": 2}'), ("content_type_id", None), ("digest", "0" * 64),
     ("previous", "0" * 64), pytest.param("note", b"\xff", marks=on_sqlite),
     pytest.param("object_id", "x", marks=on_sqlite)],
)  # fmt: skip
def test_an_edit_of_any_field_is_detected(log, column, value):
    if column == "content_type_id":
        value = ContentType.objects.get(app_label="dialogues", model="series").pk
    number = 3 if column == "actor_id" else 2 if column == "part" else 5
    by_hand(f"UPDATE publishing_transition SET {column} = %s WHERE number = %s", value, number)  # noqa: S608
    assert chain_error() == f"Entry {number} was edited, or belongs to another log."


def test_purging_a_note_with_its_salt_keeps_the_chain_valid(log, capsys):
    by_hand("UPDATE publishing_transition SET note = '', note_salt = '' WHERE number = 5")
    assert check(capsys) == f"5 entries, all unchanged. The last digest: {log[-1].digest}\n"
    by_hand("UPDATE publishing_transition SET note = 'Another note.' WHERE number = 5")
    assert chain_error() == "Entry 5 was edited, or belongs to another log."


def test_a_digest_reveals_nothing_about_a_note(log):
    same = [workflow.log(log[0].record, "submit", by=None, note="Yes.") for _ in range(2)]
    assert same[0].note_digest != same[1].note_digest
    assert all(len(entry.note_salt) == 32 for entry in same)


@on_sqlite
def test_an_edit_that_leaves_unreadable_data_is_detected(log):
    by_hand("UPDATE publishing_transition SET at = '2024-13-45 00:00:00' WHERE number = 4")
    assert chain_error() == "Entry 4 was edited: it cannot be read."
    by_hand("PRAGMA ignore_check_constraints = ON")
    by_hand("UPDATE publishing_transition SET facts = '{' WHERE number = 3")
    by_hand("PRAGMA ignore_check_constraints = OFF")
    assert chain_error() == "Entry 3 was edited, or belongs to another log."


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        ("number = 1", "Entry 1 is missing: entry 0 is followed by entry 2."),
        ("number = 3", "Entry 3 is missing: entry 2 is followed by entry 4."),
        ("number = 5", "Entry 5 is missing: the log ends before it, but had 5 entries."),
        ("number > 2", "Entry 3 is missing: the log ends before it, but had 5 entries."),
        ("number > 0", "Entry 1 is missing: the log ends before it, but had 5 entries."),
    ],
)
def test_a_deleted_entry_is_detected(log, gone, sentence):
    by_hand(f"DELETE FROM publishing_transition WHERE {gone}")  # noqa: S608
    assert chain_error() == sentence


def test_renumbering_does_not_hide_a_deleted_entry(log):
    by_hand("DELETE FROM publishing_transition WHERE number = 3")
    by_hand("UPDATE publishing_transition SET number = number - 1 WHERE number > 3")
    assert chain_error() == "Entry 3 was edited, or belongs to another log."


def test_swapped_entries_are_detected(log):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        by_hand("UPDATE publishing_transition SET number = %s WHERE number = %s", new, old)
    assert chain_error() == "Entry 2 was edited, or belongs to another log."


def put_in(number, previous, after):
    """Insert an entry with a valid digest of its own, without the models."""
    made = Transition(record=after.record, verb="publish", part="system", at=after.at)
    head = LogHead(count=number - 1, digest=previous)
    head.add(made)
    Transition.objects.bulk_create([made])
    return made


def test_an_appended_entry_is_detected(log):
    put_in(6, log[-1].digest, log[-1])
    assert chain_error() == "Entry 6 was inserted: the log had 5 entries."


def test_a_replaced_entry_is_detected(log):
    by_hand("DELETE FROM publishing_transition WHERE number = 3")
    put_in(3, log[1].digest, log[1])
    assert chain_error() == "Entry 4 does not follow entry 3: one was replaced, inserted or moved."
    by_hand("DELETE FROM publishing_transition WHERE number > 3")
    by_hand("UPDATE publishing_loghead SET count = 3")
    assert chain_error() == "Entry 3 is not the last one that was written: an entry was replaced."


def test_entries_logged_during_the_check_are_no_error(log, monkeypatch, capsys):
    rows_of_all = Transition.objects.all().rows
    monkeypatch.setattr("publishing.models.transition.TransitionQuerySet.rows", lambda rows: log_then(rows))
    calls = []

    def log_then(rows):
        calls.append(rows)
        yield from (
            rows_of_all()
            if len(calls) == 1
            else rows.order_by("number").values(
                "previous", "digest", *log_chain.COVERED, *log_chain.KIND, *log_chain.NOTE
            )
        )
        if len(calls) == 1:
            workflow.log(log[0].record, "publish", by=None)

    assert check(capsys).startswith("6 entries, all unchanged.")


def test_a_rolled_back_move_leaves_no_gap(log, capsys):
    with transaction.atomic():
        workflow.log(log[0].record, "publish", by=None)
        transaction.set_rollback(True)
    assert workflow.log(log[0].record, "publish", by=None).number == 6
    assert check(capsys).startswith("6 entries")


def test_the_models_refuse_to_change_an_entry(log, capsys):
    first = log[0]
    first.note = "Another."
    for change in (
        first.save, first.delete, Transition.objects.all().delete, first.record.transitions.all().delete,
        lambda: Transition.objects.update(note=""), lambda: Transition.objects.bulk_update([first], ["note"]),
        lambda: first.record.transitions.clear(),
    ):  # fmt: skip
        with pytest.raises(ImmutableEntryError, match="cannot be changed"), transaction.atomic():
            change()
    assert check(capsys).startswith("5 entries")


def test_entries_are_kept_after_their_record_is_deleted(log, capsys):
    record = log[0].record
    record.delete()
    assert Transition.objects.get(number=1).record is None
    assert check(capsys).startswith("5 entries")
    successor = build.dialogue(public=False)
    assert (successor.pk > log[0].object_id, successor.transitions.count()) == (True, 0)


def test_the_content_type_of_an_entry_cannot_be_deleted(log):
    with pytest.raises(ProtectedError):
        log[0].content_type.delete()


def test_users_in_the_log_are_deactivated_and_not_deleted(log, secretary, participant, client):
    root = type(secretary).objects.create_superuser("root@example.org", "a long enough one")
    client.force_login(root)
    with pytest.raises(ProtectedError):
        secretary.delete()
    address = reverse("admin:accounts_user_delete", args=[secretary.pk])
    for answer in (client.get(address), client.post(address, {"post": "yes"})):
        assert answer.status_code == 200
        assert "<title>Cannot delete user" in answer.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [secretary.pk], "post": "yes"}
    assert client.post(reverse("admin:accounts_user_changelist"), chosen).status_code == 200
    assert type(secretary).objects.filter(pk=secretary.pk).exists()
    client.post(reverse("admin:accounts_user_delete", args=[participant.pk]), {"post": "yes"})
    assert not type(secretary).objects.filter(pk=participant.pk).exists()


def test_the_admin_lists_the_log_and_deleted_records_by_kind_and_number(log, desk, secretary):
    log[2].record.delete()
    html = desk.get(reverse("admin:publishing_transition_changelist")).content.decode()
    for words in (f"topic {log[2].object_id}", log[0].record.title, "the sender", "the portal", secretary.email):
        assert words in html
    page = desk.get(reverse("admin:publishing_transition_change", args=[log[4].pk])).content.decode()
    for words in (log[4].digest, log[4].previous, "A note.", "a" * 64):
        assert words in page
    assert 'name="_save"' not in page


def test_the_admin_deletes_drafts_but_no_published_records(desk):
    public, draft = build.topic("Public"), build.topic("Draft", public=False)
    for record, there in ((public, True), (draft, False)):
        desk.post(reverse("admin:dialogues_topic_delete", args=[record.pk]), {"post": "yes"})
        assert type(record).objects.filter(pk=record.pk).exists() is there


@pytest.mark.django_db(transaction=True)
def test_eight_concurrent_processes_write_one_chain(capsys):
    records = [build.topic(f"Topic {number}", public=False) for number in range(8)]

    def move(record):
        for _ in range(3):
            workflow.publish(record, by=None)
            workflow.unpublish(record, by=None)

    assert at_once([partial(move, record) for record in records]) == []
    assert check(capsys).startswith("48 entries, all unchanged.")
