import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError

from intake.batches.archives import unpack
from tests import files

from .batch_builders import archive


def names(content):
    return [upload.name for upload in unpack(files.upload("all.zip", content))]


def refused(content):
    with pytest.raises(ValidationError) as error:
        names(content)
    return error.value.messages[0]


def locked():
    """Return a ZIP whose entry is marked as encrypted."""
    content = bytearray(archive({"a.txt": b"words"}))
    for mark, place in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        content[content.index(mark) + place] |= 1
    return bytes(content)


def two_tables(count):
    """Return a ZIP with `count` files. Its end record declares one; the ZIP64 record before it is correct."""
    content = archive({f"{number}.txt": b"" for number in range(count)})
    at = content.rindex(b"PK\x05\x06")
    length, start = struct.unpack("<LL", content[at + 12 : at + 20])
    larger = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    return content[:at] + larger + locator + struct.pack("<4s4HLLH", b"PK\x05\x06", 0, 0, 1, 1, 50, 0, 0)


def test_the_zip64_record_takes_precedence():
    assert names(two_tables(3)) == ["0.txt", "1.txt", "2.txt"]


def test_a_zip_that_hides_its_number_of_files_is_refused_before_they_are_listed(monkeypatch):
    content = two_tables(2001)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(content) == "This ZIP holds more than 500 files: send it in several parts."


def test_files_are_taken_from_folders_and_system_files_are_ignored():
    content = archive({
        "one/two/a.pdf": b"a", "../../etc/b.pdf": b"b", "c\\d.pdf": b"c", "__MACOSX/one/._a.pdf": b"x",
        "one/.DS_Store": b"x", ".hidden/e.pdf": b"x", "Thumbs.db": b"x", "empty/": b"",
    })  # fmt: skip
    assert names(content) == ["a.pdf", "b.pdf", "d.pdf"]


def test_content_is_unpacked_unchanged():
    (upload,) = (
        (one.name, one.size, one.read()) for one in unpack(files.upload("all.zip", archive({"a.txt": b"words" * 9})))
    )
    assert upload == ("a.txt", 45, b"words" * 9)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (archive({}), "This ZIP holds no file."),
        (archive({"__MACOSX/a": b"x"}), "This ZIP holds no file."),
        (locked(), "This ZIP is protected by a password: make one without and send that."),
        (b"PK\x03\x04 nothing more", "This ZIP is damaged: make it again and send the new one."),
        (b"", "This ZIP is damaged: make it again and send the new one."),
        (archive({"a.txt": b"words"}, zipfile.ZIP_LZMA), "This ZIP is damaged: make it again and send the new one."),
        (archive({f"{n}.txt": b"" for n in range(501)}),
         "This ZIP holds more than 500 files: send it in several parts."),
        (archive({f"{n}.txt": b"" for n in range(2001)}),
         "This ZIP holds more than 500 files: send it in several parts."),
        (archive({"bomb.txt": b"\0" * 2_000_000}),
         "This ZIP unpacks to much more than it should: send the files in smaller parts."),
    ],
)  # fmt: skip
def test_invalid_archives_are_refused_with_one_sentence(content, sentence):
    assert refused(content) == sentence


def test_a_zip_with_too_large_a_declared_size_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("intake.batches.archives.MAX_UNPACKED", 1000)
    content = archive({"a": b"ab" * 300, "b": b"cd" * 300})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refused(content).startswith("This ZIP unpacks to much more")


def test_a_damaged_entry_is_refused():
    content = bytearray(archive({"a.txt": b"some words"}, zipfile.ZIP_STORED))
    content[content.index(b"some")] ^= 1
    assert refused(bytes(content)) == "This ZIP is damaged: make it again and send the new one."


def test_a_large_entry_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("intake.batches.archives.MAX_SIZE", 10)
    upload = files.upload("all.zip", archive({"a.txt": b"x" * 11}))
    assert [(one.size, one.read()) for one in unpack(upload)] == [(11, b"")]
