"""Summaries as PDF files: what is drawn, when, and who gets the file."""

from contextlib import suppress
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from dialogues import checks, workflow
from dialogues.models import SummaryPdf
from dialogues.summary_pdfs import pdf_html
from dialogues.tasks import draw_summary
from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox.client import draw_pdf
from documents.storage import private_storage
from publishing import workflow as publishing
from publishing.models import SiteText
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

OFFER = "PDF with paragraph numbers"


@pytest.fixture
def drawn(monkeypatch, settings):
    """Draw nothing, and return the pages that would have been drawn."""
    cache.clear()  # of what could not be drawn
    settings.SUMMARY_PDFS = True
    pages = []

    def draw(html):
        pages.append(html)
        return b"%PDF-1.7 " + html.encode()

    monkeypatch.setattr("dialogues.workflow.summary_pdfs.draw_pdf", draw)
    return pages


@pytest.fixture
def summary():
    dialogue = build.dialogue(title="Third dialogue", slug="third")
    return build.summary(dialogue, text="## Opening\n\n1. First.\n\n2. Second.")


def address(summary):
    return f"{summary.get_absolute_url()}pdf/"


def content(client, summary):
    return b"".join(client.get(address(summary)).streaming_content)


@pytest.mark.slow
def test_the_file_is_tagged_in_its_language_and_has_numbers_and_addresses(summary, settings, tmp_path):
    settings.BASE_URL = "https://portal.example"
    path = tmp_path / "summary.pdf"
    path.write_bytes(draw_pdf(pdf_html(summary, list(summary.paragraphs.select_related("recommendation")))))
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.StructTreeRoot is not None
        assert str(pdf.docinfo["/Title"]) == "Co-Chairs’ summary: Third dialogue"
        links = {str(link.A.URI) for link in pdf.pages[0].Annots if "/A" in link and "/URI" in link.A}
    page = f"https://portal.example{summary.get_absolute_url()}"
    assert {page, f"{page}#p1", f"{page}#p2"} <= links


def test_nothing_is_loaded_from_elsewhere():
    assert draw_pdf("<!doctype html><html lang='en'><title>T</title><img src='file:///etc/passwd' alt='x'><p>Words.")


def test_the_file_is_offered_and_served_once_it_is_drawn(client, summary, drawn):
    assert hides(client, summary.get_absolute_url(), OFFER)
    assert is_absent(client, address(summary))
    assert workflow.make_pdf(summary)
    assert shows(client, summary.get_absolute_url(), OFFER, address(summary))
    answer = client.get(address(summary))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="third-summary-en-v1.pdf"'
    assert b"Second." in content(client, summary)


def test_a_draft_has_no_file(client, desk, drawn):
    draft = build.summary(build.dialogue(), public=False)
    assert not workflow.make_pdf(draft)
    assert drawn == []
    assert desk.get(address(draft)).status_code == 404


@pytest.mark.parametrize("gate", ["summary", "dialogue"])
def test_a_take_down_ends_the_file_at_once_and_the_chore_deletes_it(
    client, desk, summary, drawn, gate, django_capture_on_commit_callbacks
):
    workflow.make_pdf(summary)
    name = SummaryPdf.objects.get().file.name
    publishing.unpublish(summary if gate == "summary" else summary.dialogue, by=None)
    assert is_absent(client, address(summary))
    assert desk.get(address(summary)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        call_command("make_pdfs", verbosity=0)
    assert not SummaryPdf.objects.exists()
    assert not private_storage().exists(name)


def test_an_outdated_file_is_not_served_and_is_drawn_again(client, summary, drawn, django_capture_on_commit_callbacks):
    workflow.make_pdf(summary)
    old = SummaryPdf.objects.get().file.name
    changes = [
        lambda: workflow.write_paragraphs(summary, "1. First, corrected."),
        lambda: build.recommendation(summary, 1),
        lambda: type(summary.dialogue).objects.filter(pk=summary.dialogue_id).update(title="Renamed"),
        lambda: SiteText.objects.create(name="site-name", title="Our proceedings"),
    ]
    for number, change in enumerate(changes, start=2):
        change()
        assert is_absent(client, address(summary))
        assert hides(client, summary.get_absolute_url(), OFFER)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("make_pdfs", verbosity=0)
        assert len(drawn) == number
        assert client.get(address(summary)).status_code == 200
    assert not private_storage().exists(old)
    assert "Renamed" in drawn[-1]
    assert "Our proceedings · Co-Chairs’ summary" in drawn[-1]
    assert "Constructive Dialogues" not in drawn[-1]


def test_a_current_file_is_not_drawn_again_unless_all_are(summary, drawn):
    workflow.make_pdf(summary)
    call_command("make_pdfs", verbosity=0)
    assert len(drawn) == 1
    call_command("make_pdfs", "--all", verbosity=0)
    assert len(drawn) == 2


def test_a_summary_is_drawn_after_it_was_published(drawn, monkeypatch):
    queued = []
    monkeypatch.setattr("dialogues.receivers.draw_summary", SimpleNamespace(enqueue=queued.append))
    draft = build.summary(build.dialogue(), public=False)
    assert queued == []
    build.published(draft)
    assert queued == [draft.pk]
    draw_summary.call(draft.pk)
    draw_summary.call(0)
    assert SummaryPdf.objects.get().summary == draft


def test_a_file_that_cannot_be_drawn_does_not_stop_the_others(summary, drawn, monkeypatch):
    other = build.summary(build.dialogue(title="Other"))

    def draw(html):
        if "Third dialogue" in html:
            raise UnreadableError(Fault.TIMEOUT)
        return b"%PDF"

    monkeypatch.setattr("dialogues.workflow.summary_pdfs.draw_pdf", draw)
    with pytest.raises(CommandError, match="Third dialogue"):
        call_command("make_pdfs", verbosity=0)
    assert SummaryPdf.objects.get().summary == other


def test_a_file_that_cannot_be_drawn_is_tried_again_once_it_has_changed(summary, drawn, monkeypatch):
    tried = []

    def draw(html):
        tried.append(html)
        raise UnreadableError(Fault.TIMEOUT)

    monkeypatch.setattr("dialogues.workflow.summary_pdfs.draw_pdf", draw)
    for again, number in [((), 1), ((), 1), (("--all",), 2)]:
        with suppress(CommandError):
            call_command("make_pdfs", *again, verbosity=0)
        assert len(tried) == number
    workflow.write_paragraphs(summary, "1. First, corrected.")
    with pytest.raises(CommandError):
        call_command("make_pdfs", verbosity=0)
    assert len(tried) == 3


def test_without_pango_nothing_is_drawn_and_the_check_says_so(summary, drawn, monkeypatch):
    assert checks.check_pdf_libraries(None) == []
    monkeypatch.setattr(checks, "find_library", lambda name: None)
    checks.can_draw.cache_clear()
    try:
        assert not workflow.make_pdf(summary)
        (warning,) = checks.check_pdf_libraries(None)
    finally:
        monkeypatch.undo()
        checks.can_draw.cache_clear()
    assert "libpango-1.0-0" in warning.hint
    assert drawn == []
