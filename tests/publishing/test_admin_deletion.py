"""The pages of deleted records in the admin, from which staff put them back."""

import pytest
from django.urls import reverse

from dialogues.models import Panel
from publishing import workflow
from publishing.models import Deletion
from tests import build
from tests.gate import shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def panel():
    return build.panel(build.dialogue(), title="The second panel")


def page(record):
    return reverse("admin:dialogues_panel_change", args=[record.pk])


def delete(browser, record):
    address = reverse("admin:dialogues_panel_delete", args=[record.pk])
    return browser.post(address, {"post": "yes"}, follow=True).content.decode()


def deletion_page():
    return reverse("admin:publishing_deletion_change", args=[Deletion.objects.get().pk])


def desk_page():
    return f"/desk/deleted/{Deletion.objects.get().pk}/"


def test_after_a_deletion_the_page_links_to_where_it_is_undone(desk, panel):
    html = delete(desk, panel)
    assert f'<a href="{desk_page()}">Restore it</a>' in html


def test_the_admin_has_a_page_that_restores_and_leads_to_the_desk(desk, panel):
    delete(desk, panel)
    assert 'name="_restore"' in desk.get(deletion_page()).content.decode()
    answer = desk.post(deletion_page(), {"_restore": "Restore it"})
    assert answer.url == f"/desk/panel-{panel.pk}/"
    assert shows(desk, answer.url, "is restored.", "The second panel")
    assert Panel.objects.get() == panel


def test_the_page_of_a_deleted_record_leads_to_where_it_is_put_back(desk, panel):
    address = page(panel)
    delete(desk, panel)
    assert desk.get(address).url == desk_page()
    desk.post(desk_page())
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize("pk", ["999", "none", "9" * 40])
def test_the_page_of_a_record_that_never_was_leads_to_no_deletion(desk, panel, pk):
    delete(desk, panel)
    assert "/deleted/" not in desk.get(page(panel).replace(str(panel.pk), pk)).url


def test_users_who_may_not_restore_see_no_button(browser_of, panel, desk):
    address = page(panel)
    delete(desk, panel)
    reviewer = build.user("new@example.org", role="Reviewers", is_staff=True)
    answer = browser_of(reviewer).get(address)
    assert answer.status_code == 403 or "/deleted/" not in answer.url


def test_a_record_that_cannot_be_put_back_stays_on_its_page_with_the_reason(desk, panel, secretary):
    workflow.delete(panel, by=secretary)
    build.panel(panel.dialogue, number=panel.number)
    answer = desk.post(deletion_page(), {"_restore": "Restore it"}, follow=True)
    assert answer.request["PATH_INFO"] == deletion_page()
    assert "It cannot be restored" in answer.content.decode()
