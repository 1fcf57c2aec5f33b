"""The English of the interface has one word for one thing.

Names and help texts of model fields are left out: a migration records them.
"""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
OTHER_WORDS = {
    r"\w+n’t": "cannot, do not",
    r"put back": "restore",
    r"call takes": "the call accepts",
    r"begin (?:a|the) (?:contribution|new|next)|and begin": "start",
    r"contribution has been sent": "submit",
    r"for good": "permanently",
    r"meanwhile": "in the meantime",
    r"gets a letter": "gets an email",
}
PATTERN = re.compile("|".join(OTHER_WORDS).join([r"\b(?:", r")\b"]), re.IGNORECASE)


def messages():
    """Yield each English message that is not of models alone."""
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            places = [place for place, _line in message.locations]
            if message.id and not all("/models" in place for place in places):
                yield from message.id if isinstance(message.id, tuple) else (message.id,)


def test_messages_have_one_word_for_one_thing():
    assert [message for message in messages() if PATTERN.search(message)] == []


@pytest.mark.parametrize(
    ("message", "is_right"),
    [
        ("This cannot be undone.", True),
        ("This can’t be undone.", False),
        ("Start a contribution", True),
        ("Begin a contribution", False),
        ("This call accepts up to 2 files.", True),
        ("This call takes 2 files at most.", False),
        ("It can be put back for thirty days.", False),
        ("Back to the contribution", True),
    ],
)
def test_other_words_are_found(message, is_right):
    assert (PATTERN.search(message) is None) is is_right
