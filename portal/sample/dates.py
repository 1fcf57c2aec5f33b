"""Publish and announce the records of the sample on the days on which they would have been, not all at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, ExpectedDocument, NewsItem, Paper, Photograph, Quote, Statement, Summary, Topic

AHEAD = timedelta(days=45)  # a dialogue is announced before it takes place
FIRST_TOPICS = date(2022, 4, 1)
# Days after the invented dialogue; records of one kind follow each other by the second number.
AFTER: Mapping[type[Model], tuple[int, int]] = {
    Paper: (-10, 2),
    Quote: (1, 3),
    NewsItem: (1, 0),
    Statement: (3, 1),
    Photograph: (5, 0),
    Summary: (85, 14),
    Contribution: (-24, 3),
}


def spread(invented: Dialogue) -> None:
    """Set the times of publication, and the days on which documents were announced. The records must be published."""
    _set(Topic.objects.all(), FIRST_TOPICS, 0)
    for dialogue in Dialogue.objects.exclude(starts_on=None):
        _set(Dialogue.objects.filter(pk=dialogue.pk), dialogue.starts_on - AHEAD, 0)
        ExpectedDocument.objects.filter(dialogue=dialogue).update(announced_on=dialogue.starts_on - AHEAD)
    if invented.starts_on:
        for model, (first, step) in AFTER.items():
            _set(model._default_manager.order_by("pk"), invented.starts_on + timedelta(days=first), step)
    for call in Call.objects.all():
        _set(Call.objects.filter(pk=call.pk), call.opens_at.date(), 0)


def _set(records: Any, day: date, step: int) -> None:
    """Publish records from a day on, with `step` days between them, and none in the future."""
    for number, pk in enumerate(list(records.values_list("pk", flat=True))):
        moment = datetime.combine(day + timedelta(days=number * step), time(9), UTC)
        records.model._default_manager.filter(pk=pk).update(published_at=min(moment, timezone.now()))
