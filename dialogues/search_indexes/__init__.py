from .proceedings import (
    ORGANIZATION_FACETS,
    DialogueIndex,
    ProceedingsIndex,
    QuoteIndex,
    SpeakerIndex,
    date_label,
    document_passages,
    organization_facets,
    public_topics,
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
    "document_passages",
    "organization_facets",
    "public_topics",
]
