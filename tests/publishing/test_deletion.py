from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from dialogues import workflow
from dialogues.models import Dialogue, Organization, Panel, Paragraph, Speaker
from publishing import workflow as publishing
from publishing.models import Deletion, Preview, Transition
from tests import build
from tests.gate import shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def days_ago(number):
    return timezone.now() - timedelta(days=number)


@pytest.fixture
def hidden():
    """A hidden dialogue with related records of every kind."""
    dialogue = build.dialogue(public=False, title="The third one")
    panel = build.panel(dialogue)
    build.appearance(dialogue, who=build.speaker("Invented Panellist"), panel=panel)
    build.summary(dialogue, public=False)
    dialogue.topics.add(build.topic("Children"))
    dialogue.expected.create(kind="summary")
    return dialogue


def test_a_deletion_is_restored_completely(hidden):
    was = [
        list(getattr(hidden, name).values()) for name in ("panels", "appearances", "summaries", "topics", "expected")
    ]
    number = hidden.pk
    deletion = publishing.delete(hidden, by=None)
    assert not Dialogue.objects.exists()
    assert not Paragraph.objects.exists()
    assert Speaker.objects.count() == 1
    record = publishing.restore(deletion, by=None)
    assert (record.pk, record.title, record.is_published) == (number, "The third one", False)
    assert was == [
        list(getattr(record, name).values()) for name in ("panels", "appearances", "summaries", "topics", "expected")
    ]
    assert record.summaries.get().paragraphs.count() == 2
    assert not Deletion.objects.exists()
    assert list(Transition.objects.values_list("verb", flat=True)[:2]) == ["restore", "delete"]
    call_command("check_log")


def test_links_from_other_records_are_restored_unless_they_changed(hidden):
    body, other = Organization.objects.create(name="Open Door"), Organization.objects.create(name="Other")
    first, second = build.speaker(organization=body), build.speaker(organization=body)
    deletion = publishing.delete(body, by=None)
    first.refresh_from_db()
    assert first.organization is None
    Speaker.objects.filter(pk=second.pk).update(organization=other)
    publishing.restore(deletion, by=None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.organization.name, second.organization.name) == ("Open Door", "Other")


def test_a_restored_topic_is_linked_to_its_dialogues():
    topic = build.topic("Organs", public=False)
    dialogue = build.dialogue()
    dialogue.topics.add(topic)
    publishing.restore(publishing.delete(topic, by=None), by=None)
    assert list(dialogue.topics.all()) == [topic]


def test_published_and_referenced_records_are_not_deleted(hidden):
    public = build.dialogue()
    with pytest.raises(ValidationError):
        publishing.delete(public, by=None)
    with pytest.raises(ProtectedError):
        publishing.delete(hidden.appearances.get().speaker, by=None)
    assert not Deletion.objects.exists()
    assert Dialogue.objects.count() == 2


def test_a_deletion_is_not_restored_if_its_address_is_taken_or_its_parent_is_gone(hidden):
    panel = hidden.panels.get()
    hidden.appearances.all().delete()
    of_panel = publishing.delete(panel, by=None)
    Panel.objects.create(dialogue=hidden, number=1, title="Another")
    with pytest.raises(ValidationError):
        publishing.restore(of_panel, by=None)
    assert Panel.objects.get().title == "Another"
    publishing.delete(hidden, by=None)
    with pytest.raises(ValidationError):
        publishing.restore(of_panel, by=None)
    assert not Panel.objects.exists()


def test_only_the_secretariat_can_delete_and_restore(hidden, reviewer, secretary):
    with pytest.raises(PermissionDenied):
        publishing.delete(hidden, by=reviewer)
    deletion = publishing.delete(hidden, by=secretary)
    assert deletion.by == secretary
    with pytest.raises(PermissionDenied):
        publishing.restore(deletion, by=reviewer)


def test_staff_can_delete_and_restore_in_the_admin(hidden, desk):
    desk.post(f"/admin/dialogues/dialogue/{hidden.pk}/delete/", {"post": "yes"})
    deletion = Deletion.objects.get()
    assert shows(desk, "/admin/publishing/deletion/", "The third one")
    page = f"/admin/publishing/deletion/{deletion.pk}/change/"
    assert shows(desk, page, "Restore it")
    answer = desk.post(page, {"_restore": "1"})
    assert answer.headers["Location"] == f"/desk/dialogues/{hidden.pk}/"
    assert Dialogue.objects.get().title == "The third one"


def test_the_list_action_restores_several_deletions(desk):
    for _number in range(2):
        publishing.delete(build.dialogue(public=False), by=None)
    chosen = list(Deletion.objects.values_list("pk", flat=True))
    desk.post("/admin/publishing/deletion/", {"action": "restore_selected", "_selected_action": chosen})
    assert Dialogue.objects.count() == 2


