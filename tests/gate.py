"""What the law of the one gate says of an answer."""

# Digits that number no record: more than a row holds, more than Python reads.
TOO_LARGE = [str(2**63), "9" * 40, "1" * 5000]


def is_absent(browser, address):
    """Whether an address answers, to the byte and the header, as one at which there never was anything."""
    answer, nothing = browser.get(address), browser.get("/there-is-nothing-here/")
    assert nothing.status_code == 404
    return (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers)


def shows(browser, address, *words):
    """Whether a page is there and holds these words, all of them."""
    answer = browser.get(address)
    return answer.status_code == 200 and all(word in answer.content.decode() for word in words)


def hides(browser, address, *words):
    """Whether a page is there and holds none of these words."""
    answer = browser.get(address)
    return answer.status_code == 200 and not any(word in answer.content.decode() for word in words)
