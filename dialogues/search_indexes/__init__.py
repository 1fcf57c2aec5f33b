from .proceedings import (
    ORGANIZATION_FACETS,
    TOPIC_FACET,
    DialogueIndex,
    ProceedingsIndex,
    QuoteIndex,
    SpeakerIndex,
    date_label,
    file_passages,
    organization_facets,
    public_topics,
    text_passages,
)
from .publications import NewsItemIndex, PaperIndex, SummaryIndex

__all__ = [
    "ORGANIZATION_FACETS",
    "TOPIC_FACET",
    "DialogueIndex",
    "NewsItemIndex",
    "PaperIndex",
    "ProceedingsIndex",
    "QuoteIndex",
    "SpeakerIndex",
    "SummaryIndex",
    "date_label",
    "file_passages",
    "organization_facets",
    "public_topics",
    "text_passages",
]
