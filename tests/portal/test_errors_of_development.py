"""With DEBUG, as `make run` has it, absent addresses have the page that readers get."""

import pytest
from django.conf import settings as project

from portal.middleware import OF_DJANGO


@pytest.fixture
def in_development(settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*project.MIDDLEWARE, "portal.middleware.NotFoundMiddleware"]


@pytest.mark.django_db
def test_an_absent_address_has_the_page_of_the_site(client, in_development):
    answer = client.get("/fr/nothing-here/")
    assert answer.status_code == 404
    assert OF_DJANGO not in answer.content
    assert b'<html lang="fr"' in answer.content


@pytest.mark.django_db
def test_without_it_django_lists_the_addresses_of_the_site(client, settings):
    settings.DEBUG = True
    assert OF_DJANGO in client.get("/nothing-here/").content
