"""Splitting text into words; folding, ignoring and counting them."""

import pytest

from text.words import (
    LATIN,
    STOP_WORDS,
    count_words,
    fold,
    fold_in_place,
    is_acronym,
    is_stop_word,
    languages_of,
    quieten,
    word_places,
    words_of,
)


def test_the_script_limits_the_languages_of_a_word():
    assert [languages_of(word) for word in ("долг", "دين", "人口", "debt")] == [
        ("ru",), ("ar",), ("zh",), LATIN
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.N. resolution 3.5 (2024)", ["UN", "resolution", "3", "5", "2024"]),
        ("U.S.S.R., e.g. the U.S.-led", ["USSR", "eg", "the", "US", "led"]),
        ("С.С.С.Р. م.ت.ف", ["СССР", "متف"]),
        ("Ph.D. J. A.B.Smith 1.2.3 人.口", ["Ph", "D", "J", "AB", "Smith", "1", "2", "3", "人", "口"]),
        ("Co-operation, re\u2011election, pre-empt, E-mails", ["Cooperation", "reelection", "preempt", "Emails"]),
        ("co-chair, re-use, e-waste, eco-oil", ["co", "chair", "re", "use", "e", "waste", "eco", "oil"]),
        ("l’esclavage, a_b", ["l", "esclavage", "a", "b"]),
        ("de\u0301tte كِتَابٌ", ["de\u0301tte", "كِتَابٌ"]),
        ("人口贩运 and 人", ["人口贩运", "and", "人"]),
        ("!?…\x00\x1b", []),
    ],
)
def test_words_of(text, words):
    assert words_of(text) == words


def test_the_places_of_words_include_the_stops_of_acronyms():
    text = "The U.S.S.R., in 人口."
    assert [(word, text[start:stop]) for word, start, stop in word_places(text)] == [
        ("The", "The"), ("USSR", "U.S.S.R"), ("in", "in"), ("人口", "人口")
    ]  # fmt: skip


def test_the_places_of_words_include_the_hyphens_of_prefixes():
    text = "The co-operation of a co-chair"
    assert [(word, text[start:stop]) for word, start, stop in word_places(text)] == [
        ("The", "The"), ("cooperation", "co-operation"), ("of", "of"), ("a", "a"), ("co", "co"), ("chair", "chair")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("DÉTTE", "dette"), ("de\u0301tte", "dette"), ("ЁЛКА", "елка"), ("Мой", "мой"), ("إلى", "الي"),
        ("Straße", "strasse"), ("Ørsted", "orsted"), ("Łódź", "lodz"), ("Đoković", "dokovic"), ("ırmak", "irmak"),
        ("İstanbul", "istanbul"), ("Œuvre", "oeuvre"), ("Þór", "thor"), ("Nguyễn", "nguyen"), ("Αθήνα", "αθηνα"),
        ("Ｇ７７", "g77"), ("ﬁnance", "finance"), ("كِتَابٌ", "كتاب"),
    ],
)  # fmt: skip
def test_fold_returns_lower_case_without_accents(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize("text", ["DÉTTE of İstanbul", "Straße", "Œuvre", "ЁЛКА", "إلى الأسرة", "plain"])
def test_fold_in_place_moves_no_character(text):
    folded = fold_in_place(text)
    assert len(folded) == len(text)
    assert folded.isascii() or folded == folded.lower()


@pytest.mark.parametrize("word", ["the", "And", "des", "les", "las", "и", "который", "في"])
def test_a_stop_word_of_any_language_is_a_stop_word(word):
    assert is_stop_word(word)


@pytest.mark.parametrize(
    "word",
    """debt state states member members right rights world women group work mine mines sea era year people nation
    nations dette droit droits force pays monde dette personnes estado estados sentido trabajo guerra país derecho
    acuerdo долг война мир страна Россия народ женщина право труд دولة حقوق سنة WHO US IT AND""".split(),  # noqa: SIM905
)
def test_words_with_a_meaning_are_not_stop_words(word):
    assert not is_stop_word(word)


def test_each_language_has_stop_words_in_small_letters():
    assert all(len(words) > 80 for words in STOP_WORDS.values())
    assert [
        word for words in STOP_WORDS.values() for word in words if word != word.lower() or words_of(word) != [word]
    ] == []


@pytest.mark.parametrize("word", ["AIDS", "UN", "NGOs", "UNESCO", "ООН", "ÉU"])
def test_acronyms(word):
    assert is_acronym(word)


@pytest.mark.parametrize("word", ["Aids", "aids", "A", "As", "TRAFFICKING", "G77", "NGO1", "人口", "حقوق", "s", ""])
def test_other_words_are_no_acronyms(word):
    assert not is_acronym(word)


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("THE FIGHT AGAINST AIDS", "the fight against aids"),
        ("HIV AND AIDS", "hiv and aids"),
        ("AIDS", "AIDS"),
        ("The AIDS, HIV, UN, EU, AU and", "The AIDS, HIV, UN, EU, AU and"),
        ("UN MINUSTAH in", "UN MINUSTAH in"),
        ("OPENING OF THE SESSION\nThe UN met.", "opening of the session\nthe UN met."),
        ("قال AIDS في", "قال AIDS في"),
        ("İSTANBUL AND MORE WORDS", "İstanbul and more words"),
    ],
)
def test_texts_in_capitals_become_quiet_and_acronyms_stay(text, quiet):
    assert quieten(text) == quiet
    assert len(quiet) == len(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("  \n … — !", 0),
        ("The sea keeps no records.", 5),
        ("well-known, don't, l’eau, U.N.", 4),
        ("Article 12.3 of 2024", 4),
        ("人口贩运", 4),
        ("人口贩运 in Lagos 2024 年", 8),
        ("تهريب المهاجرين", 2),
        ("مُحَمَّدٌ كَتَبَ رِسَالَةً", 3),  # with vowel signs, which are separate characters
        ("за\u0301мок и замо\u0301к", 3),
        ("cafe\u0301 crème", 2),
        ("snake_case", 2),
        ("one\u00a0two\u3000three", 3),
    ],
)
def test_words_are_counted_in_each_language(text, number):
    assert count_words(text) == number
