"""How words become terms; what the index, queries and marking share."""

import json
from pathlib import Path

import pytest

from search.analysis import characters, name_of, spelling_of, terms_of, variants, words_and_places
from text.folding import fold, fold_in_place, languages_of, words_of
from text.stop_words import is_stop_word

DECLARATION = Path(__file__).parents[2] / "../shared/corpus/udhr-six-languages.json"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "debt", "debts"), ("en", "trafficking", "trafficked"), ("en", "Debt", "DEBT"),
        ("fr", "dette", "dettes"), ("fr", "détte", "dette"), ("fr", "recruté", "recrutement"),
        ("es", "derecho", "derechos"), ("es", "educación", "educaciones"), ("es", "trabajador", "trabajadores"),
        ("ru", "право", "правами"), ("ru", "долг", "ДОЛГ"), ("ru", "ёлка", "елка"),
        ("ar", "كتاب", "كِتَابٌ"), ("ar", "كتاب", "كتـاب"), ("ar", "مهاجر", "المهاجرين"), ("ar", "إعلان", "اعلان"),
    ],
)  # fmt: skip
def test_words_that_are_one_to_a_reader_share_a_term(language, one, other):
    assert set(terms_of(one, language)) & set(terms_of(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"), [("en", "debt", "doubt"), ("ar", "كتاب", "كاتب"), ("fr", "dette", "date")]
)
def test_different_words_share_none(language, one, other):
    assert not set(terms_of(one, language)) & set(terms_of(other, language))


@pytest.mark.parametrize(
    ("word", "language"), [("the", "en"), ("AND", "en"), ("des", "fr"), ("las", "es"), ("и", "ru")]
)
def test_common_words_have_no_term_in_their_language(word, language):
    assert terms_of(word, language) == ()
    assert is_stop_word(word)


def test_the_script_says_whose_word_it_is_whatever_the_text():
    assert [languages_of(word) for word in ("долг", "دين", "人口", "debt")] == [
        ("ru",), ("ar",), ("zh",), ("en", "fr", "es")
    ]  # fmt: skip
    assert terms_of("правами", "en") == terms_of("правами", "ru")


def test_a_query_s_word_may_have_been_meant_in_any_language_of_its_script():
    assert {*terms_of("dettes", "fr"), *terms_of("debts", "en")} <= variants("dettes") | variants("debts")
    assert variants("права") == set(terms_of("права", "ru"))


def test_names_are_compared_by_their_letters():
    assert [name_of(word, "") for word in ("Debts", "Müller", "Kamotho")] == [("debts",), ("muller",), ("kamotho",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.N. resolution 3.5 (2024)", ["U", "N", "resolution", "3", "5", "2024"]),
        ("l’esclavage, a_b", ["l", "esclavage", "a", "b"]),
        ("de\u0301tte كِتَابٌ", ["de\u0301tte", "كِتَابٌ"]),
        ("人口贩运 and 人", ["人口贩运", "and", "人"]),
        ("!?…\x00\x1b", []),
    ],
)
def test_a_text_is_cut_into_words(text, words):
    assert words_of(text) == words


def test_han_characters_stand_alone_and_in_pairs():
    assert list(characters("人口贩")) == [("人", 0), ("人口", 0), ("口", 1), ("口贩", 1), ("贩", 2)]
    words, places, taken = words_and_places("on 人口 end", 10)
    assert list(zip(words, places, strict=True)) == [("on", 10), ("人", 11), ("人口", 11), ("口", 12), ("end", 13)]
    assert taken == 4


def test_places_count_every_word():
    words, places, taken = words_and_places("the debt of a life", 5)
    assert (words, list(places), taken) == (["the", "debt", "of", "a", "life"], [5, 6, 7, 8, 9], 5)


def test_folding_leaves_small_letters_without_accents():
    assert [fold(word) for word in ("DÉTTE", "de\u0301tte", "ЁЛКА", "إلى")] == ["dette", "dette", "елка", "الي"]


@pytest.mark.parametrize("text", ["DÉTTE of İstanbul", "Straße", "ЁЛКА", "إلى الأسرة", "plain"])
def test_folding_in_place_moves_no_character(text):
    folded = fold_in_place(text)
    assert len(folded) == len(text)
    assert folded.isascii() or folded == folded.lower()


@pytest.mark.parametrize(
    ("word", "spelling"), [("Détte", "dette"), ("of", None), ("2024", None), ("人口贩", None), ("G77", "g77")]
)
def test_what_is_offered_to_who_types(word, spelling):
    assert spelling_of(word) == spelling


# A word of the Declaration as it stands there, and the same in a form that stands nowhere in it.
FORMS = {
    "ar": [("حقوق", "بالحقوق"), ("الزواج", "زواجهم"), ("التعليم", "تعليم"), ("القانون", "قانونه"), ("العمل", "عملهم")],
    "en": [("slavery", "slaveries"), ("torture", "tortured"), ("education", "educations"), ("dignity", "dignities"),
           ("employment", "employments")],
    "es": [("esclavitud", "esclavitudes"), ("torturas", "tortura"), ("familia", "familias"),
           ("matrimonio", "matrimonios"), ("trabajo", "trabajos")],
    "fr": [("esclavage", "esclavages"), ("torture", "tortures"), ("dignité", "dignités"), ("mariage", "mariages"),
           ("travail", "travails")],
    "ru": [("рабстве", "рабствами"), ("пыткам", "пытками"), ("достоинства", "достоинствами"), ("брак", "браками"),
           ("труд", "трудами")],
}  # fmt: skip


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.skipif(not DECLARATION.exists(), reason="needs the shared corpus, ../shared/corpus")
def test_the_declaration_s_words_are_found_in_other_forms(language):
    text = " ".join(json.loads(DECLARATION.read_text())[language])
    words = words_of(text.lower())
    for word, form in FORMS[language]:
        assert form not in words
        assert any(variants(form) & set(terms_of(one, language)) for one in words), (word, form)
