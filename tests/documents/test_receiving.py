import io

import pytest
from tusclient.exceptions import TusCommunicationError

from documents import receiving
from documents.models import PartialUpload
from documents.receiving import Busy
from tests import build
from tests.documents.uploads import Sender, partial_files, sentence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.documents.uploads")]


class TestRoom:
    def test_idle_uploads_make_room_and_busy_ones_do_not(self, sender, monkeypatch):
        addresses = [sender.begin(3) for _ in range(receiving.MOST_UPLOADS)]
        answer = sender.ask("POST", Upload_Length="3", Upload_Metadata="upload_language ZW4=")
        words = "You send many files at once: wait until one is here, then send this one."
        assert sentence(answer) == (429, words)
        sender.patch(addresses[0], 0, b"a")
        monkeypatch.setattr(receiving, "IDLE", 0)
        sender.begin(3)
        assert [sender.ask("HEAD", address).status_code for address in addresses] == [200, 404, 200, 200, 200]
        assert len(partial_files()) == receiving.MOST_UPLOADS

    def test_bytes_are_counted_too(self, sender, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_BYTES", 10)
        sender.begin(6)
        sender.begin(4)
        with pytest.raises(TusCommunicationError, match="429"):
            sender.uploader(io.BytesIO(b"a")).upload()

    def test_others_uploads_take_no_room(self, sender, live_server, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_UPLOADS", 1)
        sender.begin(3)
        Sender(live_server.url, build.user("other@example.org")).begin(3)
        assert PartialUpload.objects.count() == 2

    def test_what_is_finished_takes_no_room(self, sender, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_UPLOADS", 1)
        sender.patch(sender.begin(3), 0, b"abc")
        sender.begin(3)
        assert PartialUpload.objects.count() == 2


def test_what_is_dropped_meanwhile_takes_no_more(sender):
    address = sender.begin(10)
    partial = PartialUpload.objects.get()

    def blocks():
        yield b"abc"
        receiving.drop(partial)
        yield b"def"

    with pytest.raises(receiving.Elsewhere):
        receiving.append(PartialUpload.objects.get(), blocks(), offset=0)
    assert sender.ask("HEAD", address).status_code == 404


def test_busy_is_busy_for_all_verbs(sender):
    sender.begin(3)
    partial = PartialUpload.objects.get()
    with receiving._opened(partial) as part, receiving._alone(part):
        for verb in (
            lambda: receiving.append(partial, [b"abc"], offset=0),
            lambda: receiving.drop(partial),
        ):
            with pytest.raises(Busy):
                verb()
    assert PartialUpload.objects.get().offset == 0
