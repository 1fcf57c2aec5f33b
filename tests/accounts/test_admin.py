import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests import build
from tests.accounts.conftest import Visitor

User = get_user_model()


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "a long enough one")


@pytest.fixture
def desk(secretary, client):
    client.force_login(secretary)
    return client


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def save(browser, user, **fields):
    """Save the page of a user with some fields changed."""
    return browser.post(
        change(user), {"email": user.email, "name": user.name, "language": "en", "is_active": "on", **fields}
    )


EVERYTHING = {"is_superuser": "on", "is_staff": "on"}


def test_an_added_user_can_sign_in_with_a_code(desk):
    answer = desk.post(reverse("admin:accounts_user_add"),
                       {"email": "Ada@Example.org", "name": "Ada", "usable_password": "false"})  # fmt: skip
    ada = User.objects.get(name="Ada")
    assert answer.headers["Location"] == change(ada)
    assert (ada.email, ada.has_usable_password(), ada.is_superuser) == ("ada@example.org", False, False)
    visitor = Visitor()
    visitor.sign_in("ada@example.org")
    assert visitor.user_id == ada.pk


def test_a_taken_address_is_a_form_error(desk):
    answer = desk.post(reverse("admin:accounts_user_add"),
                       {"email": "SECRETARY@example.org", "usable_password": "false"})  # fmt: skip
    assert answer.status_code == 200
    assert User.objects.count() == 1


def test_the_secretariat_can_give_roles(desk, participant):
    reviewers = Group.objects.get(name="Reviewers")
    assert save(desk, participant, is_staff="on", groups=[reviewers.pk]).status_code == 302
    participant.refresh_from_db()
    assert (participant.is_staff, list(participant.groups.all())) == (True, [reviewers])


@pytest.mark.parametrize("who", ["secretary", "participant"])
def test_the_secretariat_cannot_make_anyone_a_superuser(who, desk, request):
    user = request.getfixturevalue(who)
    assert save(desk, user, **EVERYTHING).status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)


def test_the_secretariat_cannot_add_a_superuser(desk):
    fields = {"email": "new@example.org", "usable_password": "false", **EVERYTHING}
    desk.post(reverse("admin:accounts_user_add"), fields)
    assert User.objects.get(email="new@example.org").is_superuser is False


def test_the_secretariat_cannot_give_single_permissions(desk, secretary):
    save(desk, secretary, is_staff="on", user_permissions=[permission.pk for permission in Permission.objects.all()])
    assert not secretary.user_permissions.exists()


@pytest.mark.parametrize("fields", [{"email": "mine@example.org"}, {"is_active": ""}, {"name": "x"}])
def test_the_secretariat_cannot_change_a_superuser(fields, desk, root):
    assert save(desk, root, **fields).status_code == 403
    root.refresh_from_db()
    assert (root.email, root.is_active, root.name) == ("root@example.org", True, "")


def test_the_secretariat_cannot_change_the_password_of_a_superuser(desk, root, participant):
    passwords = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    address = "admin:auth_user_password_change"
    assert desk.post(reverse(address, args=[root.pk]), passwords).status_code == 403
    assert desk.get(reverse(address, args=[participant.pk])).status_code == 200
    root.refresh_from_db()
    assert root.check_password("a long enough one")


def test_the_secretariat_can_read_the_page_of_a_superuser(desk, root):
    answer = desk.get(change(root))
    assert answer.status_code == 200
    assert b'name="email"' not in answer.content


def test_the_secretariat_cannot_delete_users(desk, participant):
    assert desk.post(reverse("admin:accounts_user_delete", args=[participant.pk]), {"post": "yes"}).status_code == 403
    desk.post(reverse("admin:accounts_user_changelist"), {"action": "delete_selected", "post": "yes",
                                                          "_selected_action": participant.pk})  # fmt: skip
    assert User.objects.filter(pk=participant.pk).exists()


def test_a_superuser_can_make_superusers(client, root, participant):
    client.force_login(root)
    assert save(client, participant, **EVERYTHING).status_code == 302
    participant.refresh_from_db()
    assert participant.is_superuser is True
    assert save(client, root, name="Root", **EVERYTHING).status_code == 302
    root.refresh_from_db()
    assert (root.name, root.is_superuser) == ("Root", True)


def test_a_changed_address_ends_access_with_the_old_one(desk):
    user = build.user("old@example.org")
    Visitor().sign_in("old@example.org")
    save(desk, user, email="new@example.org")
    old, new = Visitor(), Visitor()
    old.sign_in("old@example.org")
    new.sign_in("new@example.org")
    assert new.user_id == user.pk
    assert old.user_id not in (None, user.pk)


def test_an_unchanged_address_stays_verified(desk):
    user = build.user("old@example.org")
    Visitor().sign_in("old@example.org")
    save(desk, user, name="Renamed")
    assert EmailAddress.objects.get(user=user).verified is True


def test_users_are_found_by_name_and_address(desk, participant):
    build.user("eve@example.org", name="Eve Else")
    for query, email in {"particip": "participant@example.org", "else": "eve@example.org"}.items():
        found = desk.get(reverse("admin:accounts_user_changelist"), {"q": query}).context["cl"].queryset
        assert [user.email for user in found] == [email]


def test_reviewers_cannot_see_accounts(reviewer, client):
    client.force_login(reviewer)
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert client.get(change(reviewer)).status_code == 403
