import pytest
from django.core.management import call_command

from backups import takedowns
from publishing.models import Transition, Verb
from publishing.workflow import log, publish
from tests import build


@pytest.fixture
def noted(settings, tmp_path):
    """The list of moves beside the backups."""
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups" / takedowns.FILE


def moves(path):
    return [(move.kind, move.key, move.verb) for move in takedowns.noted_moves(path)]


def test_a_move_is_noted_once_it_is_committed(noted, secretary, django_capture_on_commit_callbacks):
    dialogue = build.dialogue(public=False)
    with django_capture_on_commit_callbacks(execute=True):
        publish(dialogue, by=secretary)
        assert not noted.exists()
    assert moves(noted) == [("dialogues.dialogue", dialogue.pk, "publish")]
    assert secretary.email not in noted.read_text("utf8")
    assert noted.stat().st_mode & 0o777 == 0o600


def test_without_a_folder_nothing_is_noted(settings, tmp_path, db, django_capture_on_commit_callbacks):
    settings.BACKUP_DIR = ""
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        log(build.topic("Debt"), Verb.PUBLISH, by=None)
    assert callbacks == []
    assert takedowns.note_missing() == 0


def test_a_disk_that_is_away_stops_no_move(noted, db, django_capture_on_commit_callbacks, caplog):
    noted.parent.write_text("not a folder")
    with django_capture_on_commit_callbacks(execute=True):
        entry = log(build.topic("Debt"), Verb.PUBLISH, by=None)
    assert Transition.objects.filter(pk=entry.pk).exists()
    assert "note" in caplog.text
    noted.parent.unlink()
    call_command("note_moves")
    assert moves(noted)[-1][2] == "publish"


def test_missing_moves_are_noted_once(noted, db):
    topic = build.topic("Debt")
    log(topic, Verb.PUBLISH, by=None)
    log(topic, Verb.UNPUBLISH, by=None)
    count = takedowns.note_missing()
    assert count == Transition.objects.count()
    assert takedowns.note_missing() == 0
    assert [move.number for move in takedowns.noted_moves(noted)] == list(range(1, count + 1))


def test_a_line_that_was_cut_off_is_noted_again(noted, db):
    topic = build.topic("Debt")
    log(topic, Verb.PUBLISH, by=None)
    takedowns.note_missing()
    noted.write_text(noted.read_text("utf8")[:-20], "utf8")
    assert takedowns.note_missing() == 1
    assert takedowns.note_missing() == 1  # it shared its line with what was left of the other
    assert takedowns.note_missing() == 0


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b'{"name": "Debt"}\n', b"PK\x03\x04\xff\xfe\n"])
def test_another_file_is_no_list_of_moves(tmp_path, content):
    (tmp_path / "moves").write_bytes(content)
    with pytest.raises(takedowns.NotAListError, match="is not a list of moves"):
        takedowns.given_moves(tmp_path / "moves")


def test_a_list_without_moves_and_one_with_a_line_that_was_cut_off_are_lists(noted, db):
    log(build.topic("Debt"), Verb.PUBLISH, by=None)
    takedowns.note_missing()
    kept = takedowns.given_moves(noted)
    noted.write_text(noted.read_text("utf8") + '{"number": 9, "ki', "utf8")
    assert takedowns.given_moves(noted) == kept != []
    noted.write_text("")
    assert takedowns.given_moves(noted) == []
