from .dialogues import DialogueIndex
from .people import QuoteIndex, SpeakerIndex
from .proceedings import ProceedingsIndex, about_organization, day_of, public_topics
from .texts import PaperIndex, SummaryIndex, pages_of

__all__ = [
    "DialogueIndex",
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
