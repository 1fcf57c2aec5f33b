"""Which documents a dialogue's page announces as not there yet."""


def awaited(dialogue, parts):
    """The expected documents of `dialogue` that neither it nor the `parts` (sections) of its page hold.

    Reads prefetched relations, so that only what the reader may see counts as being there.
    """
    there = {(kind, "") for part in parts for kind in part.fulfils}
    for summary in dialogue.summaries.all():
        there |= {("summary", ""), ("summary", summary.language)}
    for paper in dialogue.papers.all():
        there |= {(paper.kind, ""), (paper.kind, paper.language)}
    return [document for document in dialogue.expected.all() if (document.kind, document.language) not in there]
