"""What of a dialogue its summary reflects: of contributions and quotes, what everyone may read."""

from dataclasses import dataclass, field

from contributions.models import Contribution, Reflection
from contributions.tracing import Source, behind, source_of
from dialogues.models import Quote, Summary


@dataclass
class Line:
    """A contribution or a quote, and the paragraphs behind which it stands."""

    source: Source
    paragraphs: list = field(default_factory=list)


@dataclass
class Covered:
    """A summary, how many numbered paragraphs it has, and those that have no source."""

    summary: Summary
    address: str
    total: int
    bare: list


def coverage(dialogue, user):
    """For the page: `lines` that are reflected and those that are `missing`, and how far each summary is `covered`.

    Of each language it is the newest version that `user` may see.
    """
    contributions = Contribution.objects.published().filter(call__dialogue=dialogue)
    quotes = Quote.objects.published().filter(appearance__dialogue=dialogue).for_lists()
    records = [*contributions.select_related("shown").prefetch_related("shown__attachments"), *quotes]
    lines = {source.key: Line(source) for source in map(source_of, records)}
    rows = Reflection.objects.visible_to(user)
    summaries = Summary.objects.visible_to(user).filter(dialogue=dialogue).select_related("dialogue").current()
    covered = [trace(summary, rows, lines, address_of(summary, user)) for summary in summaries]
    return {
        "covered": covered,
        "lines": [line for line in lines.values() if line.paragraphs],
        "missing": [line for line in lines.values() if not line.paragraphs],
    }


def address_of(summary, user):
    """Where `user` reads a summary: who came by the preview of a draft reads it there and nowhere else."""
    preview = getattr(user, "preview", None)
    return preview.get_absolute_url() if preview and preview.record == summary else summary.get_absolute_url()


def trace(summary, rows, lines, address):
    """Add to each of `lines` the paragraphs of one summary behind which it stands, and return what is Covered."""
    found = behind(summary, rows)
    paragraphs = list(summary.paragraphs.exclude(number=None))
    bare = []
    for paragraph in paragraphs:
        paragraph.summary, paragraph.address = summary, f"{address}#p{paragraph.number}"
        known = [lines[row.key] for row in found.get(paragraph.number, []) if row.key in lines]
        for line in known:
            line.paragraphs.append(paragraph)
        if not known:
            bare.append(paragraph)
    return Covered(summary, address, len(paragraphs), bare)
