"""What may stand behind a paragraph: public contributions and quotes of its dialogue that share its words.

A person decides. What was decided of a paragraph, either way, is not proposed for it again.
"""

import re

from django.db.models import Q

from contributions.models import Contribution, Reflection
from contributions.tracing import key_of, said_of, source_of
from dialogues.models import Quote
from search.similar import Text, similar_to
from text.markup import strip_markdown

PROPOSED = 3  # of each kind
FOUND = 8  # of each kind, when a person looks for one
NUMBER = re.compile(r"\d{1,9}")
LEAST = {"contribution": 2, "quote": 1}  # words of the paragraph that must stand in the passage; a quote is short
SHARE = 1 / 2  # of the words that the nearest has: what has fewer is near to something else


def proposals(summary, paragraphs):
    """{number: Hits, the nearest first, contributions before quotes} for numbered paragraphs of a summary."""
    numbered = [paragraph for paragraph in paragraphs if paragraph.number is not None]
    decided = {
        number: {row.key for row in rows if row.holds}
        for number, rows in said_of(summary, Reflection.objects.all()).items()
    }
    texts = [Text(strip_markdown(paragraph.text), summary.language) for paragraph in numbered]
    proposed = {paragraph.number: [] for paragraph in numbered}
    for kind, least in LEAST.items():
        most = PROPOSED + max(map(len, decided.values()), default=0)
        found = similar_to(texts, kind, filters={"dialogue": summary.dialogue.slug}, limit=most)
        for number, hits in zip(proposed, found, strict=True):
            # Also what was decided is compared, or what is left would look near for want of anything nearer.
            near = near_enough(hits, least)
            proposed[number] += [hit for hit in near if key_of(hit.record) not in decided.get(number, ())][:PROPOSED]
    return proposed


def near_enough(hits, least):
    """Those of a paragraph's hits whose passages share enough words with it to be worth a person's time."""
    shared = [len(hit.snippet.words) if hit.snippet else 0 for hit in hits]
    most = max(shared, default=0)
    return [hit for hit, words in zip(hits, shared, strict=True) if words >= max(least, most * SHARE)]


def found_by_hand(dialogue, words):
    """Public Sources of a dialogue by reference, title or address of a contribution, number or words of a quote."""
    words = words.strip()
    if not words:
        return []
    last = words.strip("/").rsplit("/", 1)[-1]
    titled = Q(reference__iexact=last) | Q(shown__title__icontains=words)
    contributions = Contribution.objects.published().filter(titled, call__dialogue=dialogue).select_related("shown")
    said = Q(text__icontains=words) | Q(appearance__speaker__name__icontains=words)
    if number := NUMBER.fullmatch(last):
        said |= Q(pk=int(number[0]))
    quotes = Quote.objects.published().filter(said, appearance__dialogue=dialogue).for_lists()
    return [source_of(record) for record in [*contributions[:FOUND], *quotes[:FOUND]]]
