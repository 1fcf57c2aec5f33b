"""Words of Markdown that the reader of the formatted text does not see, and words that only look hidden."""

import base64
import re
from collections import Counter

import pytest

from documents.cleaning.second_look import check_clean_copy
from documents.cleaning.text import clean_markdown
from documents.models import Removed
from documents.sandbox.client import make_clean_copy
from tests import planted
from tests.planted_unseen_text import GOOD, HIDDEN, LONG

DATA = re.compile(rb"base64,([A-Za-z0-9+/=]+)")


def left(content: bytes) -> list[bytes]:
    pictures = [base64.b64decode(data) for data in DATA.findall(content)]
    return [trace for part in [content, *pictures] for trace in planted.left(part)]


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_unseen_words_leave_the_text_and_all_else_stays(text):
    found = Counter()
    content = clean_markdown(text.encode(), found)
    check_clean_copy(content, "md")
    assert left(content) == []
    assert content.count(b"SHOWN") == text.count("SHOWN")
    assert +found
    assert found.keys() <= set(Removed.values)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_seen_words_stay(text):
    found = Counter()
    assert clean_markdown(text.encode(), found).decode() == text
    assert +found == {}


@pytest.mark.parametrize("text", [*HIDDEN.values(), *GOOD.values()], ids=[*HIDDEN, *GOOD])
def test_clean_copy_is_unchanged_by_cleaning(text):
    content = clean_markdown(text.encode(), Counter())
    found = Counter()
    assert clean_markdown(content, found) == content
    assert +found == {}


@pytest.mark.child_process
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_are_cleaned_within_the_limits(text):
    assert make_clean_copy(text.encode(), "md").content
