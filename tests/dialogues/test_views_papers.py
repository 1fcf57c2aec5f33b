"""The page on which a paper is read."""

import pytest

from publishing import workflow
from tests import build, gate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def paper():
    made = build.paper(build.dialogue(slug="third", title="The third"), title="The programme")
    for number, text in enumerate(["Cover", "A quagga speaks"], 1):
        made.document.pages.update_or_create(number=number, defaults={"text": text})
    return made


def test_a_paper_is_read_by_page_and_paragraph(client, paper):
    address = paper.get_absolute_url()
    words = ("The programme", "The third", 'id="page-2-p1"', "A quagga speaks", f'href="{address}download/"')
    assert gate.shows(client, address, *words)
    assert gate.shows(client, "/dialogues/third/", f'href="{address}"')


def test_a_hidden_paper_is_absent_with_its_file(client, paper):
    workflow.unpublish(paper, by=None)
    for address in (paper.get_absolute_url(), paper.get_download_url()):
        assert gate.is_absent(client, address)
    assert gate.hides(client, "/sitemap-papers.xml", paper.get_absolute_url())


def test_a_paper_without_a_clean_copy_is_absent(client, paper):
    assert gate.shows(client, "/sitemap-papers.xml", paper.get_absolute_url())
    paper.document.clean_copy.delete()
    assert gate.is_absent(client, paper.get_absolute_url())
    assert gate.hides(client, "/sitemap-papers.xml", paper.get_absolute_url())


def test_a_chair_reads_a_draft_marked_as_such(browser_of, paper):
    chair = browser_of(build.co_chair(paper.dialogue))
    assert gate.hides(chair, paper.get_absolute_url(), "Draft.")
    workflow.unpublish(paper, by=None)
    assert gate.shows(chair, paper.get_absolute_url(), "Draft.", "A quagga speaks")
