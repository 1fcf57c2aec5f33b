import random

import pytest

from text.differences import MAX_PARAGRAPH, Pair, Piece, compare


def sides(pairs):
    """Return the texts of both sides, joined from their pieces."""
    return tuple("".join(piece.text for pair in pairs for piece in getattr(pair, side)) for side in ("old", "new"))


def told(pairs):
    """Return each pair as text, with [removed] and {added} pieces."""
    marks = {"same": "%s", "removed": "[%s]", "added": "{%s}"}
    return [
        tuple("".join(marks[piece.kind] % piece.text for piece in side) for side in (pair.old, pair.new))
        for pair in pairs
    ]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", []),
        ("A b.", "A b.", [("A b.", "A b.")]),
        ("", "A b.", [("", "{A b.}")]),
        ("A b.", "", [("[A b.]", "")]),
        ("One two three.", "One four three.", [("One [two ]three.", "One {four }three.")]),
        ("a b c d\n\ne f g h", "a b c d\n\ne f x h", [("a b c d\n\n",) * 2, ("e f [g ]h", "e f {x }h")]),
        ("One.\nTwo.\nThree.\n", "Two.\nThree.\nOne.\n",
         [("[One.\n]", ""), ("Two.\n",) * 2, ("Three.\n",) * 2, ("", "{One.\n}")]),
        ("!?\n", "...", [("[!?\n]", ""), ("", "{...}")]),
        ("贩运人口是犯罪。", "贩运儿童是犯罪。", [("贩运[人口]是犯罪。", "贩运{儿童}是犯罪。")]),
        ("الاتجار بالبشر جريمة", "الاتجار بالأطفال جريمة",
         [("الاتجار [بالبشر ]جريمة", "الاتجار {بالأطفال }جريمة")]),
        ("Ничего общего", "Words of another sort", [("[Ничего общего]", ""), ("", "{Words of another sort}")]),
    ],
)  # fmt: skip
def test_pairs_of_paragraphs_and_words(old, new, pairs):
    assert told(compare(old, new)) == pairs


def test_is_same_tells_changed_pairs_from_unchanged_ones():
    same, changed = compare("One two.\nThree four five.", "One two.\nThree six five.")
    assert (same.is_same, changed.is_same) == (True, False)
    assert same == Pair((Piece("same", "One two.\n"),), (Piece("same", "One two.\n"),))


def test_a_new_paragraph_between_two_changed_ones_has_a_row_of_its_own():
    old = "The first has words.\nThe second speaks of ships.\n"
    new = "The first has other words.\nQuite new.\nThe second speaks of boats.\n"
    assert [(bool(pair.old), bool(pair.new)) for pair in compare(old, new)] == [
        (True, True), (False, True), (True, True)
    ]  # fmt: skip


def test_a_long_paragraph_is_compared_by_its_sentences():
    sentences = [f"Sentence {number} says what number {number} is. " for number in range(200)]
    old, new = "".join(sentences), "".join([*sentences[:100], "It is new. ", *sentences[100:]])
    assert len(old) > MAX_PARAGRAPH
    assert [pair.new for pair in compare(old, new) if not pair.is_same] == [(Piece("added", "It is new. "),)]


PIECES = [
    "a", "the ", "word", " ", "\n", "\n\n", "\r\n", "\t", ".", "。", "人", "口贩运", "جريمة ", "ё", "e\u0301",
    "\U0001f469\u200d\U0001f467", "-", "\u2028", "\x00", "!?", "x" * 2100, "1990 ",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_the_pieces_of_each_side_make_up_its_text(seed):
    chance = random.Random(seed)  # noqa: S311
    parts = chance.choices(PIECES, k=chance.randrange(0, 120))
    old = "".join(parts)
    for _ in range(chance.randrange(0, 30)):
        begin = chance.randrange(len(parts) + 1)
        parts[begin : begin + chance.randrange(4)] = chance.choices(PIECES, k=chance.randrange(4))
    if seed % 7 == 0:
        chance.shuffle(parts)
    new = "".join(parts)
    pairs = compare(old, new)
    assert sides(pairs) == (old, new)
    for pair in pairs:
        assert {piece.kind for piece in pair.old} <= {"same", "removed"}
        assert {piece.kind for piece in pair.new} <= {"same", "added"}
        assert [piece for piece in pair.old if piece.kind == "same"] == [p for p in pair.new if p.kind == "same"]
        assert all(piece.text for piece in (*pair.old, *pair.new))


def long_texts():
    """Return pairs of texts of 100,000 characters that are hard to compare, by name."""
    chance = random.Random(1)  # noqa: S311
    words = [f"w{number} " for number in range(2000)]
    plain = chance.choices(words, k=17_000)
    edited = [chance.choice(words) if chance.random() < 0.1 else word for word in plain]
    lines = [f"{number} line\n" for number in range(8000)]
    chinese = [chr(0x4E00 + chance.randrange(800)) for _ in range(100_000)]
    changed = [chr(0x4E00 + chance.randrange(800)) if chance.random() < 0.05 else letter for letter in chinese]
    return {
        "one paragraph": ("".join(plain), "".join(edited)),
        "nothing in common": ("".join(plain), "".join(reversed(chinese))),
        "paragraphs": ("\n".join(map("".join, zip(*[iter(plain)] * 60, strict=False))),
                       "\n".join(map("".join, zip(*[iter(edited)] * 60, strict=False)))),
        "the same line again": ("a\n" * 50_000, "a\n" * 49_000 + "b\n" * 1000),
        "two lines in turn": ("a\nb\n" * 25_000, "b\na\n" * 25_000),
        "the same word again": ("a " * 50_000, "a b " * 25_000),
        "letters": (" ".join(chance.choices("abcdefghijklmnopqrst", k=50_000)),
                    " ".join(chance.choices("abcdefghijklmnopqrst", k=50_000))),
        "lines in another order": ("".join(lines), "".join(chance.sample(lines, len(lines)))),
        "lines backwards": ("".join(lines), "".join(reversed(lines))),
        "Chinese": ("".join(chinese), "".join(changed)),
    }  # fmt: skip


@pytest.mark.parametrize("name", long_texts())
def test_long_texts_are_compared_in_bounded_time(name):
    """Compared word by word, some of these would take hours."""
    old, new = long_texts()[name]
    assert sides(compare(old, new)) == (old, new)
