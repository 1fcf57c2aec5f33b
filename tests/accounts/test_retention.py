"""What is deleted of people who sign in, and when."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts import workflow
from contributions import workflow as filing
from portal.management.commands.run_chores import CHORES
from publishing.models import Transition, Verb
from publishing.workflow import log
from tests import build

from .conftest import Visitor

User = get_user_model()


def age(user, *, days):
    """Move a user's account and last sign-in into the past."""
    past = timezone.now() - timedelta(days=days)
    user.date_joined = past
    user.last_login = past if user.last_login else None
    user.save()
    return user


def asked_for_code(email, days=2, **fields):
    """Return the account of someone who asked for a code some days ago and did not enter it."""
    Visitor().ask(email)
    user = User.objects.get(email=email)
    User.objects.filter(pk=user.pk).update(**fields)
    return age(User.objects.get(pk=user.pk), days=days)


def test_an_account_that_nobody_signed_in_to_is_deleted_after_a_day(db):
    asked_for_code("typo@example.org")
    fresh = asked_for_code("fresh@example.org", days=0)
    assert workflow.delete_unproved() == 1
    assert list(User.objects.all()) == [fresh]
    assert EmailAddress.objects.count() == 1


def test_an_account_that_was_proved_or_made_by_staff_stays(db, participant):
    age(participant, days=99)
    asked_for_code("named@example.org", name="Ada Keeper")
    asked_for_code("staff@example.org", is_staff=True)
    asked_for_code("chair@example.org").groups.add(build.user("c@example.org", role="Co-Chairs").groups.get())
    age(User.objects.create_user("invited@example.org"), days=99)  # nobody asked a code for it yet
    speaker = asked_for_code("speaker@example.org")
    build.speaker(account=speaker)
    assert workflow.delete_unproved() == 0


def test_an_account_that_nobody_used_for_two_years_is_deleted_with_its_address(db):
    idle, used = (build.user(f"{name}@example.org", last_login=timezone.now()) for name in ("idle", "used"))
    age(idle, days=731)
    age(used, days=729)
    assert workflow.delete_idle() == 1
    assert not User.objects.filter(email="idle@example.org").exists()
    assert not EmailAddress.objects.filter(email="idle@example.org").exists()
    assert User.objects.filter(pk=used.pk).exists()


def test_a_published_contribution_outlives_the_account_of_its_filer(secretary):
    filer = build.user("filer@example.org", last_login=timezone.now())
    public = build.contribution(by=filer)
    age(filer, days=731)
    assert workflow.delete_idle() == 1
    public.refresh_from_db()
    assert (public.filer, public.state) == (None, "published")


def test_the_account_of_an_undecided_contribution_stays(db):
    filer = build.user("filer@example.org", last_login=timezone.now())
    filing.begin(build.call(), by=filer)
    age(filer, days=731)
    assert workflow.delete_idle() == 0


def test_the_accounts_of_staff_and_of_those_whom_the_log_names_stay(secretary):
    once = build.user("once@example.org", last_login=timezone.now())
    log(build.dialogue(), Verb.CORRECT, by=once)
    age(once, days=731)
    secretary.last_login = timezone.now()
    age(secretary, days=731)
    assert workflow.delete_idle() == 0


def test_expired_sessions_are_deleted_and_leave_the_list(secretary, participant):
    for user in (secretary, participant):
        Visitor().sign_in(user.email)
    kept = Visitor()
    kept.sign_in(secretary.email)
    Session.objects.exclude(pk=kept.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert workflow.forget_sessions() >= 2
    assert [row.session_key for row in UserSession.objects.all()] == [kept.session.session_key]
    assert Session.objects.count() == 1


def test_the_command_reports_what_it_deleted_and_is_silent_otherwise(db, capsys):
    asked_for_code("typo@example.org")
    call_command("delete_expired_accounts")
    assert capsys.readouterr().out.startswith("Deleted 1 accounts that nobody proved, 0 that nobody used,")
    call_command("delete_expired_accounts")
    assert capsys.readouterr().out == ""


def test_notes_in_the_log_are_deleted_after_months_and_the_chain_holds(secretary, capsys, clock):
    old = log(build.dialogue(), Verb.DECLINE, by=secretary, note="Your text names a survivor.")
    later = timezone.now() + timedelta(days=181)
    clock(later)
    new = log(build.dialogue(), Verb.DECLINE, by=secretary, note="Please shorten it.")
    call_command("delete_expired_records")
    assert "1 notes in the log permanently deleted." in capsys.readouterr().out
    notes = {entry.pk: entry.note for entry in Transition.objects.filter(pk__in=[old.pk, new.pk])}
    assert notes == {old.pk: "", new.pk: "Please shorten it."}
    call_command("check_log")


@pytest.mark.parametrize("chore", ["delete_expired_accounts", "delete_expired_records"])
def test_the_chores_delete(chore):
    assert chore in CHORES
