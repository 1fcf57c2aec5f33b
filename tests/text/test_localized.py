import copy
import json
import pickle

import pytest
from django.template import Context, Template
from django.utils.html import conditional_escape
from django.utils.translation import override

from text.localized import LocalizedText, content_language, direction, direction_of, isolated

FRENCH, ARABIC = LocalizedText("Frais", "fr"), LocalizedText("رسوم", "ar")


def rendered(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize(("interface", "content"), [("en", "en"), ("zh-hans", "zh"), ("ar", "ar"), (None, "en")])
def test_content_language_is_a_code_of_the_content(interface, content):
    with override(interface):
        assert content_language() == content


def test_direction_is_that_of_the_content_language():
    assert [direction(code) for code in ("ar", "zh", "en", "fr", "ru", "es")] == ["rtl", *["ltr"] * 5]


def test_text_in_the_language_of_the_page_is_not_marked():
    with override("fr"):
        assert rendered("{{ name }}", name=FRENCH) == "Frais"
    with override("zh-hans"):
        assert rendered("{{ name }}", name=LocalizedText("费用", "zh")) == "费用"


def test_text_in_another_language_is_marked():
    with override("ar"):
        assert rendered("{{ name }}", name=FRENCH) == '<span lang="fr" dir="ltr">Frais</span>'
    with override("en"):
        assert rendered("{{ name }}", name=ARABIC) == '<span lang="ar" dir="rtl">رسوم</span>'


def test_text_is_marked_inside_a_translated_sentence():
    template = "{% blocktranslate with topic=name %}About {{ topic }}{% endblocktranslate %}"
    with override("en"):
        assert rendered(template, name=FRENCH) == 'About <span lang="fr" dir="ltr">Frais</span>'


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markup_in_the_text_is_escaped(language):
    with override("en"):
        assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in rendered("{{ name }}", name=LocalizedText("<b>A & B</b>", language))


def test_an_empty_text_leaves_no_empty_element():
    with override("en"):
        assert rendered("{{ name }}", name=LocalizedText("", "fr")) == ""


def test_text_without_markup_for_attributes_and_data():
    with override("en"):
        assert rendered('<a title="{{ name.text }}">', name=FRENCH) == '<a title="Frais">'
        assert (type(FRENCH.text), FRENCH.text) == (str, "Frais")
        assert json.dumps(FRENCH) == '"Frais"'
        assert f"{FRENCH}!" == "Frais!"


def test_copies_keep_the_language():
    for other in (copy.copy(ARABIC), copy.deepcopy(ARABIC), pickle.loads(pickle.dumps(ARABIC))):  # noqa: S301
        assert (other, other.language) == ("رسوم", "ar")


def test_a_text_is_set_apart_where_directions_meet():
    assert isolated("2026 Dialogue") == "2026 Dialogue"
    assert isolated("حوار") == "\u2068حوار\u2069"
    with override("ar"):
        assert isolated("2026 Dialogue") == "\u20682026 Dialogue\u2069"
    with override("ru"):
        assert isolated("Диалог") == "Диалог"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Colombia, الحوار البنّاء الثاني", "rtl"),
        ("الحوار البنّاء الثاني", "rtl"),
        ("He said “نعم” and left the room", "auto"),
        ("2024: dialogue", "auto"),
        ("", "auto"),
    ],
)
def test_most_letters_decide_the_direction_of_a_text_in_two_scripts(text, side):
    assert direction_of(text) == side


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("关于招聘费和债务质役的示例对话", ["关于招聘费", "和债务质役的", "示例对话"]),
        ("偷运移民问题第三次建设性对话", ["偷运移民问题", "第三次建设性对话"]),
        ("国际合作和技术援助问题首次建设性对话", ["国际合作", "和技术援助问题", "首次建设性对话"]),
        ("以切除器官为目的的贩运人口", ["以切除器官为目的的", "贩运人口"]),
        ("共和国的和平参与", ["共和国的", "和平参与"]),
        ("参与情况", ["参与情况"]),
        ("各国与民间社会就招聘债务交流经验", ["各国与民间社会", "就招聘债务交流经验"]),
        ("劳动者的就业成就", ["劳动者的", "就业成就"]),
    ],
)
def test_lines_of_a_chinese_title_end_between_words(title, pieces):
    with override("zh-hans"):
        text = LocalizedText(title, "zh")
        assert conditional_escape(text) == "<wbr>".join(pieces)
        assert text.text == title
        assert conditional_escape(LocalizedText(title, "en")).endswith(f">{title}</span>")
