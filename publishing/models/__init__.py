from .deletion import Deletion
from .gate import Publishable
from .preview import Guest, Preview
from .transition import ImmutableEntryError, LogHead, Transition
from .translatable import Translatable, localized
from .verbs import Verb

__all__ = [
    "Deletion",
    "Guest",
    "ImmutableEntryError",
    "LogHead",
    "Preview",
    "Publishable",
    "Transition",
    "Translatable",
    "Verb",
    "localized",
]
