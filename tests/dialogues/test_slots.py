from types import SimpleNamespace

from contributions import sections as contributions
from dialogues import slots, status
from dialogues.views import summaries
from publishing.slots import Slot


def test_contributions_fill_the_slots():
    assert slots.dialogue_sections._builders == [contributions.contributions_to]
    assert slots.topic_sections._builders == [contributions.contributions_on_topic]
    assert status.published_elsewhere._builders == [contributions.first_contributions]
    assert slots.quote_sections._builders == [contributions.reflections_of_quote]
    assert slots.summary_sections._builders == [contributions.coverage_of_summary]
    assert slots.paragraph_sections._builders == [contributions.sources_of_paragraphs]


def test_sections_of_paragraphs_are_built_once_for_the_summary(monkeypatch):
    calls, slot = [], Slot()

    @slot.add
    def by_anchor(summary, user):
        calls.append((summary, user))
        return {"p2": "sources of 2"}

    monkeypatch.setattr(summaries, "paragraph_sections", slot)
    paragraphs = [SimpleNamespace(anchor=anchor) for anchor in ("h1", "p1", "p2")]
    summaries.add_sections(paragraphs, "a summary", "someone")
    assert [paragraph.sections for paragraph in paragraphs] == [[], [], ["sources of 2"]]
    assert calls == [("a summary", "someone")]
