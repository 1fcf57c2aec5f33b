"""The texts that are kept for results: what is kept, when it is renewed, and what a reader sees meanwhile."""

import pytest
from django.utils.translation import override

from contributions.search_indexes import ContributionIndex
from dialogues import workflow as proceedings
from publishing import workflow as publishing
from search.indexes import registered_indexes
from search.models import KeptText
from search.tasks import rebuild, update_index
from tests import build, files
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


@pytest.fixture
def made():
    """A contribution with a file that has the word on its second page."""
    attached = [("a.pdf", files.pdf(["Nothing here.", "A quagga on a page."]))]
    contribution = build.contribution(text="First words.\n\nA quagga in the text.", attach=attached)
    update_index.call()
    return contribution


def shown(text):
    """Return (snippet, address, label) of the only result of a search."""
    (hit,) = find(text).hits
    return hit.snippet.html, hit.url, str(hit.snippet.label)


def test_results_are_made_of_kept_texts(made, monkeypatch):
    monkeypatch.setattr(ContributionIndex, "passages", None)
    assert shown("quagga") == (
        "A <mark>quagga</mark> in the text.", f"{made.get_absolute_url()}#p2", "Paragraph 2"
    )  # fmt: skip
    assert shown('"on a page"')[1:] == (f"{made.get_absolute_url()}files/1/#page-2-p1", "Page 2")
    (hit,) = find("", kind="contribution").hits
    assert hit.snippet.html == "First words."


def test_labels_and_addresses_are_in_the_language_of_the_page(made, monkeypatch):
    monkeypatch.setattr(ContributionIndex, "passages", None)
    with override("fr"):
        _html, url, label = shown('"on a page"')
    assert url.startswith("/fr/contributions/")
    assert label == "Page 2"
    with override("ar"):
        assert shown("quagga")[2] != "Paragraph 2"


def test_a_record_without_a_kept_text_is_read(made):
    before = shown("quagga")
    KeptText.objects.all().delete()
    assert shown("quagga") == before


def test_a_text_is_kept_again_when_the_record_is_indexed():
    summary = build.summary(build.dialogue(), text="1. A quagga.")
    update_index.call()
    proceedings.write_paragraphs(summary, "1. Another quagga.")
    assert KeptText.objects.get(key=f"dialogues.summary.{summary.pk}").text == "A quagga."
    assert shown("quagga")[0] == "Another <mark>quagga</mark>."
    update_index.call()
    assert KeptText.objects.get(key=f"dialogues.summary.{summary.pk}").text == "Another quagga."
    assert shown("quagga")[0] == "Another <mark>quagga</mark>."


def test_no_text_of_a_hidden_record_is_kept(made):
    publishing.unpublish(made.call.dialogue, by=None)
    assert find("quagga").hits == []
    update_index.call()
    assert not KeptText.objects.filter(key__startswith="contributions.").exists()


def test_a_rebuild_keeps_the_texts_of_public_records_alone(made):
    KeptText.objects.all().delete()
    KeptText.objects.create(key="contributions.contribution.999", text="Of a record that is gone.", places=[])
    rebuild()
    kept = set(KeptText.objects.values_list("key", flat=True))
    assert kept == {
        index.key(record.pk)
        for index in registered_indexes().values()
        if index.keeps_texts
        for record in index.index_queryset()
    }
    assert f"contributions.contribution.{made.pk}" in kept
