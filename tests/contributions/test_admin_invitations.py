"""Invitations in the admin: created by the secretariat, emailed once or passed on by hand."""

import pytest
from django.core import mail
from django.urls import reverse

from contributions import workflow
from contributions.models import Invitation
from tests import build, gate

pytestmark = pytest.mark.django_db

LIST = reverse("admin:contributions_invitation_changelist")
ADD = reverse("admin:contributions_invitation_add")


def page(invitation):
    return reverse("admin:contributions_invitation_change", args=[invitation.pk])


def form(call, **fields):
    return {"call": call.pk, "organization_name": "Open Door", "email": "", "language": "en", **fields}


def test_the_secretariat_invites_and_the_email_is_sent_once(office, secretary):
    call = build.call(audience="invited")
    late = {"late_until_0": "2099-03-01", "late_until_1": "13:00:00"}
    answer = office.post(ADD, form(call, email="door@example.org", **late))
    assert answer.status_code == 302
    made = Invitation.objects.get()
    assert (made.call, made.made_by, made.late_until.isoformat()) == (call, secretary, "2099-03-01T12:00:00+00:00")
    assert [email.to for email in mail.outbox] == [["door@example.org"]]
    office.post(page(made), {"organization_name": "Open Doors", "late_until_0": "", "late_until_1": ""})
    made.refresh_from_db()
    assert (made.organization_name, made.late_until, made.email) == ("Open Doors", None, "door@example.org")
    assert len(mail.outbox) == 1


def test_the_page_shows_the_link(office, settings):
    settings.BASE_URL = "https://portal.example"
    office.post(ADD, form(build.call()))
    made = Invitation.objects.get()
    link = f"https://portal.example/contributions/invitation/{made.secret}/"
    assert gate.shows(office, page(made), link)
    assert gate.shows(office, LIST, "Open Door")
    assert gate.hides(office, LIST, made.secret)
    assert mail.outbox == []


def test_call_address_and_secret_cannot_be_changed_later(office):
    office.post(ADD, form(build.call(), email="door@example.org"))
    before = Invitation.objects.values("call", "email", "secret", "made_by").get()
    office.post(page(Invitation.objects.get()), form(build.call(), email="other@example.org", secret="x"))
    assert Invitation.objects.values("call", "email", "secret", "made_by").get() == before


def test_the_list_filters_used_and_unused_invitations(office, participant):
    used, unused = (Invitation.objects.create(call=build.call(), organization_name=name) for name in ("One", "Two"))
    workflow.redeem_invitation(used, by=participant)
    answer = office.get(LIST, {"used": "no"})
    assert list(answer.context["cl"].queryset) == [unused]
    assert participant.email not in office.get(page(used)).content.decode()


def test_reviewers_and_other_users_neither_see_nor_create_invitations(desk, filer, participant):
    made = Invitation.objects.create(call=build.call(), organization_name="Open Door")
    for address in (LIST, ADD, page(made)):
        assert desk.get(address).status_code == 403
        assert filer.get(address).status_code == 302
    desk.post(ADD, form(made.call))
    assert Invitation.objects.get() == made


@pytest.mark.parametrize("fields", [{"organization_name": ""}, {"email": "nobody"}, {"call": ""}])
def test_errors_are_shown_and_nothing_is_sent(office, fields):
    answer = office.post(ADD, form(build.call()) | fields)
    assert (answer.status_code, Invitation.objects.exists(), mail.outbox) == (200, False, [])
