import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests import build
from tests.gate import shows

from .conftest import Visitor, code_in_mail

User = get_user_model()


def test_a_known_user_signs_in_with_a_code(visitor, participant):
    assert visitor.sign_in(participant.email) == "/contributions/mine/"
    assert visitor.user_id == participant.pk
    assert User.objects.count() == 1


def test_the_field_is_named_by_its_label_alone(visitor):
    page = visitor.get("/accounts/sign-in/").content.decode()
    assert ">Email address</label>" in page
    assert page.count("Email address") == 1  # so it has no placeholder that repeats it


@pytest.mark.parametrize("address", ["/accounts/sign-in/", "/ar/accounts/sign-in/"])
def test_the_page_says_in_its_language_which_field_is_empty(visitor, address):
    page = visitor.get(address).content.decode()
    assert f'action="{address}" novalidate' in page
    answer = visitor.post(address, {"email": ""}).content.decode()
    assert ("أدخل عنوان" if "/ar/" in address else "Enter an email address.") in answer


def test_a_code_that_is_wrong_three_times_is_an_error(visitor, participant):
    visitor.ask(participant.email)
    for _ in range(3):
        visitor.enter("wrong")
    page = visitor.get("/accounts/sign-in/").content.decode()
    assert '<div class="notice error" role="alert"><p>There were too many attempts.' in page


def test_an_error_of_the_only_field_is_not_preceded_by_its_label(visitor, participant):
    visitor.ask(participant.email)
    assert '<a href="#id_code">That is not the code.' in visitor.enter("wrong").content.decode()
    assert '<a href="#id_email">أدخل' in visitor.post("/ar/accounts/sign-in/", {"email": ""}).content.decode()


def test_staff_are_sent_to_the_staff_desk(visitor, secretary):
    assert visitor.sign_in(secretary.email) == "/desk/"


def test_a_new_address_creates_an_account_without_permissions(visitor):
    visitor.sign_in("New@Example.ORG")
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser, user.is_active) == ("new@example.org", False, False, True)
    assert not user.has_usable_password()
    assert not user.get_all_permissions()
    assert visitor.user_id == user.pk


@pytest.mark.parametrize("typed", ["Ada@Example.org", "ADA@EXAMPLE.ORG", " ada@example.org "])
def test_sign_in_ignores_the_case_of_an_address(visitor, typed):
    known = build.user("ada@example.org")
    visitor.sign_in(typed)
    assert visitor.user_id == known.pk
    assert User.objects.count() == 1


def test_nobody_signs_in_without_the_code(visitor, participant):
    visitor.ask(participant.email)
    assert visitor.user_id is None
    assert visitor.enter("wrong").status_code == 200
    assert visitor.user_id is None
    assert visitor.get("/contributions/mine/").status_code == 302


def test_a_code_allows_three_attempts(visitor, participant):
    visitor.ask(participant.email)
    code = code_in_mail()
    for _ in range(3):
        visitor.enter("wrong")
    visitor.enter(code)
    assert visitor.user_id is None


def test_a_code_works_once(visitor, participant):
    visitor.sign_in(participant.email)
    code = code_in_mail()
    visitor.post("/accounts/sign-out/")
    assert visitor.user_id is None
    visitor.enter(code)
    assert visitor.user_id is None


def test_a_code_works_only_in_the_browser_that_requested_it(visitor, participant):
    visitor.ask(participant.email)
    thief = Visitor()
    thief.enter(code_in_mail())
    assert thief.user_id is None


def test_a_code_is_not_kept_where_it_can_be_read(visitor, participant):
    visitor.ask(participant.email)
    code = code_in_mail()
    kept = str(Session.objects.get().get_decoded())
    assert participant.email in kept
    for spelling in {code, code.lower(), code.replace("-", ""), code.replace("-", "").lower()}:
        assert spelling not in kept
    visitor.enter(f" {code.lower().replace('-', ' ')} ")
    assert visitor.user_id == participant.pk


def test_the_digest_of_a_code_does_not_sign_in(visitor, participant):
    visitor.ask(participant.email)
    state = visitor.session["account_login"]["state"]["stages"]["login_by_code"]["data"]
    visitor.enter(state["code"])
    assert visitor.user_id is None


def test_a_new_code_replaces_the_old_one(visitor, participant):
    visitor.ask(participant.email)
    old = code_in_mail()
    assert visitor.get("/accounts/sign-in/").status_code == 200
    visitor.ask(participant.email)
    assert len(mail.outbox) == 2
    visitor.enter(old)
    assert visitor.user_id is None
    visitor.enter(code_in_mail())
    assert visitor.user_id == participant.pk


def test_a_mistyped_address_can_be_corrected(visitor, participant):
    visitor.ask("partcipant@example.org")
    visitor.sign_in(participant.email)
    assert visitor.user_id == participant.pk


def test_the_response_does_not_reveal_who_has_an_account(participant):
    build.user("closed@example.org", is_active=False)
    answers = set()
    for email in (participant.email, "new@example.org", "closed@example.org"):
        browser = Visitor()
        answer = browser.ask(email)
        page = browser.get(answer.headers["Location"]).content.decode()
        csrf = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answers.add((answer.status_code, answer.headers["Location"], page.replace(email, "X").replace(csrf, "X")))
    assert len(answers) == 1


