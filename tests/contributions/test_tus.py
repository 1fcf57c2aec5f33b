"""Resumable uploads to a draft, with a tus client that is not ours."""

import hashlib
import io

import pytest
import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from contributions.models import Attachment
from documents.models import Document
from tests import build, files
from tests.documents.uploads import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

PDF = files.pdf(["In pieces"]) + b"\n%" + b"x" * 300_000 + b"\n" + files.pdf(["In pieces"])
SAID = {"filename": "تقرير.pdf", "upload_language": "ar", "is_translation": "on"}


@pytest.fixture
def draft(participant):
    return build.draft(build.call(file_limit=2, file_megabytes=1), by=participant)


@pytest.fixture
def send(live_server):
    """Uploads content to a draft as a user, and returns the uploader."""

    def upload(record, user, content=PDF, until=None, **said):
        client = TusClient(f"{live_server.url}/contributions/mine/{record.key}/uploads/", headers=signed_in(user))
        uploader = client.uploader(file_stream=io.BytesIO(content), chunk_size=50_000, metadata=SAID | said)
        uploader.upload(stop_at=until)
        return uploader

    return upload


def refused(action, *given, **said):
    """Return the status and message with which the server refuses."""
    with pytest.raises(TusCommunicationError) as error:
        action(*given, **said)
    return error.value.status_code, error.value.response_content.decode()


def test_a_resumable_upload_is_a_file_like_any_other(draft, participant, send):
    send(draft, participant)
    attachment = draft.draft.attachments.select_related("document").get()
    assert (attachment.language, attachment.is_translation, attachment.number) == ("ar", True, 1)
    assert attachment.document.original_name == "تقرير.pdf"
    assert attachment.document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert attachment.document.copy is not None


def test_a_file_is_attached_with_its_last_piece_and_not_before(draft, participant, send):
    begun = send(draft, participant, until=100_000)
    assert not Document.objects.exists()
    begun.upload()
    assert Attachment.objects.count() == Document.objects.count() == 1


def test_the_same_file_uploaded_again_is_one_attachment(draft, participant, send):
    for _ in range(2):
        send(draft, participant)
    assert Attachment.objects.count() == Document.objects.count() == 1


def test_the_draft_of_another_is_absent(draft, stranger, send):
    assert refused(send, draft, stranger) == (404, "There is no such upload.")
    assert not Document.objects.exists()


def test_a_submitted_contribution_accepts_no_uploads(participant, send):
    record = build.contribution(by=participant, state="submitted")
    assert refused(send, record, participant) == (
        422,
        "You have submitted this contribution, so you cannot change it now.",
    )


def test_one_file_too_many_is_refused_before_its_first_byte(draft, participant, send):
    for number in range(2):
        build.attached(draft, f"{number}.txt", f"Text {number}".encode())
    assert refused(send, draft, participant) == (422, "This call accepts up to 2 files: remove one first.")


def test_a_file_that_is_too_large_for_the_call_is_refused_before_its_first_byte(draft, participant, send):
    status, sentence = refused(send, draft, participant, b"%PDF-" + b"x" * 1024 * 1024)
    assert (status, "is larger than" in sentence) == (413, True)


def test_a_file_that_is_no_document_is_refused_at_its_end_and_leaves_nothing(draft, participant, send):
    status, sentence = refused(send, draft, participant, files.png())
    assert (status, "type of file is not accepted" in sentence) == (422, True)
    assert not Document.objects.exists()


@pytest.mark.parametrize("said", [{"upload_language": "xx"}, {"upload_language": ""}])
def test_an_unknown_language_is_refused(draft, participant, send, said):
    assert refused(send, draft, participant, **said)[0] == 422


def test_no_upload_begins_without_a_csrf_token(draft, participant, live_server):
    headers = signed_in(participant) | {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    del headers["X-CSRFToken"]
    answer = requests.post(f"{live_server.url}/contributions/mine/{draft.key}/uploads/", headers=headers, timeout=60)
    assert answer.status_code == 403
