import pytest

from dialogues import followers, workflow
from tests import build

told = []


def note(summary):
    """A follower that notes whom it was told of."""
    told.append((summary.pk, summary.paragraphs.count()))


@pytest.fixture
def alone(monkeypatch):
    monkeypatch.setattr(followers, "_followers", [])
    told.clear()


def test_contributions_follow():
    assert followers._followers == ["contributions.workflow.carry_over"]


@pytest.mark.django_db
def test_a_follower_hears_of_a_summary_once_its_paragraphs_are_there(alone):
    for _ in range(2):
        followers.add(f"{__name__}.note")
    summary = build.summary(build.dialogue())
    assert told == [(summary.pk, 2)]
    workflow.write_paragraphs(summary, "1. One alone.")
    assert told == [(summary.pk, 2), (summary.pk, 1)]
