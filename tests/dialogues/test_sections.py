from types import SimpleNamespace

import pytest

from dialogues import sections

CALLS = []


def note(record, user):
    """A builder that notes what it was asked."""
    CALLS.append((record, user))
    return f"section of {record}"


HERE = f"{__name__}.note"


@pytest.fixture
def no_rooms(monkeypatch):
    monkeypatch.setattr(sections, "_builders", {"dialogue": [], "quote": [], "arrivals": []})
    CALLS.clear()


def test_contributions_hang_what_they_have_on_dialogues_and_on_topics():
    assert sections._builders["dialogue"] == ["contributions.sections.on_dialogue"]
    assert sections._builders["threads"] == ["contributions.threads.on_topic"]
    assert sections._builders["arrivals"] == ["contributions.sections.arrivals"]


def test_a_page_asks_its_own_builders_for_its_record_and_reader(no_rooms):
    sections.add("dialogue", HERE)
    assert sections.build("quote", "a quote", "someone") == []
    assert sections.build("dialogue", "a record", "someone") == ["section of a record"]
    assert CALLS == [("a record", "someone")]


def test_a_room_that_is_added_twice_hangs_once_and_order_is_kept(no_rooms):
    for builder in (HERE, "builtins.repr", HERE):
        sections.add("quote", builder)
    assert sections._builders["quote"] == [HERE, "builtins.repr"]


def test_there_are_no_other_pages(no_rooms):
    with pytest.raises(KeyError):
        sections.add("speaker", HERE)


def test_a_section_promises_nothing_unless_told():
    section = sections.Section("a", "A", "a.html", {})
    assert (section.open_until, section.is_empty) == (None, False)


def by_number(summary, user):
    """A builder for paragraphs that notes what it was asked."""
    CALLS.append((summary, user))
    return {2: "sources of 2"}


def test_paragraphs_are_asked_for_once_and_each_gets_its_own(monkeypatch):
    monkeypatch.setattr(sections, "_builders", {"paragraphs": [f"{__name__}.by_number"]})
    CALLS.clear()
    paragraphs = [SimpleNamespace(number=number) for number in (None, 1, 2)]
    assert sections.hang(paragraphs, "a summary", "someone") is paragraphs
    assert [paragraph.sections for paragraph in paragraphs] == [[], [], ["sources of 2"]]
    assert CALLS == [("a summary", "someone")]
