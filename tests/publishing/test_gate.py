"""What every record with a gate of its own has, whatever its kind."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone

from dialogues.models import Dialogue, NewsItem, Paragraph, Summary, Topic
from publishing.models.gate import Publishable, model_at, sees_all_drafts
from tests import build


def test_a_record_without_a_page_says_so():
    with pytest.raises(NotImplementedError, match="Topic has no page"):
        Publishable.get_absolute_url(Topic())


def test_a_record_is_no_draft_once_it_has_a_date():
    assert not Topic().is_published
    assert Topic(published_at=timezone.now()).is_published


def test_a_preview_shows_the_page_of_its_record_to_anyone_unless_a_kind_says_otherwise():
    topic = Topic(slug="ports")
    assert Publishable.get_preview_url(topic) == topic.get_absolute_url()
    assert Publishable.preview_recipients(topic) is None
    assert Publishable.check_ready(topic) is None


@pytest.mark.parametrize("model", [Dialogue, NewsItem, Summary, Topic])
def test_no_form_opens_the_gate_and_lists_can_be_sorted_by_it(model):
    field = model._meta.get_field("published_at")
    assert (field.editable, field.null, field.blank, field.db_index) == (False, True, True, True)


@pytest.mark.django_db
def test_publication_needs_a_permission_of_its_own():
    names = {one.codename for one in Permission.objects.filter(content_type__model="topic")}
    assert names == {f"{action}_topic" for action in ("add", "change", "delete", "view", "publish")}


def test_the_model_at_the_end_of_a_path():
    assert model_at(Paragraph, "") is Paragraph
    assert model_at(Paragraph, "summary") is Summary
    assert model_at(Paragraph, "summary__dialogue") is Dialogue


@pytest.mark.django_db
def test_only_the_secretariat_sees_all_drafts(secretary, reviewer, stranger):
    assert sees_all_drafts(secretary) is True
    for user in (reviewer, stranger, AnonymousUser()):
        assert sees_all_drafts(user) is False
        assert Topic.objects.drafts_open_to(user) is None


@pytest.mark.django_db
def test_a_draft_is_read_by_the_secretariat_and_a_published_record_by_all(secretary, stranger):
    public, draft = build.topic("Ports"), build.topic("Secret", public=False)
    assert set(Topic.objects.visible_to(secretary)) == {public, draft}
    assert set(Topic.objects.visible_to(stranger)) == set(Topic.objects.published()) == {public}
