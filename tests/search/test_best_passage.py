"""The passage that a result shows is the best one, and finding it looks at few."""

import random
from unittest import mock

import pytest

from search.grammar import Or, Phrase, Word, parse
from search.highlighting import Highlighter, _phrase_pattern
from search.passages import Passage, PassageTexts
from search.spans import score

FILLER = "Some other words that fill the room between. "


def texts_of(*texts):
    pieces = [Passage(text, f"/x#p{number}", "paragraph", number) for number, text in enumerate(texts, 1)]
    return PassageTexts.of(pieces, "/x", {"paragraph": "Paragraph %d"})


def first_with_most(texts, highlighter):
    """Return the number of the passage to show by looking at all of them; None if no word is in any."""
    scores = {
        number: score(spans) for number, text in enumerate(texts.parts) if (spans := highlighter.find_spans(text))
    }
    return max(scores, key=lambda number: (scores[number], -number), default=None)


@pytest.mark.parametrize("line", ["people", "labour people", '"people labour"', "peop*", "ETH"])
def test_the_passage_is_the_one_that_looking_at_all_finds(line):
    draw = random.Random(line)  # noqa: S311 - meant to repeat
    highlighter = Highlighter(parse(line))
    for _ in range(60):
        words = ["people", "peoples'", "labor", "popeople", "Péople", "eth", "ETH", "E.T.H.", FILLER * 3]
        texts = texts_of(*(" ".join(draw.choices(words, k=4)) for _ in range(8)))
        found = highlighter.find_best(texts)
        assert (found and found[0]) == first_with_most(texts, highlighter)


CONCEPT = Or(
    (
        Phrase(("debt", "bondage"), in_any_form=True),
        Phrase(("servitude", "pour", "dettes"), in_any_form=True),
        Phrase(("عبودية", "الدين"), in_any_form=True),
        Word("peonage"),
    )
)


@pytest.mark.parametrize("words", [
    ["debt", "bondage", "pour", FILLER],
    ["servitude", "pour", "dettes", "debt"],
    ["عبودية", "الدين", "عُبودية", "peonage"],
])  # fmt: skip
def test_a_term_is_found_in_its_own_language_as_by_looking_at_all(words):
    draw = random.Random(words[0])  # noqa: S311 - meant to repeat
    highlighter = Highlighter(CONCEPT)
    for _ in range(60):
        texts = texts_of(*(" ".join(draw.choices(words, k=4)) for _ in range(8)))
        found = highlighter.find_best(texts)
        assert (found and found[0]) == first_with_most(texts, highlighter)
        assert found is None or found[1] == highlighter.find_spans(texts.parts[found[0]])


def test_terms_in_other_languages_are_not_looked_for():
    highlighter = Highlighter(CONCEPT)
    texts = texts_of("He spoke of debt bondage.")
    with mock.patch("search.highlighting._phrase_pattern", wraps=_phrase_pattern) as looked_for:
        assert highlighter.find_best(texts) == (0, [("debt bondage", 12, 24)])
    assert {words for (words, _is_plain), _ in looked_for.call_args_list} == {("debt", "bondage")}


def test_of_passages_that_could_only_be_equal_one_is_looked_at():
    highlighter = Highlighter(parse("people"))
    texts = texts_of(*["Of people."] * 40)
    with mock.patch.object(highlighter, "find_spans", wraps=highlighter.find_spans) as find_spans:
        assert highlighter.find_best(texts) == (0, [("people", 3, 9)])
    assert find_spans.call_count == 1
