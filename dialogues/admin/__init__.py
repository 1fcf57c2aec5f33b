from .dialogues import DialogueAdmin, PanelAdmin, SeriesAdmin, TopicAdmin
from .people import AppearanceAdmin, OrganizationAdmin, QuoteAdmin, SpeakerAdmin
from .texts import CommentAdmin, PaperAdmin, ParagraphAdmin, SummaryAdmin, TransitionAdmin

__all__ = [
    "AppearanceAdmin",
    "CommentAdmin",
    "DialogueAdmin",
    "OrganizationAdmin",
    "PanelAdmin",
    "PaperAdmin",
    "ParagraphAdmin",
    "QuoteAdmin",
    "SeriesAdmin",
    "SpeakerAdmin",
    "SummaryAdmin",
    "TopicAdmin",
    "TransitionAdmin",
]
