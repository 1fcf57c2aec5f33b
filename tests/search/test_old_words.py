"""While the worker rests: what was taken away is not found by its old words, nor offered, nor counted."""

import pytest

from dialogues import workflow
from publishing import workflow as publishing
from search.query import Results, complete, hidden, more_like
from search.tasks import drain
from tests import build
from tests.search.asking import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker_rests")]

WORD = "quagga"


def topic_unpublished():
    dialogue, topic = build.dialogue(), build.topic(f"The {WORD}")
    dialogue.topics.add(topic)
    return lambda: publishing.unpublish(topic, by=None)


def topic_taken_off():
    dialogue, topic = build.dialogue(), build.topic(f"The {WORD}")
    dialogue.topics.add(topic)
    return lambda: dialogue.topics.remove(topic)


def panel_deleted():
    panel = build.panel(build.dialogue(), title=f"The {WORD}")
    return lambda: panel.delete()


def panel_renamed():
    panel = build.panel(build.dialogue(), title=f"The {WORD}")

    def rename():
        panel.title = "Another"
        panel.save()

    return rename


def paragraph_removed():
    summary = build.summary(build.dialogue(), text=f"1. First.\n\n2. A {WORD}.")
    return lambda: workflow.write_paragraphs(summary, "1. First.")


def speaker_renamed():
    speaker = build.appearance(build.dialogue(), who=build.speaker(f"Ada {WORD.title()}")).speaker
    build.quote(speaker.appearances.get(), text="We were heard.")

    def rename():
        speaker.name = "Ada Smith"
        speaker.save()

    return rename


def appearance_corrected():
    appearance = build.appearance(build.dialogue(), title=f"Keeper of the {WORD}")

    def correct():
        appearance.title = "Keeper"
        appearance.save()

    return correct


def quote_unpublished():
    quote = build.quote(build.appearance(build.dialogue()), text=f"A {WORD}!")
    return lambda: publishing.unpublish(quote, by=None)


CASES = [
    topic_unpublished, topic_taken_off, panel_deleted, panel_renamed, paragraph_removed, speaker_renamed,
    appearance_corrected, quote_unpublished,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_old_words_are_not_found_before_the_worker_knows_nor_after(case):
    take_away = case()
    drain.call()
    assert find(WORD).total > 0
    take_away()
    for _ in range(2):
        assert find(WORD) == Results()
        assert find("quagg*").total == find("qagga").total == 0
        drain.call()


@pytest.mark.parametrize("case", CASES)
def test_nor_are_they_offered(case):
    take_away = case()
    drain.call()
    assert complete("the quag") == [f"the {WORD}"]
    assert find("quaga").meant == WORD
    take_away()
    for _ in range(2):
        assert complete("the quag") == []
        assert find("quaga").meant == ""
        drain.call()


def test_what_waits_is_left_out_though_it_is_public_until_it_is_drained():
    record = build.quote(build.appearance(build.dialogue()), text=f"A {WORD}!")
    drain.call()
    assert hidden() == []
    record.save()
    assert hidden() == [f"dialogues.quote.{record.pk}"]
    assert find(WORD).total == 0
    drain.call()
    assert [hit.record for hit in find(WORD).hits] == [record]


def test_a_part_of_a_phrase_or_a_negation_does_not_tell_of_it():
    appearance = build.appearance(build.dialogue())
    kept = build.quote(appearance, text="A ledger of debts.")
    gone = build.quote(appearance, text=f"A ledger of {WORD}s.")
    drain.call()
    assert find("ledger").total == 2
    publishing.unpublish(gone, by=None)
    for line in ("ledger", f"ledger NOT {WORD}", f"ledger OR {WORD}", "NOT unicorn ledger"):
        assert [hit.record for hit in find(line).hits] == [kept]


def test_what_waits_is_not_more_like_this():
    appearance = build.appearance(build.dialogue())
    first, second, third = (build.quote(appearance, text=f"The {WORD} and the ledger, {n}.") for n in "abc")
    drain.call()
    assert {hit.record for hit in more_like(first, ["quote"])} == {second, third}
    publishing.unpublish(second, by=None)
    assert [hit.record for hit in more_like(first, ["quote"])] == [third]
    drain.call()
    assert [hit.record for hit in more_like(first, ["quote"])] == [third]


def test_a_record_is_not_like_itself_and_one_without_telling_words_like_none():
    appearance = build.appearance(build.dialogue())
    alone = build.quote(appearance, text=f"The {WORD}.")
    empty = build.quote(appearance, text="The of and.")
    drain.call()
    assert more_like(alone, ["quote"]) == more_like(empty, ["quote"]) == []
