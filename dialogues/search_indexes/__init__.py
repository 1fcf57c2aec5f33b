from .base import (
    ORGANIZATION_FACETS,
    TOPIC_FACET,
    ProceedingsIndex,
    date_label,
    file_passages,
    headings_of,
    organization_facets,
    text_passages,
)
from .proceedings import DialogueIndex, QuoteIndex, SpeakerIndex
from .publications import NewsItemIndex, PaperIndex, SummaryIndex
from .statements import StatementIndex

__all__ = [
    "ORGANIZATION_FACETS",
    "TOPIC_FACET",
    "DialogueIndex",
    "NewsItemIndex",
    "PaperIndex",
    "ProceedingsIndex",
    "QuoteIndex",
    "SpeakerIndex",
    "StatementIndex",
    "SummaryIndex",
    "date_label",
    "file_passages",
    "headings_of",
    "organization_facets",
    "text_passages",
]
