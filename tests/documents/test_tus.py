import hashlib
import io
from base64 import b64encode
from datetime import timedelta

import pytest
import requests
from django.utils import timezone
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from documents.models import Document, PartialUpload
from tests.documents.uploads import CONTENT_TYPE, TUS, Sender, Taken, partial_files, sentence, signed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.documents.uploads"),
]

TEXT = ("Words that travel in pieces. " * 180).encode()[:5000]


def test_third_party_client_sends_a_file_in_pieces(sender):
    sender.uploader(
        io.BytesIO(TEXT), metadata={"filename": "بيان.txt", "upload_language": "ar", "is_translation": "on"}
    ).upload()
    document = Document.objects.get()
    assert (document.sha256, document.original_name) == (hashlib.sha256(TEXT).hexdigest(), "بيان.txt")
    assert Taken.given == [("بيان.txt", 5000, {"upload_language": "ar", "is_translation": True})]
    assert partial_files() == []
    row = PartialUpload.objects.get()
    assert (row.is_finished, row.original_name, row.fields) == (True, "", {})


def test_another_client_resumes_where_the_first_stopped(sender):
    first = sender.uploader(io.BytesIO(TEXT))
    first.upload_chunk()
    first.upload_chunk()
    second = sender.uploader(io.BytesIO(TEXT), url=first.url)
    assert second.offset == 2000
    assert not Document.objects.exists()
    second.upload()
    assert Document.objects.get().sha256 == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_pieces_with_a_checksum_are_verified(sender, algorithm):
    address = sender.begin(10)

    def checksum(data):
        return f"{algorithm} {b64encode(hashlib.new(algorithm, data).digest()).decode()}"

    wrong = sender.patch(address, 0, b"abcde", Upload_Checksum=checksum(b"abcdf"))
    assert sentence(wrong) == (460, "The bytes that arrived are not those that were sent.")
    assert sender.offset(address) == 0
    assert sender.patch(address, 0, b"abcde", Upload_Checksum=checksum(b"abcde")).status_code == 204
    assert sender.patch(address, 5, b"fghij", Upload_Checksum="md5 abcd").status_code == 400
    assert sender.offset(address) == 5


def test_third_party_client_with_checksums(sender):
    sender.uploader(io.BytesIO(TEXT), upload_checksum=True).upload()
    assert Document.objects.get().size == 5000


def test_options_describe_the_server(sender):
    answer = requests.options(sender.uploads, timeout=60)
    expected = {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,creation-with-upload,termination,expiration,checksum",
        "Tus-Max-Size": str(20 * 1024 * 1024),
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }
    assert answer.status_code == 204
    assert {name: answer.headers[name] for name in expected} == expected


def test_head_returns_the_offset(sender):
    address = sender.begin(10, Upload_Metadata="filename YS50eHQ=,upload_language ZW4=,is_translation")
    sender.patch(address, 0, b"abc")
    answer = sender.ask("HEAD", address)
    row = PartialUpload.objects.get()
    expected = {
        "Upload-Offset": "3",
        "Upload-Length": "10",
        "Cache-Control": "no-store",
        "Tus-Resumable": "1.0.0",
    }
    metadata = {"filename YS50eHQ=", "upload_language ZW4=", "is_translation RmFsc2U="}  # in any order
    assert (answer.status_code, answer.content) == (200, b"")
    assert set(answer.headers["Upload-Metadata"].split(",")) == metadata
    assert {name: answer.headers[name] for name in expected} == expected
    assert "Upload-Expires" in answer.headers
    assert row.expires_at - row.created_at >= timedelta(hours=23, minutes=59)


def test_offset_too_low_or_too_high_is_409(sender):
    address = sender.begin(10)
    sender.patch(address, 0, b"abc")
    for offset in (2, 4):
        answer = sender.patch(address, offset, b"x")
        assert sentence(answer) == (409, "The upload does not end there: ask how far it has come.")
    assert sender.offset(address) == 3


