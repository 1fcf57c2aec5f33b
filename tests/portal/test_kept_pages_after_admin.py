"""Whatever a form of the admin changes is on the next public page, if the record is public, and only then."""

from operator import methodcaller

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from contributions import workflow as filing
from contributions.models import Call, Contribution, Invitation
from dialogues.models import (
    Appearance,
    Comment,
    Dialogue,
    NewsItem,
    Organization,
    Panel,
    Paper,
    Paragraph,
    Photograph,
    Quote,
    Recording,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from documents.models import Document, Picture
from documents.tasks import render_picture
from mail.models import OutgoingEmail
from publishing import kept_pages
from publishing.models import Deletion, PublicChange, Transition
from publishing.page_sources import shown_models
from search.models import Concept
from tests import build
from tests.once import made_once
from tests.public_world import make_world

from .admin_forms import ChangeForm, another

pytestmark = pytest.mark.django_db

own_page = methodcaller("get_absolute_url")
# The forms of what pages show: the name of the record in the world, and the page on it.
SHOWN = {
    Call: ("call", own_page),
    Dialogue: ("dialogue", own_page),
    Panel: ("panel", own_page),
    Series: ("series", lambda series: "/dialogues/quaggas/"),
    Topic: ("topic", own_page),
    Organization: ("organization", lambda organization: "/speakers/"),
    Speaker: ("speaker", own_page),
    Appearance: ("seat", lambda seat: "/dialogues/quaggas/"),
    Quote: ("quote", own_page),
    Paper: ("paper", own_page),
    NewsItem: ("news", own_page),
    Summary: ("summary", own_page),
    Picture: ("portrait", lambda picture: Speaker.objects.get(portrait=picture).get_absolute_url()),
    Concept: ("concept", lambda concept: "/search/?q=quagga"),
}
# Forms of what pages show in which nothing can be changed.
READ_ONLY = {
    Contribution,
    Document,
    Paragraph,
    Photograph,
    Recording,
    Statement,
}  # staff change contributions on the desk
# Forms of what no public page shows.
SHOWN_NOWHERE = {
    Invitation, Deletion, Comment, Transition, OutgoingEmail, Group, User, EmailAddress, DBTaskResult
}  # fmt: skip
# Fields of shown records that change nothing on pages: as `unshown` of the page sources, or by themselves.
UNSHOWN = {
    (Speaker, "account"), (Speaker, "picture_alt"), (Speaker, "picture_credit"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made_for_all(django_db_setup, django_db_blocker):
    yield from made_once(django_db_blocker, make_records)


def make_records():
    """Return the public records, drafts of the same kinds in `drafts`, and what no page shows in `nowhere`."""
    world = make_world()
    world.root = build.user("root@example.org", role="Reviewers", is_staff=True, is_superuser=True)
    world.series, world.portrait = world.dialogue.series, world.speaker.portrait
    render_picture.call(world.portrait.pk)
    world.concept = build.concept("quagga", "zebra")
    other = build.dialogue(title="Another dialogue")
    build.panel(other)
    build.panel(world.dialogue, number=2)
    world.dialogue.counts.create(what="States", number=12)
    world.call.questions.create(number=1, text="What did you see?")
    build.series("FIR")
    Organization.objects.create(name="Another body")
    draft = build.dialogue(public=False)
    seat = build.appearance(draft, panel=build.panel(draft))
    world.drafts = {
        Dialogue: draft, Panel: seat.panel, Appearance: seat, Speaker: seat.speaker,
        Call: build.call(draft, public=False), Topic: build.topic("Hidden", public=False),
        Quote: build.quote(world.seat, public=False), Paper: build.paper(world.dialogue, public=False),
        NewsItem: build.news_item(public=False), Summary: build.summary(world.dialogue, language="fr", public=False),
        Series: build.series("NEW"), Picture: build.portrait(),
    }  # fmt: skip
    invitation = filing.invite(Invitation(call=world.call, organization_name="Invited"), by=world.root)
    world.nowhere = {
        Invitation: invitation or Invitation.objects.get(), Group: Group.objects.first(), User: world.secretary,
        EmailAddress: EmailAddress.objects.create(user=world.secretary, email=world.secretary.email),
    }  # fmt: skip
    return world


@pytest.fixture
def root(world, browser_of):
    """A browser of someone who may do everything."""
    return browser_of(world.root)


def test_every_form_of_the_admin_is_listed():
    registered = set(admin.site._registry)
    assert {*SHOWN} | READ_ONLY | SHOWN_NOWHERE == registered
    assert registered & shown_models() == {*SHOWN} | READ_ONLY


def pages_in(store):
    """Return {key: page} of all pages that a store keeps."""
    return dict(store._tried) | dict(store._read)


def store_with(pages):
    """Return a store that keeps these pages and no others."""
    store = kept_pages.PageStore(8 * 1024 * 1024)
    for key, page in pages.items():
        store.keep(key, page)
    return store


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_each_field_of_a_public_record_is_on_the_next_page(world, root, client, settings, model):
    """Each field alone, those of inlines too; the kept page is as one that is made now."""
    name, page_of = SHOWN[model]
    record = model.objects.get(pk=getattr(world, name).pk)
    address, form, changed = page_of(record), ChangeForm(root, record), []
    before, first, kept = PublicChange.objects.state(), client.get(address).content, pages_in(kept_pages.store)
    assert kept
    for field, bound in form.fields.items():
        kept_pages.store = store_with(kept)  # as states come again where a transaction is undone
        with transaction.atomic():
            is_saved = form.post(another(field, bound))
            moved, again = PublicChange.objects.state() != before, client.get(address)
            settings.KEPT_PAGES_MEGABYTES = 0
            cold = client.get(address)
            settings.KEPT_PAGES_MEGABYTES = 8
            assert (again.status_code, again.content) == (cold.status_code, cold.content), field
            assert moved is (is_saved and (model, field) not in UNSHOWN), field
            changed += [field] * (cold.content != first)
            transaction.set_rollback(True)
    assert changed


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_the_form_of_a_draft_ends_no_kept_page(world, root, model):
    """Whatever changes but its parent, which may be public. Organizations and terms have no drafts."""
    if model in (Organization, Concept):
        assert model not in world.drafts
        return
    form = ChangeForm(root, world.drafts[model])
    before = PublicChange.objects.state()
    for field, bound in form.fields.items():
        if not hasattr(bound.field, "queryset") or hasattr(bound.field, "max_num"):
            with transaction.atomic():
                form.post(another(field, bound))
                assert PublicChange.objects.state() == before, field
                transaction.set_rollback(True)


@pytest.mark.parametrize("model", sorted(READ_ONLY | SHOWN_NOWHERE, key=lambda model: model.__name__),
                         ids=lambda model: model.__name__)  # fmt: skip
def test_other_forms_change_no_page(world, root, model):
    """Nothing can be changed in them, or nothing that pages show."""
    before = PublicChange.objects.state()
    if model in world.nowhere:
        form = ChangeForm(root, world.nowhere[model])
        for field, bound in form.fields.items():
            with transaction.atomic():
                form.post(another(field, bound))
                assert PublicChange.objects.state() == before, field
                transaction.set_rollback(True)
    else:
        assert not may_edit(model, world.root)


def may_edit(model, user):
    """Return whether the change form of a model has a field to edit."""
    model_admin, request = admin.site._registry[model], RequestFactory().get("/")
    request.user = user
    may_change = model_admin.has_change_permission(request)
    return may_change and bool(model_admin.get_form(request, model(), change=True).base_fields)
