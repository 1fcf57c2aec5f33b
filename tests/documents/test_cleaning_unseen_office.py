"""Words of office files that a person does not see, and words that only look hidden to a program."""

import io
import zipfile
from collections import Counter

import pytest

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt
from tests import planted
from tests import planted_unseen_office as office

KINDS = {"docx": (office.docx, clean_docx, read_docx.pages), "odt": (office.odt, clean_odt, read_odt.pages)}
HIDDEN = [("docx", name, pieces) for name, pieces in office.HIDDEN.items()]
HIDDEN += [("odt", name, pieces) for name, pieces in office.HIDDEN_ODT.items()]
GOOD = [("docx", name, pieces) for name, pieces in office.GOOD.items()]
GOOD += [("odt", name, pieces) for name, pieces in office.GOOD_ODT.items()]


def cases(those):
    return pytest.mark.parametrize(
        ("kind", "pieces"),
        [(kind, pieces) for kind, _, pieces in those],
        ids=[f"{kind} {name}" for kind, name, _ in those],
    )


def count(word: str, data: bytes) -> int:
    """Return the number of times that the parts of a file contain a word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(archive.read(name).count(word.encode()) for name in archive.namelist())


@cases(HIDDEN)
def test_unseen_words_leave_bytes_and_text_and_all_else_stays(kind, pieces):
    make, clean, read = KINDS[kind]
    data, found = make(**pieces), Counter()
    assert count("PLANT", data)
    content = clean(data, found)
    check_clean_copy(content, kind)
    assert planted.left(content) == []
    words = "".join(read(content))
    assert "PLANT" not in words
    assert "SHOWN last" in words
    assert count("SHOWN", content) == count("SHOWN", data)
    assert found["hidden_text"] + found["comments"] + found["links"] >= 1


@cases(GOOD)
def test_seen_words_stay(kind, pieces):
    make, clean, read = KINDS[kind]
    data, found = make(**pieces), Counter()
    content = clean(data, found)
    check_clean_copy(content, kind)
    assert count("SHOWN", content) == count("SHOWN", data)
    assert "".join(read(content)).count("SHOWN") >= max(2, "".join(read(data)).count("SHOWN"))
    assert found["hidden_text"] == 0


@cases(HIDDEN + GOOD)
def test_clean_copy_is_unchanged_by_cleaning(kind, pieces):
    make, clean, _ = KINDS[kind]
    content = clean(make(**pieces), Counter())
    found = Counter()
    assert clean(content, found) == content
    assert +found == {}
