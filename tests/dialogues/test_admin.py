"""What staff do in the admin, with the records of one house."""

from copy import deepcopy

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Appearance, Comment, Dialogue, Paragraph, Summary
from publishing.models import Transition
from tests import build
from tests.gate import is_absent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

PUBLISHABLE = ["dialogue", "quote", "summary", "paper", "topic"]


@pytest.fixture
def house(house_of_module, db):
    return deepcopy(house_of_module)


def desk_address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def shortcut(record):
    """Return the address at which Django's admin redirects to the page of any record."""
    return f"/admin/r/{ContentType.objects.get_for_model(record).pk}/{record.pk}/"


@pytest.mark.parametrize("who", ["client", "secretary", "reviewer"])
def test_the_admin_view_on_site_shortcut_is_disabled(who, request, house, client, browser_of):
    browser = client if who == "client" else browser_of(request.getfixturevalue(who))
    hidden = build.dialogue(public=False, slug="hidden-one")
    for record in (house.dialogue, house.panel, house.speaker, hidden):
        assert is_absent(browser, shortcut(record))
        assert is_absent(browser, shortcut(record).rstrip("/"))


def log_of(record):
    return list(record.transitions.order_by("pk").values_list("verb", "actor__email"))


@pytest.mark.parametrize("name", PUBLISHABLE)
def test_publish_and_unpublish_are_list_actions_and_are_logged(name, house, desk):
    record = getattr(house, name)
    before = log_of(record)
    for action, gate in (("unpublish", False), ("publish", True)):
        asked = {"action": f"{action}_selected", "_selected_action": record.pk}
        assert desk.post(desk_address(type(record), "changelist"), asked).status_code == 302
        record.refresh_from_db()
        assert record.is_published is gate
    moved = [("unpublish", "secretary@example.org"), ("publish", "secretary@example.org")]
    assert log_of(record) == before + moved
    assert record.transitions.first().at <= timezone.now()


def press(browser, record, verb, **changes):
    """Submit the form of a record as the page shows it, with one of its buttons."""
    address = desk_address(type(record), "change", record.pk)
    answer = browser.get(address)
    form = answer.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in answer.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    filled = {name: value for name, value in data.items() if value is not None}
    return browser.post(address, filled | changes | {"_verb": verb})


@pytest.mark.parametrize("name", PUBLISHABLE)
def test_publish_and_unpublish_are_buttons_and_are_logged(name, house, desk):
    record = getattr(house, name)
    for verb, gate in (("unpublish", False), ("publish", True)):
        assert press(desk, record, verb).status_code == 302
        record.refresh_from_db()
        assert record.is_published is gate
        assert log_of(record)[-1] == (verb, "secretary@example.org")


@pytest.mark.parametrize("name", PUBLISHABLE)
def test_the_page_shows_only_the_button_that_applies(name, house, desk):
    record = getattr(house, name)
    for verb, other in (("unpublish", "publish"), ("publish", "unpublish")):
        page = desk.get(desk_address(type(record), "change", record.pk)).content.decode()
        assert f'name="_verb" value="{verb}"' in page
        assert f'name="_verb" value="{other}"' not in page
        press(desk, record, verb)


def test_a_button_saves_the_form_before_it_runs_the_move(house, desk):
    press(desk, house.topic, "unpublish", name="Renamed")
    house.topic.refresh_from_db()
    assert (house.topic.name, house.topic.is_published) == ("Renamed", False)


def test_a_move_without_a_button_does_nothing(house, desk):
    before = log_of(house.topic)
    for verb in ("publish", "delete", "__class__"):
        press(desk, house.topic, verb)
    assert log_of(house.topic) == before


def test_published_at_is_not_a_form_field(house, desk):
    press(desk, house.topic, "", published_at="", published_at_0="", published_at_1="")
    house.topic.refresh_from_db()
    assert house.topic.is_published


def test_reviewers_cannot_publish_proceedings(house, reviewer, browser_of):
    browser = browser_of(reviewer)
    for record in (house.dialogue, house.topic):
        address = desk_address(type(record), "change", record.pk)
        assert b"_verb" not in browser.get(address).content
        assert browser.post(address, {"_verb": "unpublish"}).status_code == 403
        browser.post(desk_address(type(record), "changelist"),
                     {"action": "unpublish_selected", "_selected_action": record.pk})  # fmt: skip
        record.refresh_from_db()
        assert record.is_published


@pytest.mark.parametrize("name", ["dialogue", "topic"])
def test_reviewers_see_no_drafts_in_the_admin(name, house, reviewer, browser_of, desk):
    record = getattr(house, name)
    lists, page = desk_address(type(record), "changelist"), desk_address(type(record), "change", record.pk)
    browser = browser_of(reviewer)
    assert f"The {name}" in browser.get(lists).content.decode()
    house.close(name)
    assert f"The {name}" not in browser.get(lists).content.decode()
    assert browser.get(page).status_code == 302
    assert f"The {name}" in desk.get(lists).content.decode()
    assert desk.get(page).status_code == 200


