"""The page of a call's invitations: invite many, see what became of them, send again and withdraw."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from contributions.models import Contribution, Invitation
from publishing.models import Transition
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

PASTED = "Open Door <info@door.example>\nlac@lake.example\nPaper House"


@pytest.fixture
def call():
    return build.call(build.dialogue(), title="What have you seen?", audience="invited")


def address(call):
    return f"/desk/dialogues/{call.dialogue_id}/invitations/{call.pk}/"


def post(browser, call, do, **fields):
    return browser.post(address(call), {"people": PASTED, "language": "en", "late_until": "", "do": do, **fields})


def send(browser, call, **fields):
    """Check, then send what was shown."""
    seen = post(browser, call, "check", **fields).context["form"].digest
    return post(browser, call, "send", checked=seen, **fields)


def test_those_who_are_invited_are_shown_before_anything_is_sent(desk, call):
    html = post(desk, call, "check").content.decode()
    for words in ("Invite 3 organizations?", "info@door.example", "No address: you pass the link on", "To Open Door:"):
        assert words in html
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_after_the_check_each_gets_a_letter_and_is_listed(desk, call, secretary):
    assert send(desk, call).status_code == 302
    assert [email.to for email in mail.outbox] == [["info@door.example"], ["lac@lake.example"]]
    assert "To Open Door:" in mail.outbox[0].body
    assert "To " not in mail.outbox[1].body
    assert "You are invited to contribute: What have you seen?" in mail.outbox[1].body
    made = Invitation.objects.get(organization_name="Paper House")
    assert (made.sent_at, made.made_by) == (None, secretary)
    assert shows(desk, address(call), "3 invitations", "0 used", "info@door.example", "Not used", made.secret)
    assert shows(desk, f"/desk/dialogues/{call.dialogue_id}/contributions/", "3 invited", address(call))
    (entry,) = Transition.objects.filter(verb="invite")
    assert set(entry.facts["invitations"]) == set(Invitation.objects.values_list("pk", flat=True))


def test_changes_after_the_check_are_shown_again_instead_of_sent(desk, call):
    seen = post(desk, call, "check").context["form"].digest
    for fields in ({"people": "Other <other@door.example>"}, {"language": "fr"}):
        answer = post(desk, call, "send", checked=seen, **fields)
        assert answer.status_code == 200
        assert "checked-heading" in answer.content.decode()
    assert post(desk, call, "send").status_code == 200
    assert not Invitation.objects.exists()


def test_a_second_click_and_those_who_are_invited_already_send_nothing_more(desk, call):
    seen = post(desk, call, "check").context["form"].digest
    post(desk, call, "send", checked=seen)
    html = post(desk, call, "send", checked=seen).content.decode()
    assert "These have an invitation already" in html
    send(desk, call, people=PASTED + "\nnew@door.example")
    assert Invitation.objects.count() == 4
    assert [email.to for email in mail.outbox[2:]] == [["new@door.example"]]


def test_lines_that_cannot_be_read_are_named_and_kept(desk, call):
    answer = post(desk, call, "check", people="Open Door <info@door>")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 1: “info@door” is not an email address." in html
    assert "Open Door &lt;info@door&gt;" in html


def test_a_closed_call_takes_invitations_with_a_later_time_only(desk):
    call = build.call(opens=-3, closes=-1, audience="invited")
    assert "until when they may still submit" in post(desk, call, "check").content.decode()
    send(desk, call, people="info@door.example", late_until="2099-03-01T13:00")
    (made,) = Invitation.objects.all()
    assert made.late_until.isoformat() == "2099-03-01T12:00:00+00:00"


def test_nobody_is_invited_to_a_hidden_call(desk):
    call = build.call(public=False, audience="invited")
    assert shows(desk, address(call), "Publish the call first")
    assert post(desk, call, "check").status_code == 422
    assert mail.outbox == []


def test_an_invitation_that_was_used_is_told_without_the_name_of_its_user(desk, call, participant):
    send(desk, call)
    workflow.redeem_invitation(Invitation.objects.get(email="info@door.example"), by=participant)
    html = desk.get(address(call)).content.decode()
    assert "1 used" in html
    assert participant.email not in html


@pytest.fixture
def invited(desk, call):
    """Three invitations, made an hour ago."""
    send(desk, call)
    Invitation.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(hours=1))
    mail.outbox.clear()
    return {row.organization_name or row.email: row for row in Invitation.objects.all()}


def test_a_letter_is_sent_again_with_the_same_link_once(desk, call, invited):
    door = invited["Open Door"]
    for _click in range(2):
        answer = desk.post(address(call), {"do": "again", "invitation": [door.pk]}, follow=True)
    assert "1 was left out" in answer.content.decode()
    (email,) = mail.outbox
    assert email.to == ["info@door.example"]
    assert door.secret in email.body
    assert Invitation.objects.get(pk=door.pk).sent_at > door.sent_at


def test_nothing_is_sent_again_to_those_who_used_theirs_or_have_no_address(desk, call, invited, participant):
    workflow.redeem_invitation(invited["Open Door"], by=participant)
    ticked = [invited["Open Door"].pk, invited["Paper House"].pk, invited["lac@lake.example"].pk]
    answer = desk.post(address(call), {"do": "again", "invitation": ticked}, follow=True)
    html = answer.content.decode()
    assert "1 letter is on its way again." in html
    assert "2 were left out" in html
    assert [email.to for email in mail.outbox] == [["lac@lake.example"]]


def test_a_withdrawn_invitation_lets_nobody_in_and_says_so(desk, call, invited, browser_of, participant):
    filer = browser_of(participant)
    door = invited["Open Door"]
    desk.post(address(call), {"do": "withdraw", "invitation": [door.pk]})
    assert shows(desk, address(call), "1 withdrawn")
    assert hides(desk, address(call), door.secret)
    assert shows(filer, door.get_absolute_url(), "This invitation was withdrawn.")
    assert hides(filer, door.get_absolute_url(), "Open Door", "Start, or continue my draft")
    filer.post(door.get_absolute_url())
    assert not Contribution.objects.exists()
    assert Transition.objects.get(verb="withdraw_invitation").facts == {"invitations": [door.pk]}


def test_a_used_invitation_can_not_be_withdrawn(desk, call, invited, participant):
    draft = workflow.redeem_invitation(invited["Open Door"], by=participant)
    answer = desk.post(address(call), {"do": "withdraw", "invitation": [invited["Open Door"].pk]}, follow=True)
    assert "1 was left out" in answer.content.decode()
    assert Contribution.objects.get(pk=draft.pk).can_be_submitted


def test_somebody_whose_invitation_was_withdrawn_can_be_invited_again(desk, call, invited):
    desk.post(address(call), {"do": "withdraw", "invitation": [invited["Open Door"].pk]})
    send(desk, call)
    assert [email.to for email in mail.outbox] == [["info@door.example"]]


def test_without_a_tick_nothing_happens_and_the_page_says_why(desk, call, invited):
    for verb in ("again", "withdraw"):
        assert "Tick at least one." in desk.post(address(call), {"do": verb}, follow=True).content.decode()
    assert mail.outbox == []


def test_invitations_to_other_calls_can_not_be_reached_from_here(desk, call, invited):
    other = build.call(audience="invited")
    desk.post(address(other), {"do": "withdraw", "invitation": [invited["Open Door"].pk]})
    assert not Invitation.objects.exclude(withdrawn_at=None).exists()
    assert desk.get(f"/desk/dialogues/{call.dialogue_id}/invitations/{other.pk}/").status_code == 404


def test_only_the_secretariat_sees_and_makes_invitations(browser_of, reviewer, call, invited):
    browser = browser_of(reviewer)
    assert browser.get(address(call)).status_code == 403
    for verb in ("check", "send", "again", "withdraw"):
        assert post(browser, call, verb, invitation=[invited["Open Door"].pk]).status_code == 403
    assert hides(browser, f"/desk/dialogues/{call.dialogue_id}/contributions/", "invitations/", "3 invited")
    assert mail.outbox == []


def extend(browser, call, invitations, until):
    ticked = [invitation.pk for invitation in invitations]
    return browser.post(address(call), {"do": "extend", "invitation": ticked, "more-until": until}, follow=True)


@pytest.fixture
def after_the_call(call, invited):
    """Let the call close while two of three invitations are not used."""
    call.opens_at, call.closes_at = timezone.now() - timedelta(days=3), timezone.now() - timedelta(days=1)
    call.save()


def test_one_invitation_gets_a_later_end_at_the_desk(desk, call, invited, after_the_call, browser_of, participant):
    door, lake = invited["Open Door"], invited["lac@lake.example"]
    filer = browser_of(participant)
    assert hides(filer, door.get_absolute_url(), "Start, or continue my draft")
    answer = extend(desk, call, [door], "2099-03-01T13:00")
    assert "1 invitation lasts until 1 Mar 2099, 13:00. Nobody has been told yet." in answer.content.decode()
    assert shows(desk, address(call), "until 1 Mar 2099, 13:00")
    assert shows(filer, door.get_absolute_url(), "Start, or continue my draft")
    assert hides(filer, lake.get_absolute_url(), "Start, or continue my draft")
    assert mail.outbox == []
    entry = Transition.objects.get(verb="grant_extension")
    assert entry.facts["invitations"] == [door.pk]
    assert datetime.fromisoformat(entry.facts["until"]) == Invitation.objects.get(pk=door.pk).late_until


def test_a_draft_begun_with_an_invitation_gets_more_time_until_it_is_sent(desk, call, invited, participant):
    door = invited["Open Door"]
    draft = workflow.redeem_invitation(door, by=participant)
    call.opens_at, call.closes_at = timezone.now() - timedelta(days=3), timezone.now() - timedelta(days=1)
    call.save()
    assert not Contribution.objects.get(pk=draft.pk).can_be_submitted
    extend(desk, call, [door], "2099-03-01T13:00")
    assert Contribution.objects.get(pk=draft.pk).can_be_submitted
    build.attached(draft, by=participant)
    workflow.save(draft.draft, by=participant, organization_name="Open Door", title="Lamps", text="Words.")
    workflow.submit(draft, by=participant, consent=True)
    assert "1 was left out" in extend(desk, call, [door], "2099-04-01T13:00").content.decode()
    assert Invitation.objects.get(pk=door.pk).late_until.month == 3


def test_giving_more_time_never_takes_time_away(desk, call, invited):
    extend(desk, call, [invited["Open Door"]], "2099-04-01T13:00")
    answer = extend(desk, call, [invited["Open Door"], invited["Paper House"]], "2099-03-01T13:00")
    assert "1 invitation lasts until 1 Mar 2099, 13:00." in answer.content.decode()
    assert "1 was left out" in answer.content.decode()
    months = dict(Invitation.objects.values_list("organization_name", "late_until__month"))
    assert (months["Open Door"], months["Paper House"]) == (4, 3)


def test_a_withdrawn_invitation_gets_no_more_time(desk, call, invited, secretary):
    door = invited["Open Door"]
    workflow.withdraw_invitations([door], by=secretary)
    assert "1 was left out" in extend(desk, call, [door], "2099-03-01T13:00").content.decode()
    assert Invitation.objects.get(pk=door.pk).late_until is None


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2020-03-01T13:00", "That time has passed. Choose a later one."),
        (None, "The call is open until then: choose a later time."),
        ("", "Fill in “They may send until (Vienna time)”."),
    ],
)
def test_a_time_that_gives_nothing_is_refused_and_what_was_ticked_stays(desk, call, invited, until, sentence):
    soon = timezone.localtime() + timedelta(minutes=5)
    typed = soon.strftime("%Y-%m-%dT%H:%M") if until is None else until
    answer = extend(desk, call, [invited["Open Door"]], typed)
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True)
    assert f'value="{invited["Open Door"].pk}" checked' in html
    assert f'value="{invited["Paper House"].pk}" checked' not in html
    assert f'value="{typed}"' in html or not typed
    assert set(Invitation.objects.values_list("late_until", flat=True)) == {None}
