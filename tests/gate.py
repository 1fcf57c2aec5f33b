"""Assertions on responses that the visibility gate decides."""

# Numbers that no record can have: larger than a database column, and longer than Python parses.
TOO_LARGE = [str(2**63), "9" * 40, "1" * 5000]


def is_absent(browser, address):
    """Return whether the response is the same, in every byte and header, as for an address that never existed."""
    answer, nothing = browser.get(address), browser.get("/there-is-nothing-here/")
    assert nothing.status_code == 404
    return (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers)


def shows(browser, address, *words):
    """Return whether the page exists and contains all these words."""
    answer = browser.get(address)
    return answer.status_code == 200 and all(word in answer.content.decode() for word in words)


def hides(browser, address, *words):
    """Return whether the page exists and contains none of these words."""
    answer = browser.get(address)
    return answer.status_code == 200 and not any(word in answer.content.decode() for word in words)
