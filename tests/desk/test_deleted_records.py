"""The pages of the desk on which staff find deleted records and restore them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.formats import date_format

from dialogues.models import Organization, Panel, Speaker
from publishing import workflow
from publishing.models import Deletion, Transition
from tests import build
from tests.gate import TOO_LARGE, hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

LIST = "/desk/deleted/"
BUTTON = '<button class="button">Restore it</button>'


@pytest.fixture
def panel():
    return build.panel(build.dialogue(title="The harbour dialogue"), title="The second panel")


@pytest.fixture
def viewer(db):
    """A member of staff who may see deleted records, and restore none."""
    user = build.user("viewer@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_deletion"))
    return user


def page_of(deletion):
    return f"/desk/deleted/{deletion.pk}/"


def age(deletion, days):
    Deletion.objects.filter(pk=deletion.pk).update(at=timezone.now() - timedelta(days=days))


def test_the_page_says_what_was_deleted_by_whom_and_until_when_it_can_be_restored(desk, panel, secretary):
    deletion = workflow.delete(panel, by=secretary)
    page = desk.get(page_of(deletion)).content.decode()
    for words in ("<dt>Panel</dt>", "The second panel", str(secretary), BUTTON):
        assert words in page
    for moment in (deletion.at, deletion.at + timedelta(days=30)):
        assert f"<dd>{date_format(timezone.localtime(moment), 'SHORT_DATETIME_FORMAT')}</dd>" in page
    for words in ("Also restored", "These belong to it again", "<dt>Reason"):
        assert words not in page


def test_the_page_names_what_is_restored_with_the_record(desk, panel, secretary):
    draft = build.dialogue(public=False, title="A draft")
    build.panel(draft, title="A panel of the draft")
    build.appearance(draft, who=build.speaker("Ana Sample"))  # its name has that of the dialogue, which is gone as well
    deletion = workflow.delete(draft, by=secretary)
    page = desk.get(page_of(deletion)).content.decode()
    for words in ("Also restored", "1 panel", "A panel of the draft", "1 appearance", "Ana Sample"):
        assert words in page
    for words in ("historical", "1 dialogue", "<bdi>appearance</bdi>"):
        assert words not in page


def test_a_record_whose_name_needs_one_that_is_gone_is_named_by_its_kind(desk, panel, secretary):
    build.appearance(panel.dialogue, panel=panel, who=build.speaker("Ana Sample"))
    deletion = workflow.delete(panel, by=secretary)
    Speaker.objects.get().delete()
    page = desk.get(page_of(deletion)).content.decode()
    assert "<li><bdi>appearance</bdi></li>" in page
    assert "Ana Sample" not in page


def test_the_page_of_a_merged_record_names_the_merger_and_what_belongs_to_it_again(desk):
    stays, goes = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door"))
    build.speaker("Ana Sample", organization=goes)
    desk.post(f"/desk/merge/organization-{goes.pk}/", {"into": "Open Door"})
    page = desk.get(page_of(Deletion.objects.get())).content.decode()
    for words in ("<dt>Reason", f'<a href="/desk/organization-{stays.pk}/"><bdi>Open Door</bdi></a>', "1 speaker"):
        assert words in page
    workflow.delete(stays, by=None)
    merged = Deletion.objects.get(object_id=goes.pk)
    assert hides(desk, page_of(merged), "<dt>Reason")
    desk.post(page_of(merged))
    assert desk.get(f"/desk/organization-{goes.pk}/").status_code == 200


def test_restoring_leads_to_the_page_of_the_record_with_a_message(desk, panel, secretary):
    deletion = workflow.delete(panel, by=secretary)
    assert shows(desk, page_of(deletion), BUTTON)
    assert not Panel.objects.exists()  # looking moves nothing
    answer = desk.post(page_of(deletion))
    assert answer.url == f"/desk/panel-{panel.pk}/"
    assert shows(desk, answer.url, "“1. The second panel” is restored.")
    assert Panel.objects.get() == panel


def test_a_reason_is_kept_in_the_history_and_can_be_left_out(desk, panel, secretary):
    deletion = workflow.delete(panel, by=secretary)
    assert shows(desk, page_of(deletion), '<label for="id_reason">Reason</label>')
    too_long = desk.post(page_of(deletion), {"reason": "x" * 301})
    assert (too_long.status_code, Panel.objects.exists()) == (422, False)
    desk.post(page_of(deletion), {"reason": " It was the wrong panel. "})
    assert shows(desk, f"/desk/history/panel-{panel.pk}/", '<p dir="auto">It was the wrong panel.</p>')
    workflow.delete(panel, by=secretary)
    desk.post(page_of(Deletion.objects.get()))
    moves = Transition.objects.of(panel).filter(verb="restore").order_by("number")
    assert [move.note for move in moves] == ["It was the wrong panel.", ""]


def test_the_list_has_what_can_still_be_restored_the_latest_first(desk, panel, secretary):
    topics = [build.topic(name, public=False) for name in ("Ports", "Rivers", "Lakes")]
    ports, rivers, lakes = (workflow.delete(topic, by=secretary) for topic in topics)
    age(ports, 29)
    age(lakes, 31)
    page = desk.get(LIST)
    assert [*page.context["object_list"]] == [rivers, ports]
    assert f'<a href="{page_of(ports)}" dir="auto">Ports</a>' in page.content.decode()
    assert "Lakes" not in page.content.decode()


def test_the_lists_of_the_desk_and_the_page_that_deletes_link_to_the_list(desk, panel, browser_of, reviewer):
    for address in ("/desk/records/topic/", f"/desk/delete/?record=panel-{panel.pk}"):
        assert shows(desk, address, f'<a href="{LIST}">Deleted records</a>')
    assert hides(browser_of(reviewer), "/desk/records/organization/", LIST)


def test_an_empty_list_says_so(desk):
    assert shows(desk, LIST, "Nothing here yet.")


def test_the_pages_are_absent_without_the_permission_and_for_what_was_never_deleted(
    desk, browser_of, panel, reviewer, participant, secretary
):
    deletion = workflow.delete(panel, by=secretary)
    for user in (reviewer, participant):
        for address in (LIST, page_of(deletion)):
            assert is_absent(browser_of(user), address)
        assert browser_of(user).post(page_of(deletion)).status_code == 404
    for number in ("0", str(deletion.pk + 1), *TOO_LARGE[:2]):
        assert is_absent(desk, f"{LIST}{number}/")
    assert not Panel.objects.exists()


def test_staff_who_may_only_see_deleted_records_restore_none(browser_of, panel, secretary, viewer):
    deletion = workflow.delete(panel, by=secretary)
    browser = browser_of(viewer)
    assert shows(browser, page_of(deletion), "The second panel")
    assert hides(browser, page_of(deletion), "Restore it")
    assert browser.post(page_of(deletion)).status_code == 403
    assert not Panel.objects.exists()


@pytest.mark.parametrize("is_restored", [True, False])
def test_a_page_restored_already_or_too_old_is_absent_and_its_button_says_so(desk, panel, secretary, is_restored):
    deletion = workflow.delete(panel, by=secretary)
    address = page_of(deletion)
    if is_restored:
        desk.post(address, follow=True)
    else:
        age(deletion, 31)
    assert is_absent(desk, address)
    answer = desk.post(address, follow=True)
    assert answer.request["PATH_INFO"] == LIST
    assert "It is no longer here: it was restored already, or its thirty days are over." in answer.content.decode()
    assert Panel.objects.exists() == is_restored


def test_a_record_that_cannot_be_restored_stays_on_its_page_with_the_reason(desk, panel, secretary):
    deletion = workflow.delete(panel, by=secretary)
    build.panel(panel.dialogue, number=panel.number)
    answer = desk.post(page_of(deletion), {"reason": "It was the wrong panel."})
    assert answer.status_code == 422
    assert 'value="It was the wrong panel."' in answer.content.decode()
    assert "It cannot be restored: what it belonged to is gone, or its address is taken." in answer.content.decode()
    assert Deletion.objects.get() == deletion


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
    assert desk.get(address).url == page_of(Deletion.objects.get())
    assert desk.post(page_of(Deletion.objects.get())).url == address
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


def test_the_history_of_a_restored_record_names_its_deletion_once(desk, panel, secretary):
    workflow.restore(workflow.delete(panel, by=secretary), by=secretary)
    html = desk.get(f"/desk/history/panel-{panel.pk}/").content.decode()
    assert [html.count(f"<span>{what}</span>") for what in ("Added", "Deleted", "Put back")] == [1, 1, 1]


def test_undo_is_offered_until_the_record_is_restored(desk, panel):
    desk.post(f"/desk/delete/?record=panel-{panel.pk}")
    assert shows(desk, "/desk/", "Deleted.", ">Undo<")
    desk.post(page_of(Deletion.objects.get()))
    assert hides(desk, "/desk/", "Deleted.", ">Undo<")
