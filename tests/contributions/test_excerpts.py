"""The excerpts of files on a contribution's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions import excerpts
from documents.models import CleanCopy
from tests import build, files
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


def test_the_first_pages_are_shown_with_links(client):
    record = build.contribution(attach=[("report.pdf", files.pdf([f"Words of page {n}" for n in range(1, 5)]))])
    address = record.get_absolute_url()
    assert shows(client, address, "Words of page 1", "Words of page 3", f"{address}files/1/#page-3", "The rest is in")
    assert hides(client, address, "Words of page 4")


def test_a_short_file_is_shown_whole(client):
    record = build.contribution(attach=[("note.txt", "Cinq mots. <b>كلمات</b>".encode())])
    assert shows(
        client, record.get_absolute_url(), "Cinq mots. &lt;b&gt;كلمات&lt;/b&gt;", "Read the beginning of file 1"
    )
    assert hides(client, record.get_absolute_url(), "The rest is in the file", "#page-")


def test_lines_of_a_pdf_flow_as_paragraphs(client):
    """On a phone, lines that end where they did on paper would leave every other one with a word or two."""
    lines = [
        "Recruiters keep the passports of",
        "workers for months, and ask for",
        "money to give them back.",
        "",
        "Nobody answers.",
    ]
    record = build.contribution(attach=[("note.txt", "\n".join(lines).encode())])
    assert shows(client, record.get_absolute_url(), f"<p>{' '.join(lines[:3])}</p>", "<p>Nobody answers.</p>")


def test_a_long_page_is_cut_and_marked(client):
    record = build.contribution(attach=[("note.txt", b"word " * 2000)])
    page = client.get(record.get_absolute_url()).content.decode()
    assert page.count("word ") < excerpts.MAX_PAGE / 5 + 1
    assert "The rest is in the file" in page


def test_a_file_without_a_clean_copy_has_no_excerpt(client):
    record = build.contribution(attach=[("note.txt", b"quagga")])
    assert shows(client, record.get_absolute_url(), "quagga")
    CleanCopy.objects.all().delete()
    assert hides(client, record.get_absolute_url(), "quagga", "Read the beginning")


def test_files_that_are_not_public_have_no_excerpt(client):
    record = build.contribution(attach=[("note.txt", b"quagga")])
    correction = build.correction(record, sent=False)
    build.attached(record, "more.txt", b"zebra", language="fr")
    assert correction.attachments.count() == 2
    assert shows(client, record.get_absolute_url(), "quagga")
    assert hides(client, record.get_absolute_url(), "zebra")


def test_five_files_take_as_many_queries_as_one(client):
    records = []
    for number in (1, 5):
        attach = [(f"note-{n}.txt", f"words of {n} {number}".encode()) for n in range(number)]
        records.append(build.contribution(attach=attach))
    counts = []
    client.get(records[0].get_absolute_url())  # after it, the index is up to date
    for record, number in zip(records, (1, 5), strict=True):  # each is similar to the other, and shows it
        client.get(record.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(record.get_absolute_url()).content.decode().count('class="file-text"') == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_page_reads_no_more_pages_of_a_file_than_it_shows(client):
    record = build.contribution(attach=[("report.pdf", files.pdf([f"Words of page {n}" for n in range(1, 9)]))])
    with CaptureQueriesContext(connection) as captured:
        assert shows(client, record.get_absolute_url(), "Words of page 3", "The rest is in")
    (read,) = (query["sql"] for query in captured if 'FROM "documents_page"' in query["sql"])
    assert f'"number" <= {excerpts.PAGES + 1}' in read
