"""Coverage: which public contributions and quotes of a dialogue its summaries reflect, and which they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogues.models import Dialogue, Paragraph, Quote, Summary

from ..models import Contribution, Reflection
from ..querysets import ReflectionQuerySet
from .sources import Source, confirmed_reflections, source_of


@dataclass
class ReflectedSource:
    """A contribution or a quote, and the paragraphs of which it is a source."""

    source: Source
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class SummaryCoverage:
    """A summary, its address, the number of its numbered paragraphs, and those of them without a source."""

    summary: Summary
    address: str
    total: int
    bare: list[Paragraph]


def coverage(dialogue: Dialogue, user: Any) -> dict[str, list]:
    """Return the coverage of a dialogue as `user` may see it, in the newest version of each language.

    `covered` has a SummaryCoverage for each summary; `lines` and `missing` have a ReflectedSource for each record that
    is reflected and for each that is not.
    """
    contributions = Contribution.objects.published().filter(call__dialogue=dialogue)
    quotes = Quote.objects.published().filter(appearance__dialogue=dialogue).for_lists()
    records = [*contributions.select_related("shown").prefetch_related("shown__attachments"), *quotes]
    lines = {source.key: ReflectedSource(source) for source in map(source_of, records)}
    rows = Reflection.objects.visible_to(user)
    summaries = Summary.objects.visible_to(user).filter(dialogue=dialogue).select_related("dialogue").current()
    covered = [_cover(summary, rows, lines, _address_for(summary, user)) for summary in summaries]
    return {
        "covered": covered,
        "lines": [line for line in lines.values() if line.paragraphs],
        "missing": [line for line in lines.values() if not line.paragraphs],
    }


def _address_for(summary: Summary, user: Any) -> str:
    """Return the address at which `user` reads a summary.

    A guest can read a draft only at the address of the preview.
    """
    preview = getattr(user, "preview", None)
    return preview.get_absolute_url() if preview and preview.record == summary else summary.get_absolute_url()


def _cover(
    summary: Summary, rows: ReflectionQuerySet, lines: Mapping[str, ReflectedSource], address: str
) -> SummaryCoverage:
    """Add the paragraphs of a summary to the `lines` that are their sources, and return its coverage."""
    found = confirmed_reflections(summary, rows)
    paragraphs = list(summary.paragraphs.exclude(number=None))
    bare = []
    for paragraph in paragraphs:
        paragraph.summary, paragraph.address = summary, f"{address}#{paragraph.anchor}"
        known = [lines[row.key] for row in found.get(paragraph.anchor, []) if row.key in lines]
        for line in known:
            line.paragraphs.append(paragraph)
        if not known:
            bare.append(paragraph)
    return SummaryCoverage(summary, address, len(paragraphs), bare)
