from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from text.localized import zone_city
from text.templatetags.markup import utc_offset


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


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Europe/Vienna", "+2"), ("Asia/Kolkata", "+5:30"), ("America/St_Johns", "−2:30"), ("UTC", "+0")],
)
def test_the_offset_from_utc_is_written_without_zeros(zone, offset):
    with timezone.override(zone):
        assert utc_offset(datetime(2026, 7, 1, 12, tzinfo=UTC)) == offset
