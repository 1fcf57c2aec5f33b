"""The list of imports, and the page on which one is discarded."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse

from contributions.models import Contribution
from intake import workflow
from intake.models import Batch
from tests import build
from tests.gate import hides, shows
from tests.intake import batch_builders as batches

LIST = "/desk/imports/"


@pytest.fixture
def batch(secretary, call):
    """A batch of two files, one of which is imported."""
    made = batches.batch(secretary, batches.papers(2), batches.rows(2), call=call)
    workflow.confirm(made, [made.rows.first().pk], by=secretary)
    return made


def with_permissions(*names):
    user = build.user("some@example.org", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return user


def test_the_list_shows_how_far_each_import_is_and_leads_to_it(desk, batch, secretary):
    speakers = batches.batch(secretary, (), [["name"], ["Ana Sample"]], kind="speakers")
    page = " ".join(desk.get(LIST).content.decode().split())
    places = [page.index(f"{LIST}{one.pk}/") for one in (speakers, batch)]  # the latest first
    assert places == sorted(places)
    for words in ("1 of 2 rows", "0 of 1 row<", batch.call.title, str(secretary), "/desk/imports/add/"):
        assert words in page


def test_the_list_is_reached_from_the_first_page_and_from_each_page_of_an_import(desk, batch):
    for page in ("", "imports/add/", f"imports/{batch.pk}/", f"imports/{batch.pk}/delete/"):
        assert shows(desk, f"/desk/{page}", f'href="{LIST}"')


def test_users_see_and_are_offered_what_they_may(browser_of, reviewer, batch):
    assert browser_of(reviewer).get(LIST).status_code == 403
    assert hides(browser_of(reviewer), "/desk/", LIST)
    browser = browser_of(with_permissions("view_batch"))
    assert shows(browser, "/desk/", LIST)
    assert shows(browser, LIST, "1 of 2 rows", str(batch))
    assert hides(browser, LIST, f"{LIST}{batch.pk}/", "/desk/imports/add/")


def test_an_import_of_which_the_columns_are_not_known_says_so(desk, batch, secretary, call):
    listed = [["Beilage", "Wer"], ["Paper 01.pdf", "Haus am Ufer"]]
    waits = batches.batch(secretary, batches.papers(1), listed, call=call)
    page = desk.get(LIST).content.decode()
    assert [f"{LIST}{waits.pk}/" in row for row in page.split("<tr>") if "Columns to be checked" in row] == [True]


def test_an_empty_list_says_so(desk):
    assert shows(desk, LIST, "Nothing here yet.")


def test_an_import_is_discarded_with_its_files_and_what_was_imported_stays(
    desk, batch, django_capture_on_commit_callbacks
):
    page = f"{LIST}{batch.pk}/delete/"
    assert shows(desk, f"{LIST}{batch.pk}/", f'href="{page}"')
    assert shows(desk, page, "1 row is not imported.", "1 row is imported: what was made of it stays.")
    file = batch.rows.get(state="open").file.file
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(page, follow=True)
    assert "The import is discarded." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == LIST
    assert not Batch.objects.exists()
    assert not file.storage.exists(file.name)
    assert Contribution.objects.count() == 1


def test_discarding_needs_a_permission(browser_of, batch):
    user = with_permissions("change_batch", "view_batch")
    page = f"{LIST}{batch.pk}/delete/"
    assert hides(browser_of(user), f"{LIST}{batch.pk}/", page)
    assert browser_of(user).post(page).status_code == 403
    with pytest.raises(PermissionDenied):
        workflow.delete_batch(batch, by=user)
    assert Batch.objects.exists()


def test_the_admin_has_no_pages_of_imports(desk, batch):
    for name in ("changelist", "add"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:intake_batch_{name}")
    assert desk.get(f"/admin/intake/batch/{batch.pk}/change/").status_code == 404
