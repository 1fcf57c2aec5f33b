"""Every page of the admin, with a record of each model."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Organization
from publishing import workflow
from tests import build, files
from tests.dialogues.test_admin import desk_address
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OF_PROCEEDINGS = [model for model in MODELS if model._meta.app_label in ("dialogues", "contributions", "documents")]


@pytest.fixture(scope="module")
def everything_of_module(house_of_module, django_db_blocker):
    """A record of each model in the admin."""
    yield from made_once(django_db_blocker, lambda: add_the_rest(house_of_module))


def add_the_rest(house):
    chair = build.co_chair(house.dialogue)
    house.dialogue.comments.create(text="Hm.", author=chair, paragraph=house.summary.paragraphs.first())
    house.dialogue.expected.create(kind="guidance")
    house.dialogue.sittings.create(starts_at=timezone.now(), ends_at=timezone.now() + timezone.timedelta(hours=1))
    Organization.objects.create(name="The body")
    build.recording(house.dialogue)
    call = build.call(house.dialogue)
    build.contribution(call, by=build.user("filer@example.org"), attach=[("a.pdf", files.pdf())])
    call.invitations.create(organization_name="The invited")
    workflow.delete(build.topic("The deleted", public=False), by=None)


@pytest.fixture
def everything(everything_of_module, db):
    """A record of each model in the admin; what the test changes is undone."""


def rights(user, model):
    """Return the permissions of a user for a model in the admin."""
    request = RequestFactory().get("/")
    request.user = user
    return admin.site._registry[model].get_model_perms(request)


def by_label(model):
    return model._meta.label


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_every_list_opens_for_users_with_permission_and_can_be_searched(model, everything, secretary, desk):
    allowed = rights(secretary, model)["view"]
    for query in ("", "?q=the", "?q=%00", "?q=%27%22%3C"):
        answer = desk.get(desk_address(model, "changelist") + query)
        assert answer.status_code == (200 if allowed else 403)
    assert allowed or model not in OF_PROCEEDINGS


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_every_add_form_opens_for_users_with_permission(model, secretary, desk):
    assert desk.get(desk_address(model, "add")).status_code == (200 if rights(secretary, model)["add"] else 403)


@pytest.mark.parametrize("model", OF_PROCEEDINGS, ids=by_label)
def test_every_change_page_opens(model, everything, desk):
    assert desk.get(desk_address(model, "change", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_reviewers_can_open_only_what_they_review_and_look_up(model, everything, reviewer, browser_of):
    may = {"Contribution", "Call", "Dialogue", "Organization", "Topic"}
    status = 200 if model.__name__ in may else 403
    assert browser_of(reviewer).get(desk_address(model, "changelist")).status_code == status


@pytest.mark.parametrize("model", MODELS, ids=by_label)
@pytest.mark.parametrize("who", ["client", "participant", "chair"])
def test_nothing_opens_for_users_who_are_not_staff(model, who, client, participant, browser_of):
    if who != "client":
        client = browser_of(participant if who == "participant" else build.co_chair(build.dialogue()))
    assert client.get(desk_address(model, "changelist")).status_code == 302


def autocompletes():
    """Return (model, field) of every autocomplete field, on pages and in inlines."""
    for model, page in admin.site._registry.items():
        for place in (page, *(inline(model, admin.site) for inline in page.inlines)):
            yield from ((place.model, field) for field in place.autocomplete_fields)


@pytest.mark.parametrize(("model", "field"), sorted(set(autocompletes()), key=str))
def test_every_autocomplete_answers(model, field, everything, desk):
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    answer = desk.get(reverse("admin:autocomplete"), query | {"term": ""})
    assert answer.status_code == 200
    target = model._meta.get_field(field).related_model
    assert len(answer.json()["results"]) == min(target.objects.count(), 20)


@pytest.mark.parametrize("model", OF_PROCEEDINGS, ids=by_label)
def test_no_admin_page_links_to_the_view_on_site_shortcut(model, everything, desk):
    record = model.objects.first()
    page = desk.get(desk_address(model, "change", record.pk)).content.decode()
    assert "/admin/r/" not in page
    if hasattr(record, "get_absolute_url"):
        assert f'href="{record.get_absolute_url()}"' in page
