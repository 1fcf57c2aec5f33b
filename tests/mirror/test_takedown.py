"""Pages are taken out of the copy by hand or by a list of moves, without the database."""

import io
import json
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backups.takedowns import NotedMove
from contributions import workflow as filing
from mirror.asking import Visitor
from mirror.state import mirror_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(world, copy):
    """A copy of pages about a contribution, of its dialogue and of another page."""
    paths = [world.contribution.get_absolute_url(), world.dialogue.get_absolute_url(), "/contributions/", "/speakers/"]
    copy.catch_up()
    copy.pages(*paths)
    return copy


def mirror(copy, *options):
    """Run the command while the database cannot be reached, and return what it printed."""
    said = io.StringIO()

    def refuse(*args, **kwargs):
        raise AssertionError("The database was asked.")

    with connection.execute_wrapper(refuse):
        call_command("mirror", str(copy.root), *options, stdout=said)
    return said.getvalue()


def test_an_address_that_the_copy_does_not_have_is_said(copied, capsys):
    assert mirror(copied, "--remove", "/contributions/SMP-0/") == "0 files removed.\n"
    assert "The copy has no such page." in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--remove", "--allow", "--moves"])
def test_nothing_is_taken_out_of_a_folder_that_is_no_copy(tmp_path, option):
    with pytest.raises(CommandError, match="There is no copy of the site in"):
        call_command("mirror", str(tmp_path / "mistyped"), option, "/topics/")
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize("setting", ["DATA_DIR", "BACKUP_DIR"])
def test_no_copy_is_written_where_only_the_portal_may_read(settings, tmp_path, setting):
    setattr(settings, setting, tmp_path)
    with pytest.raises(CommandError, match=f"is in {setting}"):
        call_command("mirror", str(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("prefix", ["", "/fr", "http://localhost:8000", "http://localhost:8000/es"])
def test_a_page_is_removed_by_its_address_with_what_links_to_it(prefix, copied, world):
    reference = world.contribution.reference
    said = mirror(copied, "--remove", f"{prefix}/contributions/{reference}/")
    assert said.endswith("files removed.\n")
    assert copied.with_word(reference) == set()
    assert copied.has("speakers/index.html")
    assert not copied.has("SHA256SUMS")


def test_a_page_removed_by_hand_does_not_return_while_the_portal_shows_it(copied, world):
    path = world.contribution.get_absolute_url()
    mirror(copied, "--remove", path)
    copied.catch_up()
    copied.pages(path, "/contributions/")
    assert not copied.has(f"{path[1:]}index.html")
    assert f'href="{world.contribution.reference}/index.html"' not in copied.text("contributions/index.html")
    assert mirror_state(copied.root).kept_out == 1


def test_once_the_portal_has_taken_it_down_the_portal_decides(copied, world):
    mirror(copied, "--remove", world.contribution.get_absolute_url())
    filing.withdraw(world.contribution, by=world.secretary)
    copied.catch_up()
    assert mirror_state(copied.root).kept_out == 0


def test_a_page_may_return_when_allowed(copied, world):
    path = world.contribution.get_absolute_url()
    mirror(copied, "--remove", path)
    mirror(copied, "--allow", path)
    copied.catch_up()
    copied.pages(path)
    assert copied.has(f"{path[1:]}index.html")


def test_a_page_that_is_being_copied_does_not_return(copied, world, monkeypatch):
    path = world.contribution.get_absolute_url()
    world.contribution.shown.title = "Another title"
    world.contribution.shown.save()
    ask = Visitor.ask

    @contextmanager
    def ask_while_it_is_removed(visitor, *args):
        with ask(visitor, *args) as answer:
            mirror(copied, "--remove", path)
            yield answer

    monkeypatch.setattr(Visitor, "ask", ask_while_it_is_removed)
    copied.pages(path)
    assert not copied.has(f"{path[1:]}index.html")


def test_the_list_of_moves_is_applied_without_the_database(copied, world, tmp_path):
    filing.withdraw(world.contribution, by=world.secretary)
    moves = [NotedMove.of(entry) for entry in world.contribution.transitions.all()]
    listed = tmp_path / "moves.jsonl"
    listed.write_text("".join(json.dumps(vars(move)) + "\n" for move in moves))
    assert copied.with_word(world.contribution.reference)
    said = mirror(copied, "--moves", str(listed))
    assert copied.with_word(world.contribution.reference) == set()
    assert said != mirror(copied, "--moves", str(listed)) == "0 files removed.\n"


def test_moves_that_show_more_remove_nothing(copied, world, tmp_path):
    move = NotedMove(10**6, "contributions.contribution", world.contribution.pk, "assign", "", "")
    listed = tmp_path / "moves.jsonl"
    listed.write_text(json.dumps(vars(move)) + "\n")
    before = copied.files()
    assert mirror(copied, "--moves", str(listed)) == "0 files removed.\n"
    assert copied.files() == before


def test_removing_the_home_page_removes_no_other(copied):
    copied.pages("/")
    mirror(copied, "--remove", "/")
    assert not copied.has("index.html")
    assert copied.has("speakers/index.html")


def test_an_address_of_another_site_is_refused(copied):
    with pytest.raises(CommandError, match="not an address of this site"):
        mirror(copied, "--remove", "https://other.example/contributions/")


def test_a_folder_with_other_files_is_refused(copy):
    copy.root.mkdir()
    (copy.root / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="has other files"):
        call_command("mirror", str(copy.root))
    assert (copy.root / "thesis.txt").exists()


def test_a_copy_without_its_index_is_emptied(copied):
    with copied.opened() as folder:
        folder.write_sums()
    (copied.root / "index.sqlite3").unlink()
    with copied.opened():
        assert copied.files() == {}


@pytest.mark.parametrize("damage", [b"not a database", b""])
def test_a_copy_with_a_damaged_index_is_emptied(damage, copied):
    (copied.root / "index.sqlite3").write_bytes(damage)
    with copied.opened():
        assert copied.files() == {}


def test_files_that_a_power_cut_damaged_are_made_again(copied):
    file = copied.root / "site" / "speakers" / "index.html"
    file.write_bytes(b"")
    (copied.root / "site" / "left.html").write_text("unlisted")
    with copied.opened() as folder, folder.index.writing():
        folder.index.set_note("start of the machine", "an earlier one")
    with copied.opened() as folder:
        folder.verify()
        assert not file.exists()
        assert not copied.has("left.html")
        assert folder.index.at("/speakers/").turn == 0  # it is made before all others
