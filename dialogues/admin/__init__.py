from publishing.admin.deletion import DeletionAdmin
from publishing.admin.workflow import TransitionAdmin

from .day import PhotographAdmin, RecordingAdmin, StatementAdmin
from .dialogues import DialogueAdmin, PanelAdmin, SeriesAdmin, TopicAdmin
from .people import AppearanceAdmin, OrganizationAdmin, QuoteAdmin, SpeakerAdmin
from .publications import NewsItemAdmin, PaperAdmin
from .summaries import CommentAdmin, ParagraphAdmin, SummaryAdmin

__all__ = [
    "AppearanceAdmin",
    "CommentAdmin",
    "DeletionAdmin",
    "DialogueAdmin",
    "NewsItemAdmin",
    "OrganizationAdmin",
    "PanelAdmin",
    "PaperAdmin",
    "ParagraphAdmin",
    "PhotographAdmin",
    "QuoteAdmin",
    "RecordingAdmin",
    "SeriesAdmin",
    "SpeakerAdmin",
    "StatementAdmin",
    "SummaryAdmin",
    "TopicAdmin",
    "TransitionAdmin",
]
