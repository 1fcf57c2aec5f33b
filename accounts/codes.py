"""Sign-in codes as the session keeps them: their digests, so that nobody who reads the sessions can sign in."""

from typing import Self

from allauth.core.internal.cryptokit import normalize_user_code
from django.utils.crypto import salted_hmac


def digest_of(code: str) -> str:
    """Return the digest of a code as someone typed it. It depends on SECRET_KEY, since codes are short."""
    return salted_hmac("accounts.codes", normalize_user_code(code), algorithm="sha256").hexdigest()


class HashedCode(str):
    """The digest of a code. It knows the code itself until the letter with it is written."""

    code: str

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the digest of a new code."""
        hashed = cls(digest_of(code))
        hashed.code = code
        return hashed
