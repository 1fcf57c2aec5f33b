from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from django.utils.http import http_date

from documents import workflow
from documents.file_responses import CONTENT_TYPES, send_document, send_picture
from documents.models import Kind
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.documents.urls")]

PDF = files.pdf(["Words to be sent"] * 3)
ORIGINAL = files.pdf(["Words, and who wrote them"] * 3)
SANDBOX = "sandbox; default-src 'none'"


@pytest.fixture
def document():
    """A document whose clean copy has known bytes that differ from the original."""
    document = workflow.store(files.upload("a.pdf", ORIGINAL))
    document.clean_copy.delete()
    document.clean_copy = build.clean_copy(document, PDF)
    return document


@pytest.fixture
def get(client, document):
    """Request the document with these headers, through all middleware."""

    def ask(method="get", **headers):
        return getattr(client, method)(f"/file/{document.pk}/", headers=headers)

    return ask


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_file_is_sent_with_its_headers(get, document):
    response = get()
    assert (response.status_code, body(response)) == (200, PDF)
    expected = {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": 'inline; filename="statement.pdf"',
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "ETag": f'"{document.clean_copy.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: response[name] for name in expected} == expected


def test_no_header_tells_when_the_file_was_uploaded(get, document):
    made = int(document.clean_copy.created_at.timestamp())
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        for asked in ({}, {"range": "bytes=0-9"}, {"if_none_match": f'"{document.clean_copy.sha256}"'}):
            response = get(**asked)
            assert not response.has_header("Last-Modified")
            assert not any(http_date(made)[:16] in value for value in response.headers.values())
        assert get(if_modified_since=http_date(made)).status_code == 200


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=5-", 5, len(PDF) - 1),
        ("bytes=-5", len(PDF) - 5, len(PDF) - 1),
        ("bytes=10-999999999", 10, len(PDF) - 1),
    ],
)
def test_single_range_is_sent(get, asked, first, last):
    response = get(range=asked)
    assert (response.status_code, body(response)) == (206, PDF[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(PDF)}"
    assert response["Content-Length"] == str(last - first + 1)


def test_range_beyond_the_end_is_416(get):
    response = get(range=f"bytes={len(PDF)}-")
    assert (response.status_code, response.content) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(PDF)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=9-5", "lines=1-2"])
def test_other_ranges_get_the_whole_file(get, asked):
    response = get(range=asked)
    assert (response.status_code, body(response)) == (200, PDF)


def test_if_range_decides_between_range_and_whole_file(get, document):
    assert get(range="bytes=0-9", if_range=f'"{document.clean_copy.sha256}"').status_code == 206
    for stale in ('"other"', f'W/"{document.clean_copy.sha256}"', "Mon, 01 Jan 2001 00:00:00 GMT", "nonsense"):
        response = get(range="bytes=0-9", if_range=stale)
        assert (response.status_code, body(response)) == (200, PDF)


@pytest.mark.parametrize("method", ["get", "head"])
def test_not_modified(get, document, method):
    response = get(method, if_none_match=f'"{document.clean_copy.sha256}"')
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == f'"{document.clean_copy.sha256}"'
    assert response["Cache-Control"] == "private, no-cache"
    assert get(method, if_none_match='"other"').status_code == 200


def test_precondition_failed(get):
    assert get(if_match='"other"').status_code == 412


def test_head_has_headers_and_no_content(get):
    response = get("head", range="bytes=0-9")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("asked", "expected"), [({}, PDF), ({"range": "bytes=0-499"}, PDF[:500])])
def test_files_are_not_compressed(get, asked, expected):
    response = get(accept_encoding="gzip, br", **asked)
    assert response["Content-Encoding"] == "identity"
    assert response["Content-Length"] == str(len(expected))
    assert response["ETag"].startswith('"')
    assert body(response) == expected


def test_open_files_are_closed(document):
    for asked in ({}, {"range": "bytes=0-9"}):
        response = send_document(RequestFactory().get("/", headers=asked), document, filename="a")
        stream = response.file_to_stream
        stream = getattr(stream, "file", stream)
        response.close()
        assert stream.closed


