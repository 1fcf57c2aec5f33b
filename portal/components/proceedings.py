"""Invented records of a dialogue, never saved, for the page of components. Nobody here is a real person."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from dialogues.models import (
    Appearance,
    Comment,
    Dialogue,
    DocumentAlert,
    ExpectedDocument,
    NewsItem,
    Panel,
    Paper,
    Paragraph,
    Photograph,
    Quote,
    Recording,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from dialogues.status import DocumentStatus, PublishedDocument
from documents.models import CleanCopy, Document, Picture
from portal.latest import Publication

DAY = datetime(2026, 6, 16, 8, 15, tzinfo=UTC)
NOON = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
DIGEST = "9f" * 32


def related(record: Any, **rows: Any) -> Any:
    """Return the record with prefetched rows, so that its relations do not query the database."""
    record._prefetched_objects_cache = {**getattr(record, "_prefetched_objects_cache", {}), **rows}
    return record


def stored(pk: int, **fields: Any) -> Document:
    """Return a document that has been read, with its clean copy."""
    document = Document(pk=pk, kind="pdf", size=262_144, sha256=DIGEST, state="read", **fields)
    document.clean_copy = CleanCopy(pk=pk, document=document, size=245_760, sha256=DIGEST, removed=[["authors", 2]])
    return document


series = Series(pk=1, name="Sample Series", slug="sample", notice="Everything in this series is invented.")
topics = [
    Topic(pk=1, name="Recruitment fees", slug="recruitment-fees", published_at=DAY),
    Topic(pk=2, name="Remedy", slug="remedy", published_at=DAY),
]
# Views set attributes on records, such as `has_summary`; so do these modules, hence Any.
dialogue: Any = Dialogue(
    pk=1, series=series, title="Sample Dialogue on Recruitment Fees", slug="sample-dialogue", edition=1,
    starts_on=date(2026, 6, 16), venue="Meeting Room 4", city="Vienna", format="hybrid", languages=["ar", "en", "fr"],
    follows="First meeting of the Sample Working Group", published_at=DAY,
)  # fmt: skip
dialogue.has_summary = True
dialogue.summary_name = "Co-Chairs’ summary"
speakers = [
    Speaker(pk=1, name="Ilse Sample", slug="ilse-sample"),
    Speaker(pk=2, name="Omar Sample", slug="omar-sample"),
]
panel: Any = Panel(
    pk=1, dialogue=dialogue, number=1, kind="panel", title="How a fee becomes a debt", starts_at=DAY, ends_at=NOON
)
appearances: list[Any] = [
    Appearance(
        pk=1, dialogue=dialogue, panel=panel, speaker=speakers[0], role="moderator",
        title="Legal Officer", affiliation="Sample Legal Aid Clinic",
    ),
    Appearance(
        pk=2, dialogue=dialogue, panel=panel, speaker=speakers[1], role="floor", affiliation="In a personal capacity"
    ),
]  # fmt: skip
panel.people = appearances
quote = Quote(
    pk=1,
    number=1,
    appearance=appearances[0],
    text="A debt is easy to write down and very hard to see.",
    published_at=DAY,
)
arabic_quote = Quote(
    pk=2, number=2, appearance=appearances[1], language="ar", published_at=DAY,
    text="لا تسألوا العاملة لماذا لم تغادر، بل اسألوا مَن الذي كان سيطرق باب أمها لو غادرت.",
)  # fmt: skip
summaries: list[Any] = [
    Summary(pk=1, dialogue=dialogue, language="en", version=2, published_at=DAY),
    Summary(pk=2, dialogue=dialogue, language="fr", published_at=DAY),
]
paragraph: Any = Paragraph(
    pk=1, summary=summaries[0], number=12, text="Fees were described as the first link of a debt."
)
recording = Recording(pk=1, dialogue=dialogue, title="Morning", url="https://video.example/morning.mp4")
panel.recording, panel.recording_seconds = recording, 930
statement = Statement(
    pk=1, number=1, dialogue=dialogue, panel=panel, appearance=appearances[1], title="A ledger in two copies",
    published_at=DAY,
)  # fmt: skip
photograph: Any = Photograph(
    pk=1, number=1, dialogue=dialogue, caption="The hall before the first sitting", published_at=DAY,
    picture=related(Picture(pk=1, alt="A hall with empty seats", credit="A. Sample"), renditions=[]),
)  # fmt: skip
paper = Paper(
    pk=1, number=1, dialogue=dialogue, kind="programme", title="Programme", document=stored(1, page_count=2),
    published_at=DAY,
)  # fmt: skip
expected = ExpectedDocument(
    pk=1, dialogue=dialogue, kind="presentation", announced_on=date(2026, 5, 4), expected_on=date(2026, 7, 1)
)
awaited = DocumentStatus(expected, dialogue, None, date(2026, 6, 20))
arrived = DocumentStatus(
    ExpectedDocument(pk=2, dialogue=dialogue, kind="programme", language="en", announced_on=date(2026, 5, 4)),
    dialogue, PublishedDocument("programme", "en", DAY, paper.get_absolute_url()), date(2026, 6, 20),
)  # fmt: skip
document_alert = DocumentAlert(pk=1, dialogue=dialogue, kind="presentation", document_language="en")
news = NewsItem(
    pk=1, title="States and civil society meet in Vienna", slug="meet", place="Vienna", issued_on=date(2026, 6, 17),
    text="The meeting was opened in the morning.", published_at=DAY,
)  # fmt: skip
publication = Publication("news", news)
comment = Comment(
    pk=1, dialogue=dialogue, paragraph=paragraph, appearance=appearances[0], created_at=DAY,
    text="Please say which fees are meant.",
)  # fmt: skip
approval = SimpleNamespace(appearance=appearances[0], at=NOON)

dialogue.shown_topics = topics
related(dialogue, topics=topics, sittings=[], counts=[], papers=[paper])
