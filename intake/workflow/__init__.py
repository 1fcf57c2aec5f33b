"""The verbs of what comes in: batches and press releases."""

from .batches import confirm, correct, forget_batches, go_on, leave_out, throw_away
from .press import (
    MeetingGiven,
    PersonGiven,
    QuoteGiven,
    RefusedError,
    Release,
    TopicGiven,
    accept,
    there_dialogue,
    there_person,
    there_quote,
)

__all__ = [
    "MeetingGiven",
    "PersonGiven",
    "QuoteGiven",
    "RefusedError",
    "Release",
    "TopicGiven",
    "accept",
    "confirm",
    "correct",
    "forget_batches",
    "go_on",
    "leave_out",
    "there_dialogue",
    "there_person",
    "there_quote",
    "throw_away",
]