def test_nothing_is_written_beyond_the_declared_length(sender):
    address = sender.begin(4)
    assert sentence(sender.patch(address, 0, b"abcde")) == (413, "This is more than the length that was declared.")
    assert sender.offset(address) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": "0.9"}, 412),
        ({"Content_Type": "text/plain"}, 415),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "many"}, 400),
        ({"Upload_Offset": "٣"}, 400),
    ],
)
def test_required_headers_of_a_piece(sender, headers, status):
    address = sender.begin(4)
    headers = {name: value.encode() for name, value in headers.items()}
    assert sender.patch(address, 0, b"ab", **headers).status_code == status
    assert sender.offset(address) == 0


def test_supported_version_is_named(sender):
    answer = sender.ask("POST", Tus_Resumable="2.0.0")
    assert sentence(answer) == (412, "This server uses version 1.0.0 of the tus protocol.")
    assert answer.headers["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({}, 400, "Upload-Length must be a number of bytes."),
        ({"Upload_Length": "1e3"}, 400, "Upload-Length must be a number of bytes."),
        ({"Upload_Length": "9" * 19}, 400, "Upload-Length must be a number of bytes."),
        ({"Upload_Length": "3", "Upload_Metadata": "filename ***"}, 400, "Upload-Metadata cannot be read."),
        ({"Upload_Length": "3", "Upload_Metadata": "filename /w=="}, 400, "Upload-Metadata cannot be read."),
        ({"Upload_Length": "3", "Upload_Metadata": "a YQ==,a YQ=="}, 400, "Upload-Metadata cannot be read."),
        ({"Upload_Length": "3"}, 422, "This field is required."),
        (
            {"Upload_Length": "3", "Upload_Metadata": "upload_language eHg="},
            422,
            "Select a valid choice. xx is not one of the available choices.",
        ),
        (
            {"Upload_Length": str(20 * 1024 * 1024 + 1)},
            413,
            "This file is larger than 20.0\u00a0MB: send a smaller version.",
        ),
    ],
)
def test_required_headers_of_a_new_upload(sender, headers, status, words):
    assert sentence(sender.ask("POST", **headers)) == (status, words)
    assert not PartialUpload.objects.exists()
    assert partial_files() == []


def test_owner_can_refuse_before_anything_is_sent(live_server, participant):
    closed = Sender(live_server.url, participant, folder="closed")
    assert sentence(closed.ask("POST", Upload_Length="3")) == (422, "This folder is closed.")
    with pytest.raises(TusCommunicationError, match="422"):
        closed.uploader(io.BytesIO(TEXT)).upload()


def test_owner_can_reject_a_complete_file(sender):
    address = sender.begin(8)
    answer = sender.patch(address, 0, b"\x7fELF\0\0\0\0")
    words = "This type of file is not accepted: send a PDF, DOCX, ODT, TXT or MD file."
    assert sentence(answer) == (422, words)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert sender.ask("HEAD", address).status_code == 404
    assert not PartialUpload.objects.exists()
    assert not Document.objects.exists()
    assert partial_files() == []


def test_empty_file_is_complete_at_once_and_rejected_with_the_usual_message(sender):
    answer = sender.ask("POST", Upload_Length="0", Upload_Metadata="upload_language ZW4=")
    assert sentence(answer) == (422, "This file is empty: choose another one.")
    assert not PartialUpload.objects.exists()


def test_first_bytes_can_come_with_the_creation(sender):
    headers = {"Upload_Metadata": "upload_language ZW4=", "Content_Type": CONTENT_TYPE}
    answer = sender.ask("POST", data=b"abc", Upload_Length="6", **headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "3")
    whole = sender.ask("POST", data=b"abcdef", Upload_Length="6", **headers)
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, "6")
    assert Document.objects.get().size == 6


def test_delete_removes_everything(sender):
    address = sender.begin(10)
    sender.patch(address, 0, b"abc")
    assert sender.ask("DELETE", address).status_code == 204
    assert sender.ask("HEAD", address).status_code == 404
    assert not PartialUpload.objects.exists()
    assert partial_files() == []


