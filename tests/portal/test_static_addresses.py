import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template

from portal.static_addresses import KeptAddressesStorage


@pytest.fixture
def storage(tmp_path, settings):
    """Storage of production, with one style sheet collected."""
    source, root = tmp_path / "source", tmp_path / "collected"
    source.mkdir()
    (source / "own.css").write_text("body { color: red }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], root
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.static_addresses.KeptAddressesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return KeptAddressesStorage(location=root, base_url="/static/")


def test_an_address_has_the_hash_of_the_content_and_is_made_once(storage):
    first = storage.url("own.css")
    assert first == f"/static/{storage.hashed_files['own.css']}" != "/static/own.css"
    storage.hashed_files = {}
    assert storage.url("own.css") == first


def test_the_tag_of_templates_asks_this_storage(storage):
    shown = Template("{% load static %}{% static 'own.css' %}").render(Context())
    assert shown == storage.url("own.css").replace("/static/", settings.STATIC_URL)


def test_a_file_that_was_not_collected_has_no_address(storage):
    with pytest.raises(ValueError, match=r"missing\.css"):
        storage.url("missing.css")
