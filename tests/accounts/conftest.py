import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests import build

from .authenticators import app_of, code_of


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Start each test without any rate limits used up."""
    cache.clear()
    yield
    cache.clear()


class Visitor(Client):
    """A browser that requests codes and enters them."""

    def ask(self, email, **query):
        return self.post("/accounts/sign-in/", {"email": email, **query})

    def enter(self, code, **query):
        return self.post("/accounts/sign-in/code/", {"code": code, **query})

    def sign_in(self, email, **query):
        """Request a code, enter it, and return the address of the redirect."""
        self.ask(email, **query)
        return self.enter(code_in_mail(), **query).headers.get("Location")

    @property
    def user_id(self):
        """The id of the signed-in user, or None."""
        return int(self.session["_auth_user_id"]) if "_auth_user_id" in self.session else None


def code_in_mail():
    """Return the code in the last email."""
    return re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def superuser(db):
    return build.user("root@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def secret(secretary):
    """The key of the secretary's authenticator app."""
    return app_of(secretary)


@pytest.fixture
def proved(visitor, secretary, secret):
    """A browser in which the secretary signed in with both factors."""
    visitor.sign_in(secretary.email)
    visitor.post("/accounts/sign-in/second-factor/", {"code": code_of(secret)})
    return visitor
