from .proceedings import (
    ORGANIZATION_FACETS,
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
