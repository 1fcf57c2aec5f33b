"""Numbers and shares in the languages of the pages."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from text.numbers import grouped, percentage


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "12,474"),
        ("fr", "12\u202f474"),
        ("es", "12.474"),
        ("ru", "12\xa0474"),
        ("zh-hans", "12,474"),
        ("ar", "12\xa0474"),
    ],
)
def test_a_number_has_the_separators_of_the_language(language, shown):
    with override(language):
        assert str(grouped(12474)) == shown
        assert str(grouped(474)) == "474"


def test_a_page_chooses_the_plural_by_the_number_and_shows_it_with_separators():
    words = "{% blocktranslate count n=total|grouped %}{{ n }} result{% plural %}{{ n }} results{% endblocktranslate %}"
    template = Template("{% load markup %}" + words)
    assert template.render(Context({"total": 2474})) == "2,474 results"
    assert template.render(Context({"total": 1})) == "1 result"


@pytest.mark.parametrize(
    ("share", "shown"), [
        (0, "0%"), (0.001, "<1%"), (0.0051, "1%"), (0.014, "1%"), (0.966, "97%"), (0.994, "99%"),
        (0.9976, ">99%"), (1, "100%"),
    ],
)  # fmt: skip
def test_a_share_between_nothing_and_the_whole_is_never_shown_as_either(share, shown):
    assert percentage(share) == shown


def test_a_small_share_keeps_its_sign_in_a_text_from_right_to_left():
    with override("ar"):
        shown = percentage(0.001)
        assert (shown[:2], shown[-1]) == ("\u2066<", "\u2069")
        assert percentage(0.999).startswith("\u2066>")
        assert percentage(0.5).lstrip("\u200e").startswith("50%")
