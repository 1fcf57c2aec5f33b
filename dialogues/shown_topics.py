"""The public topics of dialogues, read by a prepared query. `public_topics` prefetches those of any record."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from publishing.prepared import prepared

from .models import Dialogue, Topic


@prepared
def topics_of(dialogues: Any) -> QuerySet[Topic]:
    """Return the public topics of each of these dialogues, annotated with its primary key as `of`, by name."""
    return Topic.objects.published().filter(dialogues__pk__in=dialogues).annotate(of=F("dialogues__pk")).by_name()


def add_topics(dialogues: Iterable[Dialogue]) -> None:
    """Set `shown_topics` on each dialogue, as `for_lists` does."""
    found: dict[int, list[Topic]] = {one.pk: [] for one in dialogues}
    topic: Any  # with `of`
    for topic in topics_of(dialogues=list(found)):
        found[topic.of].append(topic)
    dialogue: Any
    for dialogue in dialogues:
        dialogue.shown_topics = found[dialogue.pk]
