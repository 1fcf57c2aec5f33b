"""The beginning of what a contribution's files say, as it was read from their clean copies."""

from dataclasses import dataclass

PAGES = 3  # of each file; the file itself has the rest
LONGEST = 4_000  # characters of a page: a file without pages is one


@dataclass(frozen=True)
class Excerpt:
    """A page of a file, or its beginning."""

    number: int
    text: str
    is_cut: bool


def hang_excerpts(attachments):
    """Give each attachment, as `excerpt`, its first pages that have words; their pages are fetched already."""
    for attachment in attachments:
        pages = list(attachment.document.pages.all()) if attachment.document.copy else []
        attachment.excerpt = [beginning(page) for page in pages[:PAGES] if page.text.strip()]
        attachment.has_more = len(pages) > PAGES or any(page.is_cut for page in attachment.excerpt)


def beginning(page):
    """What is shown of a page."""
    text = page.text.strip()
    return Excerpt(page.number, text[:LONGEST], len(text) > LONGEST)
