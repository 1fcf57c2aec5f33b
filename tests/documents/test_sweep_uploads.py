import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import orphans, partial_uploads, workflow
from documents.models import Document, PartialUpload
from tests import files

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(storages["documents"].location)


@pytest.fixture(autouse=True)
def bare_storage(db):
    shutil.rmtree(ROOT, ignore_errors=True)


def stored_files() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()}


def begin(owner, **fields):
    partial = partial_uploads.begin(owner=owner, purpose="a", length=3, original_name="a.txt", fields={})
    PartialUpload.objects.filter(pk=partial.pk).update(**fields)
    partial.refresh_from_db()
    return partial


def stray(name, age):
    path = ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"stray")
    os.utime(path, (time.time() - age,) * 2)


def make_old():
    for name in stored_files():
        os.utime(ROOT / name, (time.time() - 2 * orphans.MINIMUM_AGE,) * 2)


def test_expired_uploads_are_deleted_with_their_files(participant, capsys):
    past = timezone.now() - timedelta(seconds=1)
    begin(participant, expires_at=past)
    finished = begin(participant, expires_at=past, finished_at=past, original_name="")
    Path(finished.file.path).unlink()
    kept = begin(participant)
    call_command("sweep_uploads")
    assert capsys.readouterr().out == "2 expired uploads and 0 orphaned files deleted.\n"
    assert list(PartialUpload.objects.all()) == [kept]
    assert stored_files() == {kept.file.name}


def test_upload_that_is_being_written_is_left_for_the_next_time(participant, capsys):
    partial = begin(participant, expires_at=timezone.now())
    with partial_uploads._opened(partial) as part, partial_uploads._locked(part):
        call_command("sweep_uploads")
    assert capsys.readouterr().out == "0 expired uploads and 0 orphaned files deleted.\n"
    assert stored_files() == {partial.file.name}


def test_only_old_files_without_a_row_are_deleted(participant, capsys):
    workflow.store(files.upload("a.txt", b"kept"))
    workflow.store_picture(files.upload("a.png", files.png()), alt="A hall")
    begin(participant)
    kept = stored_files()
    assert len(kept) == 5  # document, its clean copy, picture, rendition, upload
    make_old()
    stray("ab/cd/old", orphans.MINIMUM_AGE + 60)
    stray("partial/old", orphans.MINIMUM_AGE + 60)
    stray("ab/cd/young", orphans.MINIMUM_AGE - 60)
    call_command("sweep_uploads", "--dry-run")
    out = capsys.readouterr().out.splitlines()
    assert (sorted(out[:-1]), out[-1]) == (["ab/cd/old", "partial/old"], "0 expired uploads and 2 orphaned files kept.")
    assert stored_files() == kept | {"ab/cd/old", "ab/cd/young", "partial/old"}
    call_command("sweep_uploads")
    assert capsys.readouterr().out == "0 expired uploads and 2 orphaned files deleted.\n"
    assert stored_files() == kept | {"ab/cd/young"}


def test_uploads_of_a_deleted_account_are_deleted(participant):
    workflow.store(files.upload("a.txt", b"kept"))
    begin(participant)
    participant.delete()
    make_old()
    call_command("sweep_uploads")
    document = Document.objects.get()
    assert stored_files() == {document.file.name, document.copy.file.name}


def test_database_that_refers_to_no_file_deletes_none(capsys):
    stray("ab/cd/old", orphans.MINIMUM_AGE + 60)
    with pytest.raises(CommandError, match="is this the right database"):
        call_command("sweep_uploads")
    assert stored_files() == {"ab/cd/old"}


def test_empty_storage_is_no_error(capsys):
    call_command("sweep_uploads")
    assert capsys.readouterr().out == "0 expired uploads and 0 orphaned files deleted.\n"
