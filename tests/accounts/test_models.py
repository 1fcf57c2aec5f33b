import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import build

User = get_user_model()
pytestmark = pytest.mark.django_db


def test_a_user_has_a_lower_case_address_and_no_password():
    user = build.user("Ada@Example.ORG")
    assert user.email == "ada@example.org"
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)


def test_a_superuser_may_have_a_password():
    user = User.objects.create_superuser("root@example.org", "a long enough one")
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert user.check_password("a long enough one")


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@example.org", "ada@EXAMPLE.org"])
def test_addresses_are_unique_in_any_case(email):
    User.objects.create(email="ada@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=email)
    User.objects.create(email="eve@example.org")


def test_validation_converts_addresses_to_lower_case():
    user = User(email="Ada@Example.org", password="!")
    user.full_clean()
    assert user.email == "ada@example.org"
    user.save()
    with pytest.raises(ValidationError) as refusal:
        User(email="ADA@example.org", password="!").full_clean()
    assert "email" in refusal.value.message_dict


def test_users_are_shown_by_name_or_else_by_address():
    named, nameless = build.user("a@example.org", name="Ada"), build.user("b@example.org")
    assert (str(named), named.get_full_name(), named.get_short_name()) == ("Ada", "Ada", "Ada")
    assert (str(nameless), nameless.get_full_name(), nameless.get_short_name()) == (
        "b@example.org",
        "",
        "b@example.org",
    )


def test_users_are_found_by_address_in_any_case():
    user = build.user("ada@example.org")
    assert User.objects.get_by_natural_key("Ada@Example.org") == user


def test_deleting_an_account_keeps_the_speaker():
    chair = build.co_chair(build.dialogue())
    speaker = chair.speaker
    chair.delete()
    speaker.refresh_from_db()
    assert speaker.account is None


def test_an_empty_password_never_matches():
    build.user("ada@example.org")
    for password in ("", None, "!"):
        assert authenticate(username="ada@example.org", password=password) is None
