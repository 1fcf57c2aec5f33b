import pytest
from django import urls
from django.template import Context, Template
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


def rendered(source, **context):
    return Template(source).render(Context(context))


def test_the_tag_gives_the_address_that_django_gives():
    for code in ("en", "fr"):
        with override(code):
            for _ in range(2):  # made, then kept
                assert rendered("{% url 'dialogues:detail' slug %}", slug="ports") == urls.reverse(
                    "dialogues:detail", args=["ports"]
                )
    assert rendered("{% url 'dialogues:detail' slug=slug as at %}<{{ at }}>", slug="ports") == "</dialogues/ports/>"
    assert rendered("{% url 'dialogues:detail' slug as at %}<{{ at }}>", slug="ports") == "</dialogues/ports/>"
    assert rendered("{% url 'no-such-name' as at %}<{{ at }}>") == "<>"
    with pytest.raises(urls.NoReverseMatch):
        rendered("{% url 'no-such-name' %}")


def test_the_tag_escapes_an_address_where_the_context_does():
    source = "{% url 'desk:history' key %}"
    address = "/desk/history/a'b/"
    assert rendered(source, key="a'b") == address.replace("'", "&#x27;")
    assert rendered("{% autoescape off %}" + source + "{% endautoescape %}", key="a'b") == address
    named = "{% url 'desk:history' key as at %}"
    assert rendered(named + "{{ at }}", key="a'b") == address.replace("'", "&#x27;")
    assert rendered(named + "{{ at|safe }}", key="a'b") == address


def test_an_address_is_found_by_its_arguments_and_its_query():
    assert reverse("dialogues:detail", ["one"]) != reverse("dialogues:detail", ["two"])
    assert reverse("dialogues:list", query={"series": "a&b"}) == "/dialogues/?series=a%26b"
    with pytest.raises(urls.NoReverseMatch):
        reverse("dialogues:detail", ["no/such/page"])
