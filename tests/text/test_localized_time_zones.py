import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from text.localized import zone_city


@pytest.mark.parametrize(
    ("language", "city"),
    [("en", "Vienna"), ("fr", "Vienne"), ("es", "Viena"), ("ru", "Вена"), ("ar", "فيينا"), ("zh-hans", "维也纳")],
)
def test_a_city_is_named_in_the_active_language(language, city):
    with translation.override(language):
        assert zone_city("Europe/Vienna") == city


def test_the_tag_names_the_city_of_the_current_time_zone():
    template = Template("{% load markup %}{% time_zone_city as city %}{{ city }} time")
    assert template.render(Context()) == "Vienna time"
    with timezone.override("Africa/Nairobi"):
        assert template.render(Context()) == "Nairobi time"


def test_a_zone_without_a_city_has_its_own_name():
    assert zone_city("UTC") == "UTC"
