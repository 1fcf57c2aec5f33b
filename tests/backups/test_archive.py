import io
import tarfile

import pyrage
import pytest

from backups import archive
from backups.archive import BackupError, Manifest
from backups.unfinished import unfinished_folder

CONTENT = {"database": b"rows " * 50_000, "files/documents/aa/bb/cc": b"a file", "secret-key": b"s3cret"}


def written(path, recipient=""):
    def fill(writer):
        for name, data in CONTENT.items():
            writer.add(name, io.BytesIO(data), len(data))

    manifest = Manifest("2026-05-01T03:30:00+00:00", "sqlite", 7, "abc")
    with unfinished_folder(path.parent) as unfinished:
        archive.write(path, manifest, fill, unfinished=unfinished, recipient=recipient)
    return path


@pytest.fixture
def identity():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def folder(tmp_path):
    """An empty folder."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


@pytest.fixture(params=["plain", "encrypted"])
def backup(request, folder, identity):
    """A backup, and the secret key that it needs."""
    if request.param == "plain":
        return written(folder / "portal.tar"), ""
    return written(folder / "portal.tar.age", str(identity.to_public())), str(identity)


def test_a_backup_is_read_as_it_was_written(backup):
    path, key = backup
    found = {}
    manifest = archive.verified(path, key, each=lambda name, file: found.update({name: file.read()}))
    assert found == CONTENT
    assert (manifest.log_count, manifest.log_digest) == (7, "abc")
    assert path.stat().st_mode & 0o777 == 0o600


def test_each_byte_that_changes_is_noticed(backup):
    path, key = backup
    data = path.read_bytes()
    for place in (len(data) // 3, len(data) // 2, data.rfind(b"a file") if b"a file" in data else len(data) - 20):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(BackupError):
            archive.verified(path, key)


def test_a_backup_that_is_cut_off_is_refused(backup):
    path, key = backup
    data = path.read_bytes()
    for length in (0, 300, len(data) // 2, len(data) - 4 * tarfile.BLOCKSIZE - 10_240):
        path.write_bytes(data[:length])
        with pytest.raises(BackupError):
            archive.verified(path, key)


@pytest.mark.parametrize(("part", "damaged"), [(b'"log_count": 7', b'"log_count"; 7'), (b'"engine"', b'"engina"')])
def test_a_damaged_manifest_is_an_error(folder, part, damaged):
    path = written(folder / "portal.tar")
    path.write_bytes(path.read_bytes().replace(part, damaged))
    with pytest.raises(BackupError, match=r"portal\.tar is damaged: its manifest cannot be read"):
        archive.verified(path)


def test_an_encrypted_backup_shows_nothing(folder, identity):
    data = written(folder / "portal.tar.age", str(identity.to_public())).read_bytes()
    assert archive.is_encrypted(folder / "portal.tar.age")
    for word in (b"rows", b"a file", b"s3cret", b"documents"):
        assert word not in data


def test_the_file_that_age_keygen_writes_opens_a_backup_also_with_other_keys_in_it(folder, identity):
    path = written(folder / "portal.tar.age", str(identity.to_public()))
    other = pyrage.x25519.Identity.generate()
    lines = ["# created: 2026-05-01T03:30:00Z", f"# public key: {identity.to_public()}", str(other), str(identity), ""]
    assert archive.verified(path, "\n".join(lines)).engine == "sqlite"


@pytest.mark.parametrize(
    "key",
    ["", "# created: 2026-05-01T03:30:00Z", "AGE-SECRET-KEY-1", str(pyrage.x25519.Identity.generate())],
    ids=["none", "comment", "broken", "another"],
)
def test_another_key_reads_nothing(folder, identity, key):
    path = written(folder / "portal.tar.age", str(identity.to_public()))
    with pytest.raises(BackupError):
        archive.verified(path, key)


def test_a_wrong_recipient_is_named_and_leaves_nothing(folder):
    with pytest.raises(BackupError, match="age1nobody"):
        written(folder / "portal.tar.age", "age1nobody")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_failure_leaves_no_file(folder, identity, is_encrypted):
    def fail(writer):
        writer.add("database", io.BytesIO(b"short"), 5)
        raise OSError("The disk is full.")

    recipient = str(identity.to_public()) if is_encrypted else ""
    path, manifest = folder / "portal.tar", Manifest("", "sqlite", 0, "")
    with pytest.raises(OSError, match="full"), unfinished_folder(folder) as unfinished:
        archive.write(path, manifest, fail, unfinished=unfinished, recipient=recipient)
    assert list(folder.iterdir()) == []


def test_an_encryption_that_fails_is_an_error_and_leaves_no_file(folder, identity, monkeypatch):
    def fail(plain, out, recipients):
        plain.read(10)
        raise pyrage.EncryptError("The disk is full.")

    monkeypatch.setattr(archive.pyrage, "encrypt_io", fail)
    with pytest.raises(BackupError, match="full"):
        written(folder / "portal.tar.age", str(identity.to_public()))
    assert list(folder.iterdir()) == []


def test_a_file_that_grows_shorter_while_it_is_read_is_an_error(folder):
    with pytest.raises(OSError, match="unexpected end"):
        archive.write(
            folder / "portal.tar",
            Manifest("", "sqlite", 0, ""),
            lambda writer: writer.add("database", io.BytesIO(b"short"), 500),
            unfinished=folder,
        )
