"""Copies of filing forms that browsers keep until the portal has saved them (static/drafts.js).

A copy is encrypted with a key that only the pages of this filer's draft contain. Nobody else can read it: neither
another account in the same browser, nor someone who searches the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from .models import Revision

SALT = "contributions.browser_copies"


@dataclass(frozen=True)
class BrowserCopy:
    """What a page needs to keep a copy: the names of the account and the draft in the browser, and the key."""

    account: str
    draft: str
    key: str


def browser_copy(user: Any, revision: Revision) -> BrowserCopy:
    """Return what a page of a draft needs. A correction is another draft than what it corrects."""
    secret = salted_hmac(SALT, f"key {user.pk} {revision.pk}", algorithm="sha256").hexdigest()
    return BrowserCopy(account_name(user), draft_name(revision), secret)


def account_name(user: Any) -> str:
    """Return the name of an account in browsers, which says nothing about the person."""
    return salted_hmac(SALT, f"account {user.pk}").hexdigest()[:16]


def draft_name(revision: Revision) -> str:
    """Return the name of a draft in browsers, which says nothing about its content."""
    return salted_hmac(SALT, f"draft {revision.pk}").hexdigest()[:16]