def test_method_can_be_overridden_in_a_post(sender):
    address = sender.begin(6)
    headers = {"Content_Type": CONTENT_TYPE, "Upload_Offset": "0"}
    assert sender.ask("POST", address, data=b"abc", **headers).status_code == 405
    answer = sender.ask("POST", address, data=b"abc", X_HTTP_Method_Override="PATCH", **headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "3")
    assert sender.ask("POST", address, X_HTTP_Method_Override="DELETE").status_code == 204
    assert not PartialUpload.objects.exists()


def test_expired_upload_is_410(sender):
    address = sender.begin(10)
    PartialUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    words = "This upload has expired: send the file again."
    assert sentence(sender.patch(address, 0, b"abc")) == (410, words)
    with pytest.raises(TusCommunicationError, match="410"):
        sender.uploader(io.BytesIO(TEXT), url=address)


class TestWhoMay:
    def test_upload_of_someone_else_is_404(self, sender, live_server, stranger):
        address = sender.begin(3)
        absent = address.rsplit("/", 2)[0] + "/6f0d3f5a-6a4c-4d5e-9a34-2d3a5f1f7c11/"
        other = Sender(live_server.url, stranger)
        for ask in (
            lambda where: other.ask("HEAD", where),
            lambda where: other.ask("DELETE", where),
            lambda where: other.patch(where, 0, b"abc"),
        ):
            theirs, nobodys = ask(address), ask(absent)
            assert sentence(theirs) == sentence(nobodys)
            assert theirs.status_code == 404
            assert theirs.headers.keys() == nobodys.headers.keys()
        assert sender.offset(address) == 0

    def test_upload_for_another_purpose_is_404(self, sender):
        address = sender.begin(3)
        assert sender.ask("HEAD", address.replace("/open/", "/shut/")).status_code == 404

    def test_visitors_are_told_to_sign_in(self, sender):
        address = sender.begin(3)
        sender.headers = {"X-CSRFToken": "a" * 32, "Cookie": f"csrftoken={'a' * 32}"}
        words = "You are no longer signed in: sign in, then choose the file again."
        assert sentence(sender.ask("POST", Upload_Length="3")) == (403, words)
        assert sentence(sender.patch(address, 0, b"abc")) == (403, words)

    @pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
    def test_pages_of_other_sites_are_refused(self, sender, participant, settings, method):
        settings.CSRF_FAILURE_VIEW = "tests.documents.uploads.refused"
        address = sender.begin(3)
        headers = signed_in(participant)
        del headers["X-CSRFToken"]
        where = sender.uploads if method == "POST" else address
        headers |= TUS | {"Upload-Length": "3", "Upload-Offset": "0", "Content-Type": CONTENT_TYPE}
        answer = requests.request(method, where, headers=headers, data=b"abc", timeout=60)
        assert answer.status_code == 403
        assert [row.offset for row in PartialUpload.objects.all()] == [0]


class TestOnce:
    def test_lost_response_can_be_requested_again(self, sender):
        address = sender.begin(3)
        assert sender.patch(address, 0, b"abc").status_code == 204
        assert sender.patch(address, 0, b"abc").status_code == 409
        head = sender.ask("HEAD", address)
        assert (head.headers["Upload-Offset"], head.headers["Upload-Complete"]) == ("3", "?1")
        assert "Upload-Metadata" not in head.headers
        assert sender.patch(address, 3).status_code == 204
        assert Document.objects.count() == 1

    def test_failed_completion_can_be_tried_again(self, sender, monkeypatch):
        address = sender.begin(3)

        def die(partial, upload):
            raise OSError("The disk is full.")

        monkeypatch.setattr(Taken, "finish", staticmethod(die))
        assert sender.patch(address, 0, b"abc").status_code == 500
        monkeypatch.undo()
        head = sender.ask("HEAD", address)
        assert head.headers["Upload-Offset"] == "3"
        assert "Upload-Complete" not in head.headers
        assert not Document.objects.exists()
        assert sender.patch(address, 3).status_code == 204
        assert Document.objects.count() == 1


def test_clients_error_names_the_status(sender):
    uploader = sender.uploader(io.BytesIO(TEXT))
    uploader.upload_chunk()
    uploader.offset = 0
    with pytest.raises(TusUploadFailed) as failure:
        uploader.upload_chunk()
    assert failure.value.status_code == 409
