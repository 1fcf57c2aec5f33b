"""A NUL character in an address gets an answer. PostgreSQL refuses a text with one, where SQLite just finds nothing."""

import re

import pytest
from django.urls import URLResolver, get_resolver

from tests import build

pytestmark = pytest.mark.django_db

PARAMETER = re.compile(r"<(\w+):\w+>")
TEXTS = ("str", "slug", "path")  # kinds of parameters that a text fits
VALUES = {"int": "1", "uuid": "b3ab8ab2-54a6-4f40-8e58-a1de2c7ef7e5"}
NAMES = ("q", "record", "page", "with", "kind", "language", "dialogue", "series", "topic", "organization", "paragraph")
OTHERS = ("admin/", "accounts/")  # Django's and allauth's


def routes_of(resolver, before=""):
    """Yield the route of each page, with its parameters."""
    for pattern in resolver.url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes_of(pattern, route)
        elif "(" not in route and not route.startswith(OTHERS):
            yield route


ROUTES = sorted(set(routes_of(get_resolver())))


def address_of(route, text):
    """Return an address of a route, with this text for each parameter that a text fits."""
    return "/" + PARAMETER.sub(lambda found: text if found[1] in TEXTS else VALUES[found[1]], route)


@pytest.fixture
def superuser(browser_of):
    """A browser in which someone is signed in who may open every page."""
    return browser_of(build.user("all@example.org", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("text", ["a%00b", "topic-1%00"])
def test_in_an_address_it_leads_nowhere(superuser, text):
    routes = [route for route in ROUTES if any(f"<{kind}:" in route for kind in TEXTS)]
    assert len(routes) > 50
    answers = {route: superuser.get(address_of(route, text), follow=True).status_code for route in routes}
    assert {route: status for route, status in answers.items() if status != 404} == {}


def test_in_a_query_it_is_no_error_of_the_server(superuser):
    query = "&".join(f"{name}=a%00b" for name in NAMES)
    answers = {route: superuser.get(f"{address_of(route, 'topic')}?{query}").status_code for route in ROUTES}
    assert {route: status for route, status in answers.items() if status >= 500} == {}
    assert list(answers.values()).count(200) > 30
