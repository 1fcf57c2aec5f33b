"""The page on which a file of a contribution is read, and what leads there."""

import re

import pytest

from contributions import workflow
from contributions.models import Attachment
from documents.file_text import PAGES_SHOWN
from documents.models import Fault, State
from tests import build, files, gate

pytestmark = pytest.mark.django_db


def page_of(record, number=1):
    return f"{record.get_absolute_url()}files/{number}/"


def attached(name="report.pdf", content=None, **fields):
    return build.contribution(attach=[(name, content or files.pdf(["Cover", "A quagga speaks"]))], **fields)


def test_a_file_is_read_by_page_and_paragraph(client):
    record = attached(title="Papers at sea")
    html = client.get(page_of(record)).content.decode()
    for words in ('id="page-1"', 'id="page-2-p1"', "A quagga speaks", "Papers at sea", "Open Door", "2 pages"):
        assert words in html
    assert f'href="{page_of(record)}download/"' in html
    assert f'href="{record.get_absolute_url()}#files"' in html


def test_the_page_of_the_contribution_leads_to_the_page_of_the_file(client):
    record = attached()
    page = page_of(record)
    assert gate.shows(client, record.get_absolute_url(), f'href="{page}"', f'href="{page}#page-1"')


def test_the_text_of_a_file_is_escaped(client):
    record = attached("a.txt", b"<script>alert(1)</script>\n\n# not a *heading*")
    assert gate.shows(client, page_of(record), "&lt;script&gt;alert(1)&lt;/script&gt;", "# not a *heading*")
    assert gate.hides(client, page_of(record), "<script>alert")


def test_an_arabic_file_runs_from_right_to_left_on_an_english_page(client):
    record = attached("a.txt", "قال إن الاتجار جريمة".encode())
    Attachment.objects.update(language="ar")
    assert re.search(r'<article[^>]* lang="ar" dir="rtl"', client.get(page_of(record)).content.decode())


@pytest.mark.parametrize(("choice", "shown"), [("", True), ("named", True), ("anonymous", False)])
def test_the_byline_of_the_file_decides_the_names_on_its_page(client, choice, shown):
    record = attached(organization_name="Zebrahaus")
    Attachment.objects.update(appear_as=choice)
    html = client.get(page_of(record)).content.decode()
    assert ("Zebrahaus" in html) == shown
    assert ("Name withheld" in html) != shown


def test_a_long_file_is_on_several_pages_that_link_to_each_other(client):
    record = attached(content=files.pdf([f"Words of page {n}" for n in range(1, PAGES_SHOWN + 3)]))
    first, second = page_of(record), f"{page_of(record)}?page=2"
    assert gate.shows(client, first, f"Words of page {PAGES_SHOWN}", f'href="{second}"', "Pages 21–22")
    assert gate.hides(client, first, f"Words of page {PAGES_SHOWN + 1}")
    assert gate.shows(client, second, f"Words of page {PAGES_SHOWN + 2}", f'href="{first}">Pages 1–20<')
    assert gate.shows(client, second, f'<link rel="canonical" href="http://localhost:8000{second}">')
    assert gate.hides(client, second, "Words of page 1<")
    for number in ("3", "0", "x"):
        assert gate.is_absent(client, f"{page_of(record)}?page={number}")


@pytest.mark.parametrize(
    ("state", "fault", "words"), [("received", "", "is being read"), ("faulty", Fault.NO_TEXT, "could not be read")]
)
def test_a_file_without_text_can_be_downloaded(client, state, fault, words):
    record = attached()
    document = record.shown.attachments.get().document
    document.pages.all().delete()
    type(document).objects.filter(pk=document.pk).update(state=State(state), fault=fault)
    assert gate.shows(client, page_of(record), words, f'href="{page_of(record)}download/"')


def test_public_files_are_in_the_sitemap(client):
    record, hidden = attached(), attached(state="submitted")
    assert gate.shows(client, "/sitemap-files.xml", page_of(record))
    assert gate.hides(client, "/sitemap-files.xml", page_of(hidden), "download")


def test_the_sitemap_has_files_in_the_order_of_their_contributions(client):
    """No other order is the same in every database, and one by row would say which draft was begun first."""
    first, second = (attached(state="submitted") for _ in range(2))
    for record in (first, second):
        workflow.publish(record, by=None)
    listed = client.get("/sitemap-files.xml").content.decode()
    assert listed.index(page_of(second)) < listed.index(page_of(first))


def test_linked_data_gives_the_file_to_machines(client):
    record = attached(organization_name="Zebrahaus")
    assert gate.shows(client, page_of(record), f'"contentUrl": "http://localhost:8000{page_of(record)}download/"')
    assert gate.shows(client, page_of(record), '"encodingFormat": "application/pdf"', '"name": "Zebrahaus"')