def test_the_filter_separates_published_records_from_drafts(house, desk):
    build.topic("Open one")
    build.topic("Draft one", public=False)
    for query, names in {"": {"The topic", "Open one", "Draft one"}, "?published_at__isempty=1": {"Draft one"},
                         "?published_at__isempty=0": {"The topic", "Open one"}}.items():  # fmt: skip
        answer = desk.get(reverse("admin:dialogues_topic_changelist") + query)
        assert {topic.name for topic in answer.context["cl"].queryset} == names


def test_the_log_is_read_only(house, desk):
    first = Transition.objects.first()
    assert desk.get(desk_address(Transition, "change", first.pk)).status_code == 200
    assert desk.post(desk_address(Transition, "change", first.pk), {"verb": "x"}).status_code == 403
    assert desk.post(desk_address(Transition, "delete", first.pk), {"post": "yes"}).status_code == 403


def test_a_published_record_cannot_be_deleted(house, desk):
    desk.post(desk_address(Dialogue, "delete", house.dialogue.pk), {"post": "yes"})
    assert Dialogue.objects.filter(pk=house.dialogue.pk).exists()


def test_a_draft_of_a_summary_can_be_deleted_with_its_paragraphs(house, desk):
    summary = build.summary(build.dialogue(), public=False)
    assert summary.paragraphs.exists()
    answer = desk.post(desk_address(Summary, "delete", summary.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert list(Summary.objects.all()) == [house.summary]
    assert set(Paragraph.objects.all()) == set(house.summary.paragraphs.all())


def test_a_comment_cannot_be_changed(house, desk):
    comment = house.dialogue.comments.create(text="As written.", author=build.user("a@example.org"))
    desk.post(desk_address(Comment, "change", comment.pk), {"text": "As rewritten."})
    comment.refresh_from_db()
    assert comment.text == "As written."


def test_saving_a_summary_keeps_the_rows_of_its_paragraphs(house, desk):
    before = list(house.summary.paragraphs.values_list("pk", flat=True))
    press(desk, house.summary, "", body="2. Second first.\n\n1. Then the first.")
    assert list(house.summary.paragraphs.values_list("number", "pk")) == [(2, before[1]), (1, before[0])]


def test_an_appearance_at_a_panel_belongs_to_the_panels_dialogue(house, desk):
    late = build.speaker("Late Comer")
    address = desk_address(type(house.panel), "change", house.panel.pk)
    row = {"appearances-0-speaker": late.pk, "appearances-0-role": "moderator", "appearances-0-position": 0}
    counts = {"appearances-TOTAL_FORMS": 1, "appearances-INITIAL_FORMS": 0, "appearances-0-panel": house.panel.pk}
    panel = {"number": 1, "kind": "panel", "title": "The panel"}
    assert desk.post(address, panel | counts | row).status_code == 302
    made = Appearance.objects.get(speaker=late)
    assert (made.panel, made.dialogue) == (house.panel, house.dialogue)


def test_a_new_panel_is_saved_with_its_appearances(house, desk):
    late = build.speaker("Late Comer")
    row = {"appearances-0-speaker": late.pk, "appearances-0-role": "moderator", "appearances-0-position": 0}
    counts = {"appearances-TOTAL_FORMS": 1, "appearances-INITIAL_FORMS": 0}
    panel = {"dialogue": house.dialogue.pk, "number": 2, "kind": "qa", "title": "Questions"}
    assert desk.post(desk_address(type(house.panel), "add"), panel | counts | row).status_code == 302
    assert Appearance.objects.get(speaker=late).dialogue == house.dialogue


def test_a_number_that_another_panel_has_is_refused_with_a_sentence(house, desk):
    build.panel(house.dialogue, number=2)
    build.panel(build.dialogue(), number=3)
    panel = {"kind": "panel", "title": "The panel", "appearances-TOTAL_FORMS": 0, "appearances-INITIAL_FORMS": 0}
    answer = desk.post(desk_address(house.panel, "change", house.panel.pk), panel | {"number": 2})
    assert answer.status_code == 200
    assert "Another panel of this dialogue has this number." in answer.content.decode()
    assert desk.post(desk_address(house.panel, "change", house.panel.pk), panel | {"number": 3}).status_code == 302


def test_a_panel_cannot_move_to_another_dialogue(house, desk):
    press(desk, house.panel, "", dialogue=build.dialogue().pk, title="Renamed")
    house.panel.refresh_from_db()
    assert (house.panel.dialogue, house.panel.title) == (house.dialogue, "Renamed")
