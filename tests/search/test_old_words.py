"""Before the index is updated, a record is neither found nor suggested by words that it no longer has."""

import pytest

from dialogues import workflow
from publishing import workflow as publishing
from search.completions import complete
from search.more_like import more_like_this
from search.query import Results
from search.tasks import update_index
from tests import build
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]

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
def test_old_words_are_not_found_before_or_after_the_update(case):
    take_away = case()
    update_index.call()
    assert find(WORD).total > 0
    take_away()
    for _ in range(2):
        assert find(WORD) == Results()
        assert find("quagg*").total == find("qagga").total == 0
        update_index.call()


@pytest.mark.parametrize("case", CASES)
def test_old_words_are_not_suggested(case):
    take_away = case()
    update_index.call()
    assert [one.lower() for one in complete("the quag")] == [f"the {WORD}"]
    assert find("quaga").suggestion == WORD
    take_away()
    for _ in range(2):
        left = ["The quagga"] if case is topic_taken_off else []  # the topic itself is still public
        assert complete("the quag") == left
        assert find("quaga").suggestion == ""
        update_index.call()


def test_operators_do_not_reveal_hidden_records():
    appearance = build.appearance(build.dialogue())
    kept = build.quote(appearance, text="A ledger of debts.")
    gone = build.quote(appearance, text=f"A ledger of {WORD}s.")
    update_index.call()
    assert find("ledger").total == 2
    publishing.unpublish(gone, by=None)
    for line in ("ledger", f"ledger NOT {WORD}", f"ledger OR {WORD}", "NOT unicorn ledger"):
        assert [hit.record for hit in find(line).hits] == [kept]


def test_a_hidden_record_is_not_similar_to_others():
    appearance = build.appearance(build.dialogue())
    first, second, third = (build.quote(appearance, text=f"The {WORD} and the ledger, {n}.") for n in "abc")
    update_index.call()
    assert like(first) == {second.get_absolute_url(), third.get_absolute_url()}
    publishing.unpublish(second, by=None)
    assert like(first) == {third.get_absolute_url()}
    update_index.call()
    assert like(first) == {third.get_absolute_url()}


def test_a_record_is_not_similar_to_itself_and_one_without_words_to_none():
    appearance = build.appearance(build.dialogue())
    alone = build.quote(appearance, text=f"The {WORD}.")
    empty = build.quote(appearance, text="The of and.")
    update_index.call()
    assert like(alone) == like(empty) == set()


def like(record):
    return {similar.url for similar in more_like_this(record)}