def test_a_closed_account_gets_no_code_and_no_second_account(visitor):
    build.user("closed@example.org", is_active=False)
    visitor.ask("Closed@example.org")
    assert mail.outbox == []
    assert User.objects.count() == 1


def test_an_account_closed_after_the_code_was_sent_cannot_sign_in(visitor, participant):
    visitor.ask(participant.email)
    participant.is_active = False
    participant.save()
    visitor.enter(code_in_mail())
    assert visitor.get("/contributions/mine/").status_code == 302


def test_an_upper_case_account_gets_no_second_account(visitor):
    User.objects.create(email="Ada@Example.org")
    assert visitor.ask("ada@example.org").status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", ["", "x", "a@b", "a@b.org\nBcc: c@d.org", "a@b.org,c@d.org", "a" * 250 + "@b.org"])
def test_invalid_addresses_are_refused(visitor, email):
    assert visitor.ask(email).status_code == 200
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)


def test_the_email_is_short_and_names_nobody(visitor):
    build.user("ada@example.org", name="Ada Secret")
    visitor.ask("ada@example.org")
    email = mail.outbox[0]
    assert email.to == ["ada@example.org"]
    assert email.subject == "[Constructive Dialogues] Your code"
    assert "It expires in 15 minutes." in email.body
    assert "Ada" not in email.body
    assert "http" not in email.body


def test_codes_to_one_address_are_limited(visitor, participant):
    for _ in range(10):
        Visitor().ask(participant.email)
    assert len(mail.outbox) == 3


def test_sign_in_returns_to_the_requested_page(visitor, participant):
    assert visitor.sign_in(participant.email, next="/contributions/new/") == "/contributions/new/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_sign_in_never_redirects_to_another_site(visitor, participant, elsewhere):
    assert visitor.sign_in(participant.email, next=elsewhere) == "/contributions/mine/"


def test_signing_out_needs_a_post_and_ends_the_session(visitor, participant):
    visitor.sign_in(participant.email)
    assert visitor.get("/accounts/sign-out/").status_code == 200
    assert visitor.user_id == participant.pk
    assert visitor.post("/accounts/sign-out/").headers["Location"] == "/"
    assert visitor.user_id is None


@pytest.mark.parametrize("page", ["login", "signup"])
def test_login_and_signup_redirect_to_sign_in(visitor, page):
    assert visitor.get(f"/accounts/{page}/?next=/x/").headers["Location"] == "/accounts/sign-in/?next=/x/"


def test_the_verification_page_redirects_users_with_nothing_to_verify(visitor, participant, secretary):
    assert visitor.get("/accounts/confirm-email/").headers["Location"] == "/accounts/login/"
    for user, place in {participant: "/contributions/mine/", secretary: "/desk/"}.items():
        visitor.force_login(user)
        assert visitor.get("/accounts/confirm-email/").headers["Location"] == place
        assert visitor.post("/accounts/confirm-email/", {"code": "x"}).headers["Location"] == place


@pytest.mark.parametrize("page", ["password/reset/", "password/change/", "email/", "reauthenticate/", "inactive/"])
def test_unneeded_pages_of_allauth_do_not_exist(visitor, page):
    assert visitor.get(f"/accounts/{page}").status_code == 404


def test_nobody_signs_in_with_a_password(visitor):
    build.user("ada@example.org", password="a long enough one")
    visitor.post("/accounts/login/", {"login": "ada@example.org", "password": "a long enough one"})
    visitor.post("/admin/login/", {"username": "ada@example.org", "password": "a long enough one"})
    assert visitor.user_id is None


def test_the_admin_redirects_to_sign_in_and_back(visitor, secretary):
    answer = visitor.get("/admin/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/sign-in/?next=%2Fadmin%2F", 302)
    assert visitor.sign_in(secretary.email, next="/admin/") == "/admin/"
    assert visitor.get("/admin/").status_code == 200


def test_the_admin_is_not_found_for_users_who_are_not_staff(visitor, participant):
    visitor.force_login(participant)
    answer = visitor.get("/admin/", follow=True)
    assert (answer.status_code, len(answer.redirect_chain)) == (404, 1)


def test_the_page_for_closed_accounts_says_whom_to_write_to(visitor):
    assert shows(visitor, "/accounts/closed/", "Write to the secretariat")


def test_errors_say_what_to_enter_and_call_a_code_by_one_name(visitor, participant):
    assert "Enter an email address." in visitor.post("/accounts/sign-in/", {"email": ""}).content.decode()
    visitor.ask(participant.email)
    page = visitor.get("/accounts/sign-in/code/").content.decode()
    assert "placeholder" not in page.split("<main")[1].split("</main>")[0]
    assert "That is not the code." in visitor.enter("wrong").content.decode()
    assert "Enter the code." in visitor.enter("").content.decode()


@pytest.mark.parametrize(
    ("origin", "signs_out"),
    [("http://testserver", True), ("https://testserver", False), ("http://elsewhere.example", False), (None, False)],
)
def test_a_page_of_this_site_signs_out_without_a_token_and_no_other_does(participant, origin, signs_out):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(participant, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = browser.post("/accounts/sign-out/", headers={"origin": origin} if origin else {})
    assert answer.status_code == (302 if signs_out else 403)
    assert (SESSION_KEY in browser.session) is not signs_out
