"""Phrases in the language of the page around texts in another one."""

import copy

from django.template import Context, Template
from django.utils.translation import override

from text.localized import LocalizedPhrase, LocalizedText, noting_untranslated


def render(value):
    return Template("{{ value }}").render(Context({"value": value}))


def test_a_phrase_marks_a_text_in_another_language_and_is_plain_text_elsewhere():
    with override("fr"):
        phrase = LocalizedPhrase(
            "%(name)s : %(dialogue)s", {"name": "Résumé", "dialogue": LocalizedText("A & B", "en")}
        )
        assert render(phrase) == 'Résumé : <span lang="en" dir="ltr">A &amp; B</span>'
        assert f"{phrase}" == phrase == "Résumé : A & B"
        assert render(copy.copy(phrase)) == render(phrase)


def test_markup_in_a_phrase_is_escaped():
    with override("en"):
        phrase = LocalizedPhrase("<b>%(one)s</b>", {"one": "<i>100 %"})
        assert render(phrase) == "&lt;b&gt;&lt;i&gt;100 %&lt;/b&gt;"
        assert copy.copy(phrase) == "<b><i>100 %</b>"


def test_texts_that_lack_a_translation_are_noted_once_they_are_rendered():
    with override("fr"), noting_untranslated() as noted:
        render(LocalizedText("Marked", "en", is_untranslated=True))
        render(LocalizedText("A term", "en"))
        render(LocalizedText("En français", "fr", is_untranslated=True))
    assert noted == ["Marked"]
