"""The pages of deleted records in the admin, from which staff put them back."""

import pytest
from django.urls import reverse

from dialogues.models import Panel
from publishing import workflow
from publishing.models import Deletion
from tests import build
from tests.gate import hides, is_absent, shows

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


def test_after_a_deletion_the_page_links_to_where_it_is_undone(desk, panel):
    html = delete(desk, panel)
    assert f'<a href="{deletion_page()}">Restore it</a>' in html
    assert 'name="_restore"' in desk.get(deletion_page()).content.decode()
    answer = desk.post(deletion_page(), {"_restore": "Restore it"})
    assert answer.url == f"/desk/panel-{panel.pk}/"
    assert shows(desk, answer.url, "is restored.", "The second panel")
    assert Panel.objects.get() == panel


def test_the_page_of_a_deleted_record_leads_to_where_it_is_put_back(desk, panel):
    address = page(panel)
    delete(desk, panel)
    assert desk.get(address).url == deletion_page()
    desk.post(deletion_page(), {"_restore": "Restore it"})
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize("pk", ["999", "none", "9" * 40])
def test_the_page_of_a_record_that_never_was_leads_to_no_deletion(desk, panel, pk):
    delete(desk, panel)
    assert "deletion" not in desk.get(page(panel).replace(str(panel.pk), pk)).url


def test_users_who_may_not_restore_see_no_button(browser_of, panel, desk):
    address = page(panel)
    delete(desk, panel)
    reviewer = build.user("new@example.org", role="Reviewers", is_staff=True)
    answer = browser_of(reviewer).get(address)
    assert answer.status_code == 403 or "deletion" not in answer.url


def records():
    """Return a deleted record of each sort: in a dialogue, a dialogue, of none, a summary, and one without a form."""
    dialogue = build.dialogue(public=False)
    return {
        "panel": (build.panel(dialogue), "/desk/panel-{pk}/"),
        "dialogue": (build.dialogue(public=False), "/desk/dialogues/{pk}/"),
        "topic": (build.topic(public=False), "/desk/topic-{pk}/"),
        "summary": (build.summary(dialogue, public=False), "/desk/summary-{pk}/"),
    }


@pytest.mark.parametrize("kind", ["panel", "dialogue", "topic", "summary"])
def test_the_desk_page_of_a_deleted_record_leads_to_where_it_is_put_back_and_that_leads_to_it_again(
    desk, secretary, kind
):
    record, address = records()[kind]
    address = address.format(pk=record.pk)
    assert desk.get(address).status_code == 200
    workflow.delete(record, by=secretary)
    assert desk.get(address).url == deletion_page()
    assert desk.post(deletion_page(), {"_restore": "Restore it"}).url == address
    assert desk.get(address).status_code == 200


def test_the_desk_page_of_a_deleted_record_is_absent_for_those_who_may_not_restore_and_where_nothing_was_deleted(
    desk, browser_of, panel, reviewer, participant, secretary
):
    address = f"/desk/panel-{panel.pk}/"
    workflow.delete(panel, by=secretary)
    for user in (reviewer, participant):
        assert is_absent(browser_of(user), address)
    assert is_absent(desk, "/desk/panel-99999/")
    assert is_absent(desk, f"/desk/quote-{panel.pk}/")


def test_a_record_that_cannot_be_put_back_stays_on_its_page_with_the_reason(desk, panel, secretary):
    workflow.delete(panel, by=secretary)
    build.panel(panel.dialogue, number=panel.number)
    answer = desk.post(deletion_page(), {"_restore": "Restore it"}, follow=True)
    assert answer.request["PATH_INFO"] == deletion_page()
    assert "It cannot be restored" in answer.content.decode()


def test_the_history_of_a_restored_record_names_its_deletion_once(desk, panel, secretary):
    workflow.restore(workflow.delete(panel, by=secretary), by=secretary)
    html = desk.get(f"/desk/history/panel-{panel.pk}/").content.decode()
    assert [html.count(f"<span>{what}</span>") for what in ("Added", "Deleted", "Put back")] == [1, 1, 1]


def test_undo_is_offered_until_the_record_is_restored(desk, panel):
    desk.post(f"/desk/delete/?record=panel-{panel.pk}")
    assert shows(desk, "/desk/", "Deleted.", ">Undo<")
    desk.post(deletion_page(), {"_restore": "Restore it"})
    assert hides(desk, "/desk/", "Deleted.", ">Undo<")
