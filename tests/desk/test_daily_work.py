"""The daily email to staff: who gets it, when, and that it counts work without naming anything."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command

from desk import daily_work
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
TITLE = "What the harbour master did"


@pytest.fixture(autouse=True)
def at_noon(clock, tasks_wait):
    clock(NOON)


def asked(user):
    """Return a user who asked for the daily email and whose address was proved."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    daily_work.ask_for_daily_email(user, wanted=True)
    return user


@pytest.fixture
def reader(secretary):
    return asked(secretary)


@pytest.fixture
def work():
    """A contribution to review and another, both twelve days old."""
    made = [build.contribution(state="submitted", title=TITLE, organization_name="Zebrahaus") for _ in range(2)]
    for record in made:
        type(record.newest).objects.filter(pk=record.newest.pk).update(sent_at=NOON - timedelta(days=12))
    mail.outbox.clear()
    return made


def test_the_daily_email_counts_work_by_kind_and_age_with_links(reader, work, settings):
    call_command("send_daily_work")
    (email,) = mail.outbox
    assert email.to == [reader.email]
    expected = (
        f"- Contributions to review: 2 (the oldest is 12 days old)\n"
        f"  {settings.BASE_URL}/desk/review/?state=submitted&who=all"
    )
    assert expected in email.body
    assert f"{settings.BASE_URL}/desk/\n" in email.body


def test_the_daily_email_names_no_record_and_no_person(reader, work):
    daily_work.send_due()
    (email,) = mail.outbox
    for record in work:
        for words in (TITLE, "Zebrahaus", record.reference, record.call.title, record.call.dialogue.title):
            assert words not in email.subject + email.body


def test_nothing_is_sent_when_nothing_has_to_be_done(reader):
    build.call()  # an open call is listed on the desk, and is no work
    build.contribution(state="returned")
    mail.outbox.clear()
    assert daily_work.send_due() == 0
    assert mail.outbox == []


def test_the_daily_email_is_sent_once_a_day(reader, work, clock):
    assert [daily_work.send_due(), daily_work.send_due()] == [1, 0]
    clock(NOON + timedelta(hours=10))
    assert daily_work.send_due() == 0
    clock(NOON + timedelta(hours=16))  # four in the morning
    assert daily_work.send_due() == 0
    clock(NOON + timedelta(hours=19))
    assert daily_work.send_due() == 1


def test_only_staff_who_asked_for_it_get_it(reader, work, reviewer):
    daily_work.send_due()
    assert [email.to for email in mail.outbox] == [[reader.email]]


def test_people_who_are_no_longer_staff_and_closed_accounts_get_nothing(secretary, reviewer, work):
    asked(secretary), asked(reviewer)
    get_user_model().objects.filter(pk=secretary.pk).update(is_staff=False)
    get_user_model().objects.filter(pk=reviewer.pk).update(is_active=False)
    assert daily_work.send_due() == 0


def test_each_gets_only_the_work_that_they_may_see(reader, reviewer, work):
    asked(reviewer)
    build.quote(build.appearance(build.dialogue()), public=False)
    assert daily_work.send_due() == 2
    bodies = {email.to[0]: email.body for email in mail.outbox}
    assert "Drafts of proceedings: 1" in bodies[reader.email]
    assert "Drafts of proceedings" not in bodies[reviewer.email]
    assert "Contributions to review: 2" in bodies[reviewer.email]


def test_staff_without_a_role_get_nothing(work):
    asked(build.user("new@example.org", is_staff=True))
    assert daily_work.send_due() == 0


def test_its_links_are_in_the_language_of_its_reader(reader, work, settings):
    get_user_model().objects.filter(pk=reader.pk).update(language="fr")
    daily_work.send_due()
    assert f"{settings.BASE_URL}/fr/desk/review/" in mail.outbox[0].body


def test_staff_turn_it_on_and_off_on_the_desk(desk, secretary):
    assert shows(desk, "/desk/", "Email me once a day")
    desk.post("/desk/daily-email/", {"wanted": "1"})
    secretary.refresh_from_db()
    assert secretary.wants_daily_email
    assert hides(desk, "/desk/", "Email me once a day")
    desk.post("/desk/daily-email/", {"wanted": "0"})
    secretary.refresh_from_db()
    assert not secretary.wants_daily_email


def test_people_who_are_not_staff_cannot_ask_for_it(browser_of, participant):
    assert browser_of(participant).post("/desk/daily-email/", {"wanted": "1"}).status_code == 404
    participant.refresh_from_db()
    assert not participant.wants_daily_email
