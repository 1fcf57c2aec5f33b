import re

import pytest

from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def dialogue():
    made = build.dialogue(slug="one")
    build.summary(made, text="## Start\n\n1. The sea keeps records.\n\n2. Same.")
    build.summary(
        made, text="## Start\n\n1. The sea keeps no records.\n\n2. Same.\n\n3. New.", version=2, changes="No."
    )
    build.summary(made, language="fr", status="courtesy", text="## Début\n\n1. La mer oublie.\n\n3. Nouveau.")
    return made


def at(rest):
    return f"/dialogues/one/summary/{rest}/"


def test_changed_words_are_marked_and_unchanged_paragraphs_are_counted(dialogue, client):
    page = at("en/v2/changes")
    assert shows(client, page, "keeps <ins>no </ins>records.", "<ins>3. New.", "2 paragraphs and headings are the same")
    assert hides(client, page, "2. Same.", "<del>")
    assert shows(client, at("en/v2"), f'href="{page}"')
    assert hides(client, at("en/v1"), "changes/")


def test_changes_can_be_shown_since_any_earlier_version(dialogue, client):
    build.summary(dialogue, text="1. The sea keeps records.", version=3, changes="Back.")
    assert shows(client, at("en/v3/changes"), "<del>no </del>", "?with=1")
    assert hides(client, at("en/v3/changes") + "?with=1", "<del>no </del>")
    for wrong in ("3", "9", "x", "%00"):
        assert is_absent(client, at("en/v3/changes") + f"?with={wrong}")


def test_the_first_version_has_no_page_of_changes(dialogue, client):
    assert is_absent(client, at("en/v1/changes"))
    assert is_absent(client, at("fr/v1/changes"))


def test_the_public_cannot_compare_with_a_draft(dialogue, client, desk):
    build.summary(dialogue, text="1. Secret.", version=3, changes="Secret.", public=False)
    build.summary(dialogue, text="1. Secreto.", language="es", public=False)
    for hidden in ("en/v3/changes", "en/v3/beside/fr", "en/v2/beside/es"):
        assert is_absent(client, at(hidden))
        assert shows(desk, at(hidden), "Secret")
    assert hides(client, at("fr/v1/beside/en"), "Secret")


def test_two_languages_are_shown_side_by_side_by_paragraph_number(dialogue, client):
    answer = client.get(at("en/v2/beside/fr"))
    cells = [[one and one.text for _summary, one in row["cells"]] for row in answer.context["rows"]]
    assert cells == [
        ["Start", "Début"], ["The sea keeps no records.", "La mer oublie."], ["Same.", None], ["New.", "Nouveau."]
    ]  # fmt: skip
    assert shows(client, at("en/v2/beside/fr"), 'lang="fr" dir="ltr"', "courtesy translation", "official", 'id="p3"')
    for wrong in ("en", "ar", "zz"):
        assert is_absent(client, at(f"en/v2/beside/{wrong}"))


def test_arabic_is_shown_from_right_to_left(dialogue, client):
    build.summary(dialogue, language="ar", text="1. البحر.")
    assert shows(client, at("en/v2/beside/ar"), 'lang="ar" dir="rtl"')


def test_each_paragraph_links_to_the_languages_that_have_it(dialogue, client):
    for anchor in ("p1", "p3"):
        assert shows(client, at(f"en/v2/{anchor}/cite"), f'href="{at("fr/v1")}#{anchor}"')
    assert hides(client, at("en/v2/p2/cite"), at("fr/v1"))


def test_the_menu_of_paragraphs_names_the_languages_that_lack_one(dialogue, client):
    page = client.get(at("en/v2")).content.decode()
    assert page.count("<template data-menu>") == 1
    assert f'data-to="{at("fr/v1")}#~"' in page
    assert f'data-to="{at("en/v2/beside/fr")}#~"' in page
    numbers = re.findall(r'<a class="paragraph-number" href="(\w+)/cite/"( data-not-in="fr")?', page)
    assert numbers == [("p1", ""), ("p2", ' data-not-in="fr"'), ("p3", "")]
    assert f'href="{at("en/v2/beside/fr")}"' in page


def test_the_page_shows_whether_a_language_is_official(dialogue, client):
    assert shows(client, at("en/v2"), "<span>official</span>")
    assert shows(client, at("fr/v1"), "<span>courtesy translation</span>")


def test_the_comparison_makes_no_query_for_each_paragraph(dialogue, client, django_assert_max_num_queries):
    client.get(at("en/v2/beside/fr"))
    with django_assert_max_num_queries(6):
        client.get(at("en/v2/beside/fr"))
