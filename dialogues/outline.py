"""The headings of a summary as an outline that a page can take over, whatever levels its file had."""

TOP = 2  # below the title of the page
DEEPEST = 6


def outline(paragraphs):
    """The headings among paragraphs, each with its `rank` from 2 to 6; no rank is left out on the way down."""
    headings = [paragraph for paragraph in paragraphs if paragraph.level]
    above = []
    for heading in headings:
        above = [level for level in above if level < heading.level]
        heading.rank = min(TOP + len(above), DEEPEST)
        above.append(heading.level)
    return headings
