"""Staff prove a second factor before any page, and again before rights, addresses and exports."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from publishing.models import Transition
from tests import build
from tests.gate import shows

from .authenticators import AGAIN, app_of, code_of, kinds_of, prove_again, shown_now
from .conftest import Visitor

SET_UP = "/accounts/second-factor/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def verbs_of(user):
    return list(Transition.objects.filter(object_id=user.pk, content_type__model="user").values_list("verb", flat=True))


def test_the_code_from_the_mailbox_alone_does_not_sign_in_staff_with_a_second_factor(visitor, secretary, secret):
    assert visitor.sign_in(secretary.email) == "/accounts/sign-in/second-factor/"
    assert visitor.user_id is None
    assert visitor.get("/desk/").headers["Location"].startswith("/accounts/sign-in/")


@pytest.mark.parametrize(
    ("address", "label"),
    [("app/", "الرمز"), ("keys/new/", "اسم الجهاز"), ("again/", "الرمز")],
    ids=["an app", "a passkey", "again"],
)
def test_each_field_of_a_second_factor_has_one_label_in_the_language_of_the_page(visitor, secretary, address, label):
    visitor.sign_in(secretary.email)
    if address == "again/":
        secret = app_of(secretary)
        visitor.post("/accounts/sign-in/second-factor/", {"code": code_of(secret)})
    page = visitor.get(f"/ar{SET_UP}{address}").content.decode()
    form = page[page.index("<main") :]
    assert f">{label}</label>" in form
    assert "placeholder" not in form


def test_which_code_is_meant_is_said_before_the_field(visitor, secretary, secret):
    visitor.sign_in(secretary.email)
    page = visitor.get("/accounts/sign-in/second-factor/").content.decode()
    assert 'aria-describedby="id_code_helptext"' in page
    assert page.index("one of your recovery codes") < page.index('id="id_code"')


def test_both_factors_sign_in(visitor, secretary, secret):
    visitor.sign_in(secretary.email)
    answer = visitor.post("/accounts/sign-in/second-factor/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/desk/"
    assert visitor.get("/desk/").status_code == 200


def test_a_wrong_code_does_not_sign_in(visitor, secretary, secret):
    visitor.sign_in(secretary.email)
    answer = visitor.post("/accounts/sign-in/second-factor/", {"code": "000000"})
    assert "That is not the code" in answer.content.decode()
    assert visitor.user_id is None


@pytest.mark.parametrize("page", ["/desk/", "/admin/", "/", "/contributions/mine/", "/accounts/sessions/", "/fr/desk/"])
def test_staff_without_a_second_factor_see_no_page_before_they_set_one_up(visitor, secretary, page):
    visitor.sign_in(secretary.email)
    assert visitor.user_id == secretary.pk
    assert SET_UP in visitor.get(page).headers["Location"]


def test_staff_without_a_second_factor_see_no_draft_on_public_pages(visitor, secretary):
    draft = build.dialogue(public=False)
    visitor.sign_in(secretary.email)
    assert visitor.get(draft.get_absolute_url()).status_code == 302


def test_a_post_by_staff_without_a_second_factor_changes_nothing(visitor, secretary):
    visitor.sign_in(secretary.email)
    assert SET_UP in visitor.post("/desk/daily-email/", {"wanted": "on"}).headers["Location"]


def test_filers_are_not_asked(visitor, participant):
    assert visitor.sign_in(participant.email) == "/contributions/mine/"
    assert visitor.get("/contributions/mine/").status_code == 200
    assert visitor.get("/").status_code == 200


def test_the_pages_of_second_factors_do_not_exist_for_filers(visitor, participant):
    visitor.sign_in(participant.email)
    for page in (SET_UP, "/accounts/second-factor/app/", "/accounts/second-factor/keys/new/", "/accounts/sessions/"):
        assert visitor.get(page).status_code == 404


def test_nobody_is_asked_where_the_setting_is_off(visitor, secretary, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    visitor.sign_in(secretary.email)
    assert visitor.get("/desk/").status_code == 200
    assert visitor.get("/admin/accounts/user/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_staff_set_up_an_app(visitor, secretary):
    visitor.sign_in(secretary.email)
    assert shows(visitor, SET_UP, "Set up a second factor before you go on")
    page = visitor.get("/accounts/second-factor/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    answer = visitor.post("/accounts/second-factor/app/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/second-factor/codes/"
    codes = visitor.get("/accounts/second-factor/codes/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code>", codes)) == 10
    assert visitor.get("/desk/").status_code == 200
    assert kinds_of(secretary) == {"totp", "recovery_codes"}


def test_the_key_of_an_app_is_stored_encrypted(secretary, secret):
    stored = Authenticator.objects.get(user=secretary)
    assert secret not in str(stored.data)


def test_setting_up_a_second_factor_is_logged_and_told(visitor, secretary, django_capture_on_commit_callbacks):
    visitor.sign_in(secretary.email)
    page = visitor.get("/accounts/second-factor/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post("/accounts/second-factor/app/", {"code": code_of(secret)})
    assert verbs_of(secretary) == ["add_second_factor"]
    assert "A second factor was added to your account." in mail.outbox[-1].body
    call_command("check_log")


def test_a_recovery_code_signs_in_once(secretary, secret, proved):
    prove_again(proved, secret)
    proved.post("/accounts/second-factor/codes/new/")
    page = proved.get("/accounts/second-factor/codes/").content.decode()
    code = re.search(r"<li><code>(\d{8})</code>", page)[1]
    first, second = Visitor(), Visitor()
    for browser, is_in in ((first, True), (second, False)):
        browser.sign_in(secretary.email)
        browser.post("/accounts/sign-in/second-factor/", {"code": code})
        assert (browser.user_id == secretary.pk) is is_in


def test_someone_made_staff_while_signed_in_is_asked_at_the_next_page(visitor, participant):
    visitor.sign_in(participant.email)
    participant.is_staff = True
    participant.save()
    assert visitor.get("/desk/").headers["Location"].startswith(SET_UP)


def test_a_session_from_before_the_second_factor_is_asked(visitor, secretary, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    visitor.sign_in(secretary.email)
    settings.SECOND_FACTOR_REQUIRED = True
    secret = app_of(secretary)
    assert visitor.get("/desk/").headers["Location"] == f"{AGAIN}?next=%2Fdesk%2F"
    # Neither can it set up a second factor of its own beside the first.
    for page in (SET_UP, "/accounts/second-factor/app/", "/accounts/second-factor/keys/new/"):
        assert AGAIN in visitor.get(page).headers["Location"]
    visitor.post(f"{AGAIN}?next=/desk/", {"code": code_of(secret), "next": "/desk/"})
    assert visitor.get("/desk/").status_code == 200


def test_a_session_of_staff_ends_after_hours_and_that_of_a_filer_after_days(proved, participant, secretary):
    filer = Visitor()
    filer.sign_in(participant.email)
    ends = [Session.objects.get(pk=each.session.session_key).expire_date for each in (proved, filer)]
    hours = [round((end - timezone.now()).total_seconds() / 3600) for end in ends]
    assert hours == [12, 14 * 24]


def test_proof_of_a_second_factor_expires_with_the_hours_of_a_session(proved, monkeypatch):
    later = time.time() + 12 * 3600 + 1
    assert proved.get("/desk/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: later)
    assert proved.get("/desk/").headers["Location"].startswith(AGAIN)


ASKED = ["/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/dialogues/dialogue/export.csv",
         "/admin/accounts/user/export.xlsx", "/desk/translations/list.csv"]  # fmt: skip


@pytest.mark.parametrize("page", ASKED)
def test_rights_addresses_and_exports_ask_again(proved, secret, page):
    assert proved.get(page).headers["Location"] == f"{AGAIN}?next={page.replace('/', '%2F')}"
    prove_again(proved, secret)
    assert proved.get(page).status_code == 200


FIND_ACCOUNT = "/admin/autocomplete/?term=example&app_label=dialogues&model_name=speaker&field_name=account"


def test_a_field_of_another_page_lists_addresses_only_after_asking_again(proved, secret, secretary):
    assert proved.get(FIND_ACCOUNT).json()["results"] == []
    prove_again(proved, secret)
    assert {"id": str(secretary.pk), "text": secretary.email} in proved.get(FIND_ACCOUNT).json()["results"]


def test_the_account_of_a_speaker_is_changed_only_after_asking_again(proved, secret, participant):
    speaker = build.speaker("Ana Invented")
    page = f"/admin/dialogues/speaker/{speaker.pk}/change/"
    sent = {
        "name": "Ana Also Invented", "slug": speaker.slug, "account": participant.pk, "original_language": "en",
        "appearances-TOTAL_FORMS": 0, "appearances-INITIAL_FORMS": 0,
    }  # fmt: skip
    for account, offers in ((None, True), (participant, False)):
        assert (f"{AGAIN}?next={page.replace('/', '%2F')}" in proved.get(page).content.decode()) is offers
        assert proved.post(page, sent).status_code == 302
        speaker.refresh_from_db()
        assert (speaker.name, speaker.account) == ("Ana Also Invented", account)
        prove_again(proved, secret)


def test_other_pages_do_not_ask_again(proved):
    assert proved.get("/admin/dialogues/dialogue/").status_code == 200


def test_asking_again_lasts_a_quarter_of_an_hour(proved, secret, monkeypatch):
    prove_again(proved, secret)
    later = time.time() + 901
    monkeypatch.setattr(time, "time", lambda: later)
    assert proved.get("/admin/accounts/user/").headers["Location"].startswith(AGAIN)


def test_a_password_never_takes_the_place_of_a_second_factor(visitor, superuser):
    superuser.set_password("a long enough one")
    superuser.save()
    secret = app_of(superuser)
    visitor.sign_in(superuser.email)
    visitor.post("/accounts/sign-in/second-factor/", {"code": code_of(secret)})
    assert visitor.get("/admin/accounts/user/").headers["Location"].startswith(AGAIN)
    visitor.post(AGAIN, {"password": "a long enough one"})
    assert visitor.get("/admin/accounts/user/").headers["Location"].startswith(AGAIN)


def test_secrets_and_network_addresses_are_not_in_the_admin(client, superuser, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(superuser)
    for model in ("mfa/authenticator", "usersessions/usersession"):
        assert client.get(f"/admin/{model}/").status_code == 404


def test_staff_see_where_they_are_signed_in_and_sign_out_elsewhere(secretary, secret, proved):
    other = Visitor(HTTP_USER_AGENT="Another browser")
    other.sign_in(secretary.email)
    other.post("/accounts/sign-in/second-factor/", {"code": code_of(secret)})
    assert shows(proved, "/accounts/sessions/", "Another browser")
    proved.post("/accounts/sessions/")
    assert other.get("/desk/").headers["Location"].startswith("/accounts/sign-in/")
    assert proved.get("/desk/").status_code == 200


def test_the_network_address_of_a_filer_is_not_kept(visitor, participant):
    visitor.sign_in(participant.email)
    assert not UserSession.objects.exists()


def test_the_second_factor_of_an_account_is_not_guessed(visitor, secretary, secret):
    visitor.sign_in(secretary.email)
    for _ in range(5):
        visitor.post("/accounts/sign-in/second-factor/", {"code": "000000"})
    answer = visitor.post("/accounts/sign-in/second-factor/", {"code": shown_now(secret)})
    assert "too many attempts" in answer.content.decode()
    assert visitor.user_id is None


@pytest.mark.django_db(transaction=True)
def test_a_factor_is_not_removed_if_the_log_cannot_say_so(proved, secret, secretary, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("The disk is full.")

    prove_again(proved, secret)
    monkeypatch.setattr("publishing.receivers.log", fail)
    proved.raise_request_exception = False
    assert proved.post("/accounts/second-factor/app/remove/").status_code >= 500
    assert "totp" in kinds_of(secretary)
    monkeypatch.undo()
    proved.post("/accounts/second-factor/app/remove/")
    assert "totp" not in kinds_of(secretary)
