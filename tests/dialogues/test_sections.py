from types import SimpleNamespace

from contributions import sections as contributions
from contributions import threads
from dialogues import sections
from publishing.slots import Slot


def test_contributions_fill_the_slots():
    assert sections.dialogue_sections._builders == [contributions.on_dialogue]
    assert sections.topic_sections._builders == [threads.on_topic]
    assert sections.arrivals._builders == [contributions.first_contributions]
    assert sections.quote_sections._builders == [contributions.on_quote]
    assert sections.summary_sections._builders == [contributions.on_summary]
    assert sections.paragraph_sections._builders == [contributions.on_paragraphs]


def test_paragraphs_are_built_once_and_each_gets_its_own(monkeypatch):
    asked, slot = [], Slot()

    @slot.add
    def by_number(summary, user):
        asked.append((summary, user))
        return {2: "sources of 2"}

    monkeypatch.setattr(sections, "paragraph_sections", slot)
    paragraphs = [SimpleNamespace(number=number) for number in (None, 1, 2)]
    assert sections.with_sections(paragraphs, "a summary", "someone") is paragraphs
    assert [paragraph.sections for paragraph in paragraphs] == [[], [], ["sources of 2"]]
    assert asked == [("a summary", "someone")]


def test_what_apps_have_on_a_topic_is_gathered_by_dialogue(monkeypatch):
    slot = Slot()
    slot.add(lambda topic, user: {1: "a", 2: "b"})
    slot.add(lambda topic, user: {2: "c"})
    monkeypatch.setattr(sections, "topic_sections", slot)
    assert sections.sections_by_dialogue("a topic", "someone") == {1: ["a"], 2: ["b", "c"]}
