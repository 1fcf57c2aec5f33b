import io

import pytest
from tusclient.exceptions import TusCommunicationError

from documents import partial_uploads
from documents.models import PartialUpload
from documents.partial_uploads import UploadBusyError
from tests import build
from tests.documents.uploads import Sender, partial_files, sentence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.documents.uploads")]


class TestRoom:
    def test_idle_uploads_are_dropped_to_make_room_and_busy_ones_are_not(self, sender, monkeypatch):
        addresses = [sender.begin(3) for _ in range(partial_uploads.MAX_UPLOADS)]
        answer = sender.ask("POST", Upload_Length="3", Upload_Metadata="upload_language ZW4=")
        words = "You are sending many files at once: wait until one has arrived, then send this one."
        assert sentence(answer) == (429, words)
        sender.patch(addresses[0], 0, b"a")
        monkeypatch.setattr(partial_uploads, "IDLE_SECONDS", 0)
        sender.begin(3)
        assert [sender.ask("HEAD", address).status_code for address in addresses] == [200, 404, 200, 200, 200]
        assert len(partial_files()) == partial_uploads.MAX_UPLOADS

    def test_declared_bytes_are_limited_too(self, sender, monkeypatch):
        monkeypatch.setattr(partial_uploads, "MAX_BYTES", 10)
        sender.begin(6)
        sender.begin(4)
        with pytest.raises(TusCommunicationError, match="429"):
            sender.uploader(io.BytesIO(b"a")).upload()

    def test_uploads_of_others_do_not_count(self, sender, live_server, monkeypatch):
        monkeypatch.setattr(partial_uploads, "MAX_UPLOADS", 1)
        sender.begin(3)
        Sender(live_server.url, build.user("other@example.org")).begin(3)
        assert PartialUpload.objects.count() == 2

    def test_finished_uploads_do_not_count(self, sender, monkeypatch):
        monkeypatch.setattr(partial_uploads, "MAX_UPLOADS", 1)
        sender.patch(sender.begin(3), 0, b"abc")
        sender.begin(3)
        assert PartialUpload.objects.count() == 2


def test_upload_dropped_meanwhile_accepts_no_more_bytes(sender):
    address = sender.begin(10)
    partial = PartialUpload.objects.get()

    def blocks():
        yield b"abc"
        partial_uploads.drop(partial)
        yield b"def"

    with pytest.raises(partial_uploads.OffsetMismatchError):
        partial_uploads.append(PartialUpload.objects.get(), blocks(), offset=0)
    assert sender.ask("HEAD", address).status_code == 404


def test_busy_upload_refuses_every_action(sender):
    sender.begin(3)
    partial = PartialUpload.objects.get()
    with partial_uploads._opened(partial) as part, partial_uploads._locked(part):
        for verb in (
            lambda: partial_uploads.append(partial, [b"abc"], offset=0),
            lambda: partial_uploads.drop(partial),
        ):
            with pytest.raises(UploadBusyError):
                verb()
    assert PartialUpload.objects.get().offset == 0
