"""Time zones by the city that readers know them by."""

from babel.dates import get_timezone_location
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language


def zone_city(name: str) -> str:
    """Return the city of a time zone (`Europe/Vienna`) in the active language: Vienna, Вена."""
    return get_timezone_location(name, locale=get_language()[:2], return_city=True)


def current_zone_city() -> str:
    """Return the city of the time zone in which templates render times."""
    return zone_city(get_current_timezone_name())
