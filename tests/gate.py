"""Assertions about the gate: what a page shows, and answers that reveal nothing."""

from django.test import Client

# Numbers that cannot be primary keys: too large for the database, or for Python to parse.
TOO_LARGE = [str(2**63), "9" * 40, "1" * 5000]


def is_absent(browser, address):
    """Return whether an address answers, byte for byte, like one that does not exist."""
    answer, nothing = browser.get(address), browser.get("/there-is-nothing-here/")
    assert nothing.status_code == 404
    return (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers)


def shows(browser, address, *words):
    """Return whether a page exists and contains all these words."""
    answer = browser.get(address)
    return answer.status_code == 200 and all(word in answer.content.decode() for word in words)


def hides(browser, address, *words):
    """Return whether a page exists and contains none of these words."""
    answer = browser.get(address)
    return answer.status_code == 200 and not any(word in answer.content.decode() for word in words)


def opened(preview):
    """Return a browser in which the person to whom a preview was given has opened it."""
    browser = Client()
    browser.post(preview.get_absolute_url(), {"verb": "open-here"})
    return browser
