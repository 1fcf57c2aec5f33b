from django.utils.crypto import salted_hmac


def hashed_key(key: str, prefix: str, version: int) -> str:
    """Return the key under which the shared cache keeps something.

    It is a digest, because the keys of rate limits contain the network and email addresses of people who sign in.
    """
    return salted_hmac("portal.cache_keys", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