def test_records_deleted_in_an_inline_can_be_restored(hidden, desk):
    page = desk.get(f"/admin/dialogues/dialogue/{hidden.pk}/change/")
    data = {}
    for formset in page.context["inline_admin_formsets"]:
        forms = [formset.formset.management_form, *formset.formset.forms]
        for form in forms:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    data |= {name: getattr(hidden, name) for name in ("title", "slug", "timezone")}
    data = {name: value for name, value in data.items() if value is not None}
    data |= {"series": hidden.series_id, "expected-0-DELETE": "on"}
    answer = desk.post(f"/admin/dialogues/dialogue/{hidden.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    assert not hidden.expected.exists()
    publishing.restore(Deletion.objects.get(), by=None)
    assert hidden.expected.count() == 1


def test_reviewers_cannot_see_deletions(hidden, browser_of, reviewer):
    deletion = publishing.delete(hidden, by=None)
    browser = browser_of(reviewer)
    for address in ("/admin/publishing/deletion/", f"/admin/publishing/deletion/{deletion.pk}/change/"):
        assert browser.get(address).status_code == 403


def test_history_shows_who_changed_what(hidden, desk, secretary):
    hidden.venue = "Boardroom D"
    hidden._history_user = secretary
    hidden.save()
    assert shows(desk, f"/admin/dialogues/dialogue/{hidden.pk}/history/", "Boardroom D", "secretary@example.org")


def test_reverting_to_an_old_state_does_not_change_the_gate(desk):
    dialogue = build.dialogue(title="Old title")
    old = dialogue.history.first()
    publishing.unpublish(dialogue, by=None)
    assert old.instance.published_at is None
    assert not hasattr(old, "published_at")


def test_only_users_who_see_a_record_can_see_its_old_states(hidden, browser_of, reviewer):
    assert browser_of(reviewer).get(f"/admin/dialogues/dialogue/{hidden.pk}/history/").status_code in (302, 403, 404)
    deleted = hidden.pk
    publishing.delete(hidden, by=None)
    assert browser_of(reviewer).get(f"/admin/dialogues/dialogue/{deleted}/history/").status_code in (302, 403, 404)


def test_only_changed_paragraphs_get_a_history_row(hidden):
    summary = hidden.summaries.get()
    Paragraph.history.all().delete()
    workflow.write_paragraphs(summary, "1. First paragraph.\n\n2. Other words.\n\n3. A third.")
    assert sorted(Paragraph.history.values_list("number", "history_type")) == [(2, "~"), (3, "+")]
    workflow.write_paragraphs(summary, "2. Other words.")
    assert summary.paragraphs.get().position == 1


def test_deletions_and_their_history_are_deleted_after_thirty_days(hidden):
    old, young = publishing.delete(build.dialogue(public=False), by=None), publishing.delete(hidden, by=None)
    gone = old.object_id
    Deletion.objects.filter(pk=old.pk).update(at=days_ago(31))
    Dialogue.history.filter(id=gone).update(history_date=days_ago(31))
    preview = publishing.share(build.dialogue(), by=None, days=1)
    Preview.objects.filter(pk=preview.pk).update(expires_at=days_ago(31))
    call_command("delete_expired_records")
    assert list(Deletion.objects.all()) == [young]
    assert not Dialogue.history.filter(id=gone).exists()
    assert Dialogue.history.filter(id=young.object_id).exists()
    assert not Preview.objects.exists()


def test_the_history_of_a_summary_shows_changed_paragraphs(hidden, desk):
    summary = hidden.summaries.get()
    workflow.write_paragraphs(summary, "1. First paragraph.\n\n2. Other words.")
    page = desk.get(f"/admin/dialogues/summary/{summary.pk}/history/")
    newest, *older = page.context["paragraph_changes"]
    assert (newest.label, newest.old, newest.new) == ("2", "Second paragraph.", "Other words.")
    assert [change.old for change in older] == ["", ""]


def test_publishing_adds_no_history_row(hidden):
    before = Dialogue.history.count()
    publishing.publish(hidden, by=None)
    publishing.unpublish(hidden, by=None)
    assert Dialogue.history.count() == before


def test_a_restored_record_keeps_its_history(hidden, desk):
    hidden.venue = "Boardroom D"
    hidden.save()
    publishing.restore(publishing.delete(hidden, by=None), by=None)
    assert shows(desk, f"/admin/dialogues/dialogue/{hidden.pk}/history/", "Boardroom D", "Deleted")


def test_old_states_of_a_summary_can_be_read_but_not_restored(hidden, desk):
    summary = hidden.summaries.get()
    state = summary.history.first()
    page = desk.get(f"/admin/dialogues/summary/{summary.pk}/history/{state.pk}/")
    assert page.status_code == 200
    assert page.context["revert_disabled"]
    assert b'value="Revert"' not in page.content
