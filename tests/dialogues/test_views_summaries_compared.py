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


def test_changes_are_marked_by_word_and_what_is_the_same_is_counted(dialogue, client):
    page = at("en/v2/changes")
    assert shows(client, page, "keeps <ins>no </ins>records.", "<ins>3. New.", "2 paragraphs and headings are the same")
    assert hides(client, page, "2. Same.", "<del>")
    assert shows(client, at("en/v2"), f'href="{page}"')
    assert hides(client, at("en/v1"), "changes/")


def test_changes_may_be_asked_for_since_any_version(dialogue, client):
    build.summary(dialogue, text="1. The sea keeps records.", version=3, changes="Back.")
    assert shows(client, at("en/v3/changes"), "<del>no </del>", "?with=1")
    assert hides(client, at("en/v3/changes") + "?with=1", "<del>no </del>")
    for wrong in ("3", "9", "x", "%00"):
        assert is_absent(client, at("en/v3/changes") + f"?with={wrong}")


def test_there_are_no_changes_without_a_version_before(dialogue, client):
    assert is_absent(client, at("en/v1/changes"))
    assert is_absent(client, at("fr/v1/changes"))


def test_a_draft_is_neither_side_of_a_comparison_for_the_public(dialogue, client, desk):
    build.summary(dialogue, text="1. Secret.", version=3, changes="Secret.", public=False)
    build.summary(dialogue, text="1. Secreto.", language="es", public=False)
    for hidden in ("en/v3/changes", "en/v3/beside/fr", "en/v2/beside/es"):
        assert is_absent(client, at(hidden))
        assert shows(desk, at(hidden), "Secret")
    assert hides(client, at("fr/v1/beside/en"), "Secret")


def test_two_languages_stand_side_by_side_by_their_numbers(dialogue, client):
    answer = client.get(at("en/v2/beside/fr"))
    cells = [[one and one.text for _summary, one in row["cells"]] for row in answer.context["rows"]]
    assert cells == [
        ["Start", "Début"], ["The sea keeps no records.", "La mer oublie."], ["Same.", None], ["New.", "Nouveau."]
    ]  # fmt: skip
    assert shows(client, at("en/v2/beside/fr"), 'lang="fr" dir="ltr"', "courtesy translation", "official", 'id="p3"')
    for wrong in ("en", "ar", "zz"):
        assert is_absent(client, at(f"en/v2/beside/{wrong}"))


def test_arabic_runs_from_the_right(dialogue, client):
    build.summary(dialogue, language="ar", text="1. البحر.")
    assert shows(client, at("en/v2/beside/ar"), 'lang="ar" dir="rtl"')


def test_each_paragraph_leads_to_itself_in_the_languages_that_have_it(dialogue, client):
    page = client.get(at("en/v2")).content.decode()
    assert f'href="{at("fr/v1")}#p1"' in page
    assert f'href="{at("fr/v1")}#p3"' in page
    assert f'href="{at("fr/v1")}#p2"' not in page
    assert f'href="{at("en/v2/beside/fr")}"' in page


def test_a_page_says_whether_its_language_is_official(dialogue, client):
    assert shows(client, at("en/v2"), "<span>official</span>")
    assert shows(client, at("fr/v1"), "<span>courtesy translation</span>")


def test_side_by_side_costs_no_query_for_each_paragraph(dialogue, client, django_assert_max_num_queries):
    client.get(at("en/v2/beside/fr"))
    with django_assert_max_num_queries(6):
        client.get(at("en/v2/beside/fr"))
