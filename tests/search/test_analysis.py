"""Text analysis: how words become the terms that the index, queries and highlighting compare."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.analysis import analyze, analyze_name, exact, han_ngrams, query_terms, spelling, text_terms, tokenize
from text.words import words_of

WORDS_TO_STEM = {
    "en": ["trafficking", "nationalization", "declarations", "organizations", "exploited"],
    "fr": ["recrutement", "nationalisation", "travailleuses", "libertés"],
    "es": ["educaciones", "trabajadores", "nacionalización"],
    "ru": ["торговлей", "правами", "государственными"],
    "ar": ["والاتجار", "بالأشخاص", "المهاجرين"],
}
DECLARATION = Path(__file__).parents[2] / "../shared/corpus/udhr-six-languages.json"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "debt", "debts"), ("en", "trafficking", "trafficked"), ("en", "Debt", "debt"),
        ("en", "Trafficking", "TRAFFICKING"),
        ("fr", "dette", "dettes"), ("fr", "détte", "dette"), ("fr", "recruté", "recrutement"),
        ("es", "derecho", "derechos"), ("es", "educación", "educaciones"), ("es", "trabajador", "trabajadores"),
        ("ru", "право", "правами"), ("ru", "долг", "Долг"), ("ru", "ёлка", "елка"),
        ("ar", "كتاب", "كِتَابٌ"), ("ar", "كتاب", "كتـاب"), ("ar", "مهاجر", "المهاجرين"), ("ar", "إعلان", "اعلان"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_term(language, one, other):
    assert set(analyze(one, language)) & set(analyze(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"), [("en", "debt", "doubt"), ("ar", "كتاب", "كاتب"), ("fr", "dette", "date")]
)
def test_different_words_share_no_term(language, one, other):
    assert not set(analyze(one, language)) & set(analyze(other, language))


@pytest.mark.parametrize(
    ("word", "language"), [("the", "en"), ("And", "en"), ("des", "fr"), ("las", "es"), ("и", "ru")]
)
def test_stop_words_have_no_term_in_their_language(word, language):
    assert analyze(word, language) == ()


def test_the_script_of_a_word_outweighs_the_language_of_the_text():
    assert analyze("правами", "en") == analyze("правами", "ru")


def test_a_word_of_a_query_has_the_terms_of_all_languages_of_its_script():
    assert {*analyze("dettes", "fr"), *analyze("debts", "en")} <= query_terms("dettes") | query_terms("debts")
    assert text_terms("права") == set(analyze("права", "ru")) < query_terms("права")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_an_acronym_is_a_term_of_its_own(language):
    assert analyze("AIDS", language) == ("AIDS",)
    assert analyze("NGOs", language) == analyze("NGO", language) == ("NGO",)
    assert analyze("WHO", language) == ("WHO",)
    assert not {"AIDS", "NGO"} & {*analyze("aids", language), *analyze("Aids", language), *analyze("ngo", language)}


@pytest.mark.parametrize(
    ("typed", "found", "not_found"),
    [
        ("AIDS", ["AIDS"], ["aids", "aid", "Aids"]),
        ("aids", ["AIDS", "aids", "aid"], []),
        ("aid", ["aid", "aids"], ["AIDS"]),
        ("USSR", ["USSR"], ["ussr"]),
        ("ngos", ["NGO", "NGOs", "ngos"], []),
        ("NGO", ["NGO", "NGOs"], ["ngo"]),
        ("US", ["US"], ["us"]),
        ("оон", ["ООН", "оон"], []),
        ("onu", ["ONU", "onu"], ["ONG"]),
    ],
)
def test_capitals_mean_the_acronym_and_small_letters_either(typed, found, not_found):
    assert [word for word in found if not query_terms(typed) & text_terms(word)] == []
    assert [word for word in not_found if query_terms(typed) & text_terms(word)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S.S.R. and AIDS", ["The", "USSR", "and", "AIDS"]),
        ("AIDS", ["AIDS"]),
        ("HIV AND AIDS", ["hiv", "and", "aids"]),
        ("THE FIGHT AGAINST AIDS\nThe UN", ["the", "fight", "against", "aids", "the", "UN"]),
    ],
)
def test_texts_in_capitals_have_no_acronyms(text, words):
    assert tokenize(text)[0] == words


def test_phrases_compare_folded_spellings():
    assert [exact(word) for word in ("AIDS", "Défense", "Debts")] == ["aids", "defense", "debts"]


def test_names_are_compared_letter_by_letter():
    assert [analyze_name(word, "") for word in ("Debts", "Müller", "Kamotho")] == [
        ("debts",),
        ("muller",),
        ("kamotho",),
    ]


def test_han_characters_are_indexed_alone_and_in_pairs():
    assert list(han_ngrams("人口贩")) == [("人", 0), ("人口", 0), ("口", 1), ("口贩", 1), ("贩", 2)]
    words, positions, used = tokenize("on 人口 end", 10)
    assert list(zip(words, positions, strict=True)) == [("on", 10), ("人", 11), ("人口", 11), ("口", 12), ("end", 13)]
    assert used == 4


def test_positions_count_stop_words_too():
    words, positions, used = tokenize("the debt of a life", 5)
    assert (words, list(positions), used) == (["the", "debt", "of", "a", "life"], [5, 6, 7, 8, 9], 5)


@pytest.mark.parametrize(
    ("word", "expected"), [("Détte", "dette"), ("of", None), ("2024", None), ("人口贩", None), ("G77", "g77")]
)
def test_spelling_is_folded_and_omits_what_nobody_searches_for(word, expected):
    assert spelling(word) == expected


# A word of the Universal Declaration, and another form of it that does not occur there.
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
def test_words_of_the_declaration_match_their_other_forms(language):
    text = " ".join(json.loads(DECLARATION.read_text())[language])
    words = words_of(text.lower())
    for word, form in FORMS[language]:
        assert form not in words
        assert any(query_terms(form) & set(analyze(one, language)) for one in words), (word, form)


@pytest.fixture
def hurried_threads():
    """Let threads take turns as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried_threads")
def test_threads_that_stem_at_once_do_not_disturb_one_another():
    words = [(word, language) for language in ("en", "fr", "es", "ru", "ar") for word in WORDS_TO_STEM[language]] * 20
    expected = [analyze.__wrapped__(*pair) for pair in words]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [analyze.__wrapped__(*pair) for pair in words], range(8)))
    assert found == [expected] * 8
