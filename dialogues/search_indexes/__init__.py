from .dialogues import DialogueIndex
from .news import NewsItemIndex
from .people import QuoteIndex, SpeakerIndex
from .proceedings import ProceedingsIndex, about_organization, day_of, public_topics
from .texts import PaperIndex, SummaryIndex, pages_of

__all__ = [
    "DialogueIndex",
    "NewsItemIndex",
    "PaperIndex",
    "ProceedingsIndex",
    "QuoteIndex",
    "SpeakerIndex",
    "SummaryIndex",
    "about_organization",
    "day_of",
    "pages_of",
    "public_topics",
]
