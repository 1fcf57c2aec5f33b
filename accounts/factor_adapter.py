"""How allauth keeps second factors."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from text.site_name import site_name


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of authenticator apps and recovery codes, so that a copy of the database is not enough.

    The key is derived from SECRET_KEY. Secrets encrypted under one of SECRET_KEY_FALLBACKS can still be read.
    """

    def get_totp_issuer(self) -> str:
        return site_name()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return site_name()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
