"""Staff bring in the vocabulary as a list."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from search.models import Concept
from tests import build

pytestmark = pytest.mark.django_db

PAGE = "/admin/intake/vocabulary/"
LIST = "\ufeffname [en];other_terms [en];name [fr];Ambiguous terms;colour\ndebt bondage;peonage;servitude;DEB;red\n"


@pytest.fixture
def bring_in(desk):
    """Upload a list, and return the text of the page that follows."""

    def upload(content, name="list.csv"):
        content = content if isinstance(content, bytes) else content.encode()
        return desk.post(PAGE, {"list": SimpleUploadedFile(name, content)}, follow=True).content.decode()

    return upload


def test_a_list_adds_and_replaces_concepts(bring_in):
    build.concept("debt bondage", "bonded labour")
    html = bring_in(LIST + "wages;;;;\n")
    assert "Concepts added: 1. Concepts replaced: 1." in html
    assert "colour" in html  # a column that was left out
    concept = Concept.objects.get(name="debt bondage")
    assert (concept.other_terms, concept.ambiguous_terms) == ("peonage", "DEB")
    assert concept.translations == {"fr": {"name": "servitude"}}


def test_an_export_can_be_brought_in_again(desk, bring_in):
    concept = build.concept("debt bondage", "bonded labour", ambiguous="DEB", fr="servitude pour dettes; péonage")
    exported = desk.get("/admin/search/concept/export.xlsx").content
    concept.delete()
    assert "Concepts added: 1." in bring_in(exported, "list.xlsx")
    restored = Concept.objects.get()
    assert restored.terms == concept.terms
    assert restored.ambiguous_terms == "DEB"


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "This list is empty"), (LIST + "peonage;;;;\n", "Row 3: “peonage” is already a term of “debt bondage”.")],
)
def test_a_list_with_an_error_changes_nothing(bring_in, content, says):
    assert says in bring_in(content)
    assert not Concept.objects.exists()


def test_a_workbook_without_known_columns_changes_nothing(bring_in):
    book, file = Workbook(), io.BytesIO()
    book.active.append(["colour"])
    book.active.append(["red"])
    book.save(file)
    assert "Row 2:" in bring_in(file.getvalue(), "list.xlsx")
    assert not Concept.objects.exists()


def test_the_page_is_linked_and_only_for_staff_who_edit_the_vocabulary(desk, browser_of, reviewer, client):
    assert f'href="{PAGE}"' in desk.get("/admin/search/concept/").content.decode()
    assert desk.get(PAGE).status_code == 200
    assert browser_of(reviewer).get(PAGE).status_code == 403
    assert client.get(PAGE).status_code == 302
