"""A process that dies at any line, or a full disk, leaves nothing in the copy that a take-down misses."""

import contextlib
import os
import sqlite3

import pytest

from publishing.workflow import unpublish

pytestmark = pytest.mark.django_db


class DiedError(BaseException):
    """The process was killed."""


STEPS = ["set_file", "set_content", "set_seen", "set_links", "set_without_file", "set_due", "delete", "set_records"]


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies_leaves_nothing_that_a_take_down_misses(step, world, copy, monkeypatch):
    paths = [world.quote.get_absolute_url(), "/quotes/", world.speaker.get_absolute_url()]

    def die(*args, **kwargs):
        raise DiedError

    with monkeypatch.context() as patch:
        patch.setattr(f"mirror.index.Index.{step}", die)
        try:
            copy.pages(*paths)
            copy.catch_up()
        except DiedError:
            pass
    unpublish(world.quote, by=world.secretary)
    with monkeypatch.context() as patch:
        patch.setattr(f"mirror.index.Index.{step}", die)
        with contextlib.suppress(DiedError):
            copy.catch_up()
    copy.catch_up()
    assert copy.with_word("We were heard by quaggas.") == set()


def test_a_process_that_dies_while_it_moves_a_file_leaves_no_other(world, copy, monkeypatch):
    def die(*args):
        raise DiedError

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", die)
        with pytest.raises(DiedError):
            copy.pages("/quotes/")
    assert copy.files() == {}
    copy.pages("/quotes/")
    assert copy.has("quotes/index.html")


def test_a_full_disk_keeps_no_take_down_in_the_copy(world, copy, monkeypatch):
    copy.pages(world.quote.get_absolute_url(), "/quotes/")
    copy.catch_up()
    copy.pages(world.quote.get_absolute_url(), "/quotes/")
    unpublish(world.quote, by=world.secretary)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mirror.index.Index.set_without_file", full)
    with pytest.raises(OSError, match="No space"):
        copy.catch_up()
    assert copy.with_word("We were heard by quaggas.") == set()


def test_an_index_that_is_locked_for_long_is_a_fault_that_passes(world, copy, monkeypatch):
    monkeypatch.setattr("mirror.index.SECONDS", 0)
    copy.renew(0)
    with contextlib.closing(sqlite3.connect(copy.root / "index.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OSError, match="The index of the copy cannot be used"):
            copy.renew(0)
