"""The Universal Declaration in six languages is found by forms of words that its text does not have."""

import json
import re
from pathlib import Path

import pytest
from haystack import connections

from tests.sample import index_at, turn_index_to
from tests.search.notes import Note, hits, put
from text.words import fold

DECLARATION = Path(__file__).parents[3].parent / "shared/corpus/udhr-six-languages.json"
pytestmark = pytest.mark.skipif(not DECLARATION.exists(), reason="needs the shared corpus, ../shared/corpus")

NUMBERS = {"ar": 1, "en": 2, "es": 3, "fr": 4, "ru": 5, "zh": 6}
FORMS = {  # forms that do not occur in the text of their language
    "ar": ["للحقوق", "تعليمها", "قانونه", "زواجهما", "بحرياتهم", "أسرهم"],
    "en": ["slaveries", "tortured", "educations", "dignities", "punishing", "governments"],
    "es": ["esclavitudes", "tortura", "familias", "matrimonios", "educaciones", "reconocimientos"],
    "fr": ["esclavages", "tortures", "dignités", "mariages", "mariés", "nationalités"],
    "ru": ["рабствами", "пытками", "достоинствами", "браками", "образованиями", "семьям"],
}
FOLDED = [
    ("fr", "dignite", "dignité"), ("fr", "DIGNITÉ", "dignité"), ("fr", "dignite\u0301", "dignité"),
    ("fr", "egaux", "égaux"), ("es", "educacion", "educación"), ("es", "opresion", "opresión"),
    ("es", "tiranía", "tiranía"), ("es", "TIRANIA", "tiranía"), ("en", "dígnity", "dignity"),
    ("ar", "الإنسان", "الإنسان"), ("ar", "الانسان", "الإنسان"), ("ar", "الإِنْسَان", "الإنسان"),
    ("ar", "الأنسان", "الإنسان"),
    ("ar", "الأســرة", "الأسرة"), ("ar", "الاسره", "الأسرة"), ("ar", "حُقُوق", "حقوق"),
    ("ru", "СВОБОДЫ", "свободы"),
]  # fmt: skip
HAN = [
    ("人权", True), ("世界人权宣言", True), ("联合国", True), ("法", True), ("奴", True), ("任何人不得使为奴隶", True),
    ("“人权 自由”", False), ("人权*", True), ("权人宣", False), ("猫", False), ("人权 NOT 自由", False),
    ("人权 OR 猫", True),
]  # fmt: skip


@pytest.fixture(scope="module")
def texts():
    return json.loads(DECLARATION.read_text())


@pytest.fixture(scope="module")
def written_once(texts, tmp_path_factory):
    """The folder of an index with all six, which the tests only read."""
    folder = tmp_path_factory.mktemp("six") / "index"
    with index_at(folder):
        notes = (Note(NUMBERS[one], [(text, one) for text in texts[one]], language=one) for one in NUMBERS)
        put(connections["default"].get_backend(), *notes)
    return folder


@pytest.fixture
def six(request, backend):
    """The engine, with that index."""
    turn_index_to(request.getfixturevalue("written_once"))  # not before it is known that the engine is ours
    return connections["default"].get_backend()


@pytest.mark.parametrize(("language", "line"), [(one, line) for one in FORMS for line in FORMS[one]])
def test_a_word_is_found_by_its_other_forms(six, texts, language, line):
    text = " ".join(texts[language]).lower()
    assert not re.search(rf"\b{line}\b", text)
    assert NUMBERS[language] in hits(six, line)


@pytest.mark.parametrize(("language", "typed", "written"), FOLDED)
def test_accents_vowel_signs_and_forms_of_alef_do_not_count(six, texts, language, typed, written):
    assert written in " ".join(texts[language])
    assert fold(typed) == fold(written)
    assert NUMBERS[language] in hits(six, typed)


@pytest.mark.parametrize(("line", "is_found"), HAN)
def test_chinese_is_found_by_phrases_and_single_characters(six, line, is_found):
    assert hits(six, line) == ([NUMBERS["zh"]] if is_found else [])


@pytest.mark.parametrize("language", NUMBERS)
def test_a_sentence_ranks_its_declaration_first_and_as_a_phrase_finds_no_other(six, texts, language):
    sentence = max(texts[language], key=lambda text: len(text) if len(text) < 140 else 0)
    assert hits(six, sentence)[0] == NUMBERS[language]
    assert hits(six, f'"{sentence}"') == [NUMBERS[language]]


@pytest.mark.parametrize(
    ("line", "language"),
    [("уставом", "ru"), ("القانون", "ar"), ("宪章", "zh"), ("marriage", "en"), ("mariage", "fr"), ("matrimonio", "es")],
)
def test_a_word_of_one_language_finds_that_declaration_only(six, line, language):
    assert hits(six, line) == [NUMBERS[language]]


@pytest.mark.parametrize("line", ["Estados", "Estado", "ningún Estado", '"Estados Miembros"'])
def test_estado_is_no_stop_word_in_spanish(six, line):
    assert NUMBERS["es"] in hits(six, line)


def test_a_stem_of_one_language_finds_no_text_in_another(backend):
    notes = [Note(1, "they sat down"), Note(2, "the great Satan"), Note(3, "un sat", language="es")]
    notes += [Note(4, "a sat"), Note(5, "a sat")]  # sat is the Spanish stem of Satan
    notes[3].document["language"] = ["en", "es"]
    notes[4].document["language"] = []
    put(backend, *notes)
    assert set(hits(backend, "Satan")) == {2, 3, 4, 5}
    assert set(hits(backend, "sat")) == {1, 3, 4, 5}
    assert set(hits(backend, "satans")) == {2}


def test_a_word_in_latin_letters_in_a_text_in_another_script_has_its_english_stem(backend):
    put(backend, *(Note(pk, "Quaggas", language=one) for pk, one in enumerate(["ar", "ru", "zh", "en"], 1)))
    put(backend, Note(5, "Satans", language="ru"), Note(6, "sat", language="ru"))
    assert set(hits(backend, "quagga")) == {1, 2, 3, 4}
    assert hits(backend, "Satan") == [5]
