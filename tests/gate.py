"""Assertions about the gate: what a page shows, and answers that reveal nothing."""

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
