"""Tags and filters that keep what they made render the same as those of Django."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine
from django.utils import timezone, translation
from django.utils.html import format_html

KEEPING = Engine(builtins=["text.templatetags.kept"])
DJANGO = Engine(builtins=["django.templatetags.i18n"])
LANGUAGES = ["en", "ar", "zh-hans", "fr", None]

TEMPLATES = [
    '{% translate "Dialogues" %}',
    "{% trans 'Menu' %}",
    '{% translate "100%" %}',
    '{% translate "<b>" %}',
    '{% translate "Menu" noop %}',
    '{% translate "Menu"|upper %}',
    '{% translate "Menu" as word %}-{{ word }}-',
    '{% translate "May" context "month" %}',
    "{% translate words %}",
    '{% autoescape off %}{% translate "<b>" %}{% endautoescape %}',
    "{% blocktranslate %}Menu{% endblocktranslate %}",
    "{% blocktranslate trimmed %}\n  {{ words }}\n  50% of {{ html }}\n{% endblocktranslate %}",
    "{% blocktrans with one=words %}{{ one }}, {{ absent }}{% endblocktrans %}",
    "{% blocktranslate count n=number %}{{ n }} {{ words }}{% plural %}{{ n }} {{ html }}s{% endblocktranslate %}",
    "{% blocktranslate asvar text %}{{ words }}{% endblocktranslate %}-{{ text }}-",
    '{{ day|date:"DATE_FORMAT" }}',
    '{{ day|date }} {{ day|date:"D j F" }}',
    '{{ moment|date:"DATETIME_FORMAT" }}',
    '{{ nothing|date:"Y" }}{{ words|date:"Y" }}',
    "{% get_current_language as code %}{{ code }}",
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_kept_texts_are_those_of_django(source):
    kept, own = KEEPING.from_string(source), DJANGO.from_string(source)
    for language in [*LANGUAGES, *LANGUAGES]:
        for number in (1, 2):
            variables = {
                "words": f"a <{number}", "html": format_html("<i>{}</i>", number), "number": number,
                "day": date(2026, 3, number), "moment": datetime(2026, 3, number, 23, 30, tzinfo=UTC), "nothing": None,
            }  # fmt: skip
            with translation.override(language):
                assert kept.render(Context(variables)) == own.render(Context(variables)), (language, number)


def test_the_same_moment_is_another_day_in_another_zone():
    template = KEEPING.from_string('{{ moment|date:"j" }}')
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    found = []
    for zone in ("Asia/Tokyo", "America/Lima"):
        with timezone.override(zone):
            found.append(template.render(Context({"moment": moment}, use_tz=True)))
    assert found == ["2", "1"]
