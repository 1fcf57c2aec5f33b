import pytest

from dialogues import workflow
from dialogues.signals import paragraphs_written
from tests import build

pytestmark = pytest.mark.django_db


def test_paragraphs_written_is_sent_after_the_paragraphs_are_saved():
    received = []

    def note(summary, **kwargs):
        received.append((summary.pk, summary.paragraphs.count()))

    paragraphs_written.connect(note)
    try:
        summary = build.summary(build.dialogue())
        assert received == [(summary.pk, 2)]
        workflow.write_paragraphs(summary, "1. One alone.")
        assert received == [(summary.pk, 2), (summary.pk, 1)]
    finally:
        paragraphs_written.disconnect(note)


def test_contributions_receive_paragraphs_written():
    names = [receiver.__module__ for receiver in paragraphs_written._live_receivers(sender=None)[0]]
    assert names == ["contributions.workflow.reflections"]
