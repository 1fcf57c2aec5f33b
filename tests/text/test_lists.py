"""Lists in one line, with the commas of their script."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from text.lists import between_sentences, colon, comma, detail_comma, full_stop, in_brackets, joined, space_before


@pytest.mark.parametrize(
    ("parts", "mark", "text"),
    [
        (["Vienna", "", None, "Austria"], ",", "Vienna, Austria"),
        (["القاهرة", "مصر"], ",", "القاهرة، مصر"),
        (["القاهرة", "مصر"], ";", "القاهرة؛ مصر"),
        (["北京", "中国"], ",", "北京、中国"),
        (["北京", "中国"], ";", "北京；中国"),
        (["فيينا (Vienna)", "Austria"], ",", "فيينا (Vienna), Austria"),
        (["One"], ",", "One"),
        ([], ",", ""),
    ],
)
def test_after_a_text_follows_the_mark_of_its_script(parts, mark, text):
    assert joined(parts, mark) == text


@pytest.mark.parametrize(("language", "text"), [("en", "1, 2"), ("ar", "1، 2"), ("zh-hans", "1、2"), ("ru", "1, 2")])
def test_numbers_are_separated_as_in_the_language_of_the_page(language, text):
    with override(language):
        assert joined([1, 2]) == text
        assert f"1{comma()}2" == text


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Paper, PDF"), ("ar", "Paper، PDF"), ("fr", "Paper, PDF"), ("zh-hans", "Paper，PDF")]
)
def test_a_detail_follows_the_comma_that_no_list_has_in_chinese(language, text):
    with override(language):
        assert f"Paper{detail_comma()}PDF" == text


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Type: one"), ("ar", "Type: one"), ("fr", "Type\xa0: one"), ("zh-hans", "Type：one")]
)
def test_a_colon_is_that_of_the_language_of_the_page(language, text):
    with override(language):
        assert f"Type{colon()}one" == text


@pytest.mark.parametrize(("language", "text"), [("en", "One. Two"), ("ar", "One. Two"), ("zh-hans", "One。Two")])
def test_a_full_stop_is_that_of_the_language_of_the_page(language, text):
    with override(language):
        assert f"One{full_stop()}Two" == text


@pytest.mark.parametrize(("language", "text"), [("en", "One. Two."), ("ar", "One. Two."), ("zh-hans", "One.Two.")])
def test_a_space_separates_sentences_except_in_chinese(language, text):
    with override(language):
        assert f"One.{between_sentences()}Two." == text


@pytest.mark.parametrize(
    ("what", "text"), [("people", "61 people"), ("شخصًا", "61 شخصًا"), ("人现场出席", "61人现场出席")]
)
def test_a_space_separates_a_number_from_a_word_except_from_a_chinese_one(what, text):
    with override("zh-hans"):
        assert f"61{space_before(what)}{what}" == text


@pytest.mark.parametrize(("language", "text"), [("en", "R&D (2)"), ("fr", "R&D (2)"), ("zh-hans", "R&D（2）")])
def test_brackets_of_plain_text_are_those_of_the_language_of_the_page(language, text):
    with override(language):
        assert f"R&D{in_brackets(2)}" == text


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Day &lt; (one)"), ("ar", "Day &lt; (one)"), ("zh-hans", "Day &lt;（one）")]
)
def test_brackets_are_those_of_the_language_of_the_page(language, text):
    template = Template("{% load markup %}{{ day }}{% brackets %}{{ note }}{% endbrackets %}")
    with override(language):
        assert template.render(Context({"day": "Day <", "note": "one"})) == text
