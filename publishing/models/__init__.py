from .deletion import Deletion
from .gate import NumberCounter, Numbered, Publishable, by_number, with_address_number
from .page_state import PublicChange
from .preview import Guest, Preview
from .transition import ImmutableEntryError, LogHead, Transition
from .translatable import Translatable, localized
from .verbs import Verb

__all__ = [
    "Deletion",
    "Guest",
    "ImmutableEntryError",
    "LogHead",
    "NumberCounter",
    "Numbered",
    "Preview",
    "PublicChange",
    "Publishable",
    "Transition",
    "Translatable",
    "Verb",
    "by_number",
    "localized",
    "with_address_number",
]
