"""Proposed sources of paragraphs: public contributions and quotes of the same dialogue that share their words.

A person decides about each. What was decided is not proposed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from dialogues.models import Dialogue, Paragraph, Quote, Summary
from search.similar import Text, similar_to
from text.markup import strip_markdown

from ..models import Contribution, Reflection
from .sources import Source, decisions_for, source_key, source_of

PROPOSED = 3  # of each kind
FOUND = 8  # of each kind, in a search by hand
NUMBER = re.compile(r"\d{1,9}")
# The least number of words that a passage must share with the paragraph. Quotes are short.
LEAST_SHARED = {"contribution": 2, "quote": 1}
LEAST_SHARE = 1 / 2  # share of the number of words that the nearest passage shares


def proposals(summary: Summary, paragraphs: Iterable[Paragraph]) -> dict[str, list]:
    """Return hits for the numbered paragraphs of a summary, by anchor: nearest first, contributions before quotes."""
    numbered = [paragraph for paragraph in paragraphs if paragraph.number is not None]
    decided = {
        anchor: {row.key for row in rows if row.still_applies}
        for anchor, rows in decisions_for(summary, Reflection.objects.all()).items()
    }
    texts = [Text(strip_markdown(paragraph.text), summary.language) for paragraph in numbered]
    proposed: dict[str, list] = {paragraph.anchor: [] for paragraph in numbered}
    for kind, least in LEAST_SHARED.items():
        most = PROPOSED + max(map(len, decided.values()), default=0)
        found = similar_to(texts, kind, filters={"dialogue": summary.dialogue.slug}, limit=most)
        for anchor, hits in zip(proposed, found, strict=True):
            # Records with a decision are compared too: without them, more distant ones would look near.
            near = near_enough(hits, least)
            proposed[anchor] += [hit for hit in near if source_key(hit.record) not in decided.get(anchor, ())][
                :PROPOSED
            ]
    return proposed


def near_enough(hits: Sequence, least: int) -> list:
    """Return the hits of a paragraph whose passages share enough words with it."""
    shared = [len(hit.snippet.words) if hit.snippet else 0 for hit in hits]
    most = max(shared, default=0)
    return [hit for hit, words in zip(hits, shared, strict=True) if words >= max(least, most * LEAST_SHARE)]


def search_sources(dialogue: Dialogue, words: str) -> list[Source]:
    """Return public sources of a dialogue for a search by hand.

    A contribution is found by its reference, title or address; a quote by its number, words, speaker or address.
    """
    words = words.strip()
    if not words:
        return []
    last = words.strip("/").rsplit("/", 1)[-1]
    pattern = re.escape(words)  # not `icontains`: on SQLite it ignores case only in ASCII
    matches = Q(reference__iexact=last) | Q(shown__title__iregex=pattern)
    contributions = Contribution.objects.published().filter(matches, call__dialogue=dialogue).select_related("shown")
    matches = Q(text__iregex=pattern) | Q(appearance__speaker__name__iregex=pattern)
    if number := NUMBER.fullmatch(last):
        matches |= Q(number=int(number[0]))
    quotes = Quote.objects.published().filter(matches, appearance__dialogue=dialogue).for_lists()
    return [source_of(record) for record in [*contributions[:FOUND], *quotes[:FOUND]]]
