"""Words that are right in a search language."""

import json
from pathlib import Path

import pytest

from search.right_words import is_right_word
from text.words import is_stop_word, words_of

DECLARATION = Path(__file__).parents[2] / "../shared/corpus/udhr-six-languages.json"
RIGHT = {
    "en": "untied labour labor organisation traffickers peacekeepers Slavery",
    "fr": "esclavage dettes dignité travailleuses égaux palestiniens palestiniennes recruteuses trafiquantes",
    "es": "esclavitud esclavitudes derechos mujeres libertades casarse trabajadoras migración",
    "ru": "рабство рабствами эксплуатация дискриминации Правами ёлка елка",
    "ar": "حقوق والحقوق بالحقوق حقوقهم الزواج للعمل",
}
WRONG = {
    "en": "unted recieve goverment millenium trafiking rigths",
    "fr": "esclavgae dettse exploitaiton trafiquens victiems palestinens",
    "es": "esclavtud drechos",
    "ru": "рабсвто экплуатация праваим",
    "ar": "الحقوك",
}


@pytest.mark.parametrize(("language", "word"), [(one, word) for one in RIGHT for word in RIGHT[one].split()])
def test_right_words(language, word):
    assert is_right_word(word)


@pytest.mark.parametrize(("language", "word"), [(one, word) for one in WRONG for word in WRONG[one].split()])
def test_misspelled_words(language, word):
    assert not is_right_word(word)


def test_chinese_is_not_judged():
    assert not is_right_word("人口")


@pytest.mark.parametrize("language", RIGHT)
@pytest.mark.skipif(not DECLARATION.exists(), reason="needs the shared corpus, ../shared/corpus")
def test_nearly_all_words_of_the_declaration_are_right(language):
    texts = json.loads(DECLARATION.read_text())[language]
    words = {word for text in texts for word in words_of(text) if len(word) > 3 and not is_stop_word(word)}
    assert sum(map(is_right_word, words)) > 0.95 * len(words)
