import pytest
from django import urls
from django.utils.translation import override

from publishing.addresses import reverse


@pytest.mark.parametrize("code", ["en", "fr", "zh-hans"])
def test_an_address_is_that_of_the_language_of_the_page(code):
    with override(code):
        for _ in range(2):  # made, then kept
            assert reverse("dialogues:detail", ["ports"]) == urls.reverse("dialogues:detail", args=["ports"])


def test_an_address_depends_on_where_the_site_is_mounted():
    before = reverse("home")
    urls.set_script_prefix("/portal/")
    try:
        assert reverse("home") == "/portal/"
    finally:
        urls.clear_script_prefix()
    assert reverse("home") == before == "/"


def test_an_address_is_found_by_its_arguments_and_its_query():
    assert reverse("dialogues:detail", ["one"]) != reverse("dialogues:detail", ["two"])
    assert reverse("dialogues:list", query={"series": "a&b"}) == "/dialogues/?series=a%26b"
    with pytest.raises(urls.NoReverseMatch):
        reverse("dialogues:detail", ["no/such/page"])
