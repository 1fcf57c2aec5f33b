"""Who may reset the second factor of a colleague that lost theirs, at the desk and by a command."""

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.workflow import reset_second_factor
from publishing.models import Transition
from tests.gate import shows

from .authenticators import AGAIN, app_of, code_of, kinds_of, prove_again
from .conftest import Visitor


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_a_superuser_resets_the_second_factor_of_a_colleague(superuser, secretary, secret, proved):
    root, key = Visitor(), app_of(superuser)
    root.sign_in(superuser.email)
    root.post("/accounts/sign-in/second-factor/", {"code": code_of(key)})
    address = f"/admin/accounts/user/{secretary.pk}/second-factor/"
    assert AGAIN in root.get(address).headers["Location"]
    prove_again(root, key)
    assert shows(root, address, "Reset the second factor of")
    root.post(address)
    assert kinds_of(secretary) == set()
    assert not UserSession.objects.filter(user=secretary).exists()
    assert proved.get("/desk/").headers["Location"].startswith("/accounts/sign-in/")
    entry = Transition.objects.get(verb="reset_second_factor")
    assert (entry.object_id, entry.actor) == (secretary.pk, superuser)
    assert mail.outbox[-1].to == [secretary.email]
    assert "was reset, and you were signed out everywhere" in mail.outbox[-1].body
    call_command("check_log")


def test_the_secretariat_and_the_owner_cannot_reset_a_second_factor(superuser, secretary, proved, secret):
    app_of(superuser)
    prove_again(proved, secret)
    assert proved.post(f"/admin/accounts/user/{superuser.pk}/second-factor/").status_code == 403
    for user, by in ((superuser, superuser), (superuser, secretary), (secretary, secretary)):
        with pytest.raises(PermissionDenied):
            reset_second_factor(user, by=by)
    assert kinds_of(superuser) == {"totp"}


def test_a_command_resets_a_second_factor(secretary, secret, capsys):
    call_command("reset_second_factor", "Secretary@example.org")
    assert kinds_of(secretary) == set()
    assert Transition.objects.get().part == "system"
    assert mail.outbox[-1].to == [secretary.email]
    with pytest.raises(CommandError, match="no account with the address"):
        call_command("reset_second_factor", "nobody@example.org")
