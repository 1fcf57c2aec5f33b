import pytest
from django.contrib.staticfiles import storage as staticfiles
from django.template import Context, Template

from portal.static_addresses import KeptAddressesStorage


@pytest.fixture
def storage(tmp_path):
    """Storage of production, with one style sheet collected."""
    (tmp_path / "own.css").write_text("body { color: red }")
    # Not by the settings: Django would forget all storages, and the fields of models keep the old ones.
    made = KeptAddressesStorage(location=tmp_path, base_url="/static/")
    assert [hashed for _name, hashed, _done in made.post_process({"own.css": (made, "own.css")}) if hashed]
    return made


def test_an_address_has_the_hash_of_the_content_and_is_made_once(storage):
    first = storage.url("own.css")
    assert first == f"/static/{storage.hashed_files['own.css']}" != "/static/own.css"
    storage.hashed_files = {}
    assert storage.url("own.css") == first


def test_the_tag_of_templates_asks_this_storage(storage, monkeypatch):
    monkeypatch.setattr(staticfiles, "staticfiles_storage", storage)
    assert Template("{% load static %}{% static 'own.css' %}").render(Context()) == storage.url("own.css")


def test_a_file_that_was_not_collected_has_no_address(storage):
    with pytest.raises(ValueError, match=r"missing\.css"):
        storage.url("missing.css")
