"""The board of what is awaited: every public dialogue with what it announced and what came of that."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch

from .awaited import arrivals_on, entries, merged
from .models import Dialogue, ExpectedDocument, Paper, Summary
from .sections import arrivals as arrivals_elsewhere


def with_public_documents(dialogues):
    """These dialogues with what is expected and published of each, in a few queries however many there are."""
    return dialogues.select_related("series").prefetch_related(
        "expected",
        Prefetch("summaries", Summary.objects.published().select_related("dialogue")),
        Prefetch("papers", Paper.objects.published().select_related("dialogue")),
    )


def arrivals(dialogues):
    """What everyone may read of these dialogues, by a dialogue's id; other rooms add what they hold."""
    own = {dialogue.pk: arrivals_on(dialogue) for dialogue in dialogues}
    return merged([own, *arrivals_elsewhere(dialogues, AnonymousUser())])


def board(dialogues=None):
    """(dialogue, its entries) for each dialogue that expects something, newest first; the public ones unless given."""
    dialogues = Dialogue.objects.published() if dialogues is None else dialogues
    expecting = Exists(ExpectedDocument.objects.filter(dialogue=OuterRef("pk")))
    found = list(with_public_documents(dialogues.filter(expecting).latest_first()))
    there = arrivals(found)
    return [(dialogue, entries(dialogue, there[dialogue.pk])) for dialogue in found]


def appeared(dialogues):
    """(dialogue, arrival) for all that is there of these dialogues, the newest first."""
    found = list(with_public_documents(dialogues))
    there = arrivals(found)
    pairs = [(dialogue, arrival) for dialogue in found for arrival in there[dialogue.pk]]
    return sorted(pairs, key=lambda pair: pair[1].at, reverse=True)