@pytest.mark.parametrize(
    ("name", "content", "media_type", "disposition", "policy"),
    [
        (
            "a.docx",
            files.docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
            SANDBOX,
        ),
        ("a.odt", files.odt(), "application/vnd.oasis.opendocument.text", "attachment", SANDBOX),
        ("a.txt", b"<script>alert(1)</script>", "text/plain; charset=utf-8", "inline", SANDBOX),
        ("a.md", b"<script>alert(1)</script>", "text/plain; charset=utf-8", "inline", SANDBOX),
        ("a.pdf", PDF, "application/pdf", "inline", None),
    ],
)
def test_no_kind_is_sent_so_that_it_could_run_scripts(client, name, content, media_type, disposition, policy):
    document = workflow.store(files.upload(name, content))
    response = client.get(f"/file/{document.pk}/")
    extension = name.split(".")[1]
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'{disposition}; filename="statement.{extension}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (response["Content-Security-Policy"] == SANDBOX) is (policy == SANDBOX)


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("co-chairs summary", 'inline; filename="co-chairs_summary.pdf"'),
        ('a"b\r\nX-Evil: 1/../c', 'inline; filename="abX-Evil_1..c.pdf"'),
        ("ملخص", "inline; filename*=utf-8''%D9%85%D9%84%D8%AE%D8%B5.pdf"),
        ("..", 'inline; filename="document.pdf"'),
        ("", 'inline; filename="document.pdf"'),
    ],
)
def test_filename_is_made_safe(document, filename, expected):
    assert send_document(RequestFactory().get("/"), document, filename=filename)["Content-Disposition"] == expected


def test_caller_chooses_download_and_cache_policy(document):
    response = send_document(
        RequestFactory().get("/"), document, filename="a", inline=False, cache_control="public, max-age=60"
    )
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["Cache-Control"] == "public, max-age=60"


def test_language_header_is_that_of_the_content(document):
    assert send_document(RequestFactory().get("/"), document, filename="a", language="fr")["Content-Language"] == "fr"
    assert "Content-Language" not in send_document(RequestFactory().get("/"), document, filename="a")


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-9"}, {"if-none-match": "*"}])
def test_document_without_a_clean_copy_is_404(document, asked):
    document.clean_copy.delete()
    document.refresh_from_db()
    with pytest.raises(Http404):
        send_document(RequestFactory().get("/", headers=asked), document, filename="a")


class TestPicture:
    @pytest.fixture
    def picture(self):
        return workflow.store_picture(files.upload("a.jpg", files.jpeg((500, 250))), alt="A hall")

    def test_rendition_is_sent_with_its_headers(self, client, picture):
        response = client.get(f"/picture/{picture.pk}/480/", headers={"accept-encoding": "gzip"})
        content = body(response)
        assert (response.status_code, content[8:12]) == (200, b"WEBP")
        expected = {
            "Content-Type": "image/webp",
            "Content-Length": str(len(content)),
            "Cache-Control": "public, max-age=86400",
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
        }
        assert {name: response[name] for name in expected} == expected
        again = client.get(f"/picture/{picture.pk}/480/", headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304

    def test_cache_is_private_by_default(self, picture):
        assert send_picture(RequestFactory().get("/"), picture, 160)["Cache-Control"] == "private, no-cache"

    def test_new_rendition_has_a_new_entity_tag(self, picture):
        request = RequestFactory().get("/")
        before = send_picture(request, picture, 160)["ETag"]
        workflow.render_again([picture])
        assert send_picture(request, picture, 160)["ETag"] != before

    def test_picture_without_renditions_is_404(self):
        picture = workflow.store_picture(files.upload("a.jpg", files.jpeg()[:700]), alt="A hall")
        with pytest.raises(Http404):
            send_picture(RequestFactory().get("/"), picture, 160)


def test_every_kind_has_a_content_type():
    assert set(CONTENT_TYPES) == set(Kind)
