from .deletion import Deletion
from .preview import Guest, Preview
from .transition import ImmutableEntryError, LogHead, Publishable, Transition
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
