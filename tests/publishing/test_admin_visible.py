"""The gate in the admin's fields and filters: hidden records are named only to users who see drafts."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse

from dialogues.models import Topic
from publishing import workflow
from publishing.admin.visible import VisibleFilter, is_gated
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

DIALOGUES = reverse("admin:dialogues_dialogue_changelist")


@pytest.fixture
def clerk(browser_of):
    """The browser of a user who may edit dialogues but not see drafts."""
    user = build.user("clerk@example.org", is_staff=True)
    rights = ["change_dialogue", "view_dialogue", "view_topic", "view_series"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return browser_of(user)


@pytest.fixture
def dialogue():
    """A dialogue with a published and a hidden topic."""
    made = build.dialogue(title="The dialogue")
    made.topics.set([build.topic("Open topic"), build.topic("Draft topic", public=False)])
    return made


def page(record):
    return reverse("admin:dialogues_dialogue_change", args=[record.pk])


def save(browser, record, *topics):
    counts = {
        f"{prefix}-{count}": 0
        for prefix in ("sittings", "panels", "appearances", "expected", "counts", "comments",
                       "publishing-transition-content_type-object_id")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }  # fmt: skip
    form = {"series": record.series_id, "title": record.title, "slug": record.slug, "timezone": record.timezone}
    return browser.post(page(record), counts | form | {"topics": [topic.pk for topic in topics]})


def names(record):
    return set(record.topics.values_list("name", flat=True))


def test_every_filter_by_a_gated_model_is_a_visible_filter():
    asked = 0
    for model, desk in admin.site._registry.items():
        for entry in desk.list_filter:
            path, kind = entry if isinstance(entry, tuple) else (entry, None)
            if not isinstance(path, str):  # a filter class without a field
                continue
            try:
                field = admin.utils.get_fields_from_path(model, path)[-1]
            except FieldDoesNotExist:
                continue
            if field.is_relation and is_gated(field.related_model):
                assert kind is VisibleFilter, (model, path)
                asked += 1
    assert asked == 12


def test_a_filter_offers_only_visible_records(reviewer, browser_of, desk):
    for code, public in {"OPEN": True, "ALSO": True, "DRAFT": False}.items():
        build.dialogue(series=build.series(code), public=public)
    html = browser_of(reviewer).get(DIALOGUES).content.decode()
    assert "Series OPEN" in html
    assert "Series ALSO" in html
    assert "Series DRAFT" not in html
    assert "Series DRAFT" in desk.get(DIALOGUES).content.decode()


def test_users_who_see_drafts_can_choose_a_series_without_dialogues(desk):
    empty = build.series("EMPTY")
    dialogue = build.dialogue()
    dialogue.series = empty
    assert save(desk, dialogue).status_code == 302
    dialogue.refresh_from_db()
    assert dialogue.series == empty


def test_a_page_shows_only_visible_topics(dialogue, reviewer, browser_of, clerk, desk):
    for browser in (browser_of(reviewer), clerk):
        html = browser.get(page(dialogue)).content.decode()
        assert "Open topic" in html
        assert "Draft topic" not in html
    assert "Draft topic" in desk.get(page(dialogue)).content.decode()


def test_saving_keeps_topics_that_the_user_cannot_see(dialogue, clerk):
    assert save(clerk, dialogue).status_code == 302
    assert names(dialogue) == {"Draft topic"}
    assert save(clerk, dialogue, Topic.objects.get(name="Open topic")).status_code == 302
    assert names(dialogue) == {"Open topic", "Draft topic"}


def test_users_who_see_a_hidden_topic_can_remove_it(dialogue, desk):
    assert save(desk, dialogue).status_code == 302
    assert names(dialogue) == set()


def test_choosing_a_hidden_topic_fails_like_choosing_a_missing_one(dialogue, clerk):
    hidden = build.topic("Other draft", public=False)
    answers = [save(clerk, dialogue, hidden)]
    workflow.publish(hidden, by=None)
    number = hidden.pk
    hidden.delete()
    hidden.pk = number
    answers.append(save(clerk, dialogue, hidden))
    errors = [answer.context["adminform"].form.errors for answer in answers]
    assert errors[0] == errors[1] != {}
