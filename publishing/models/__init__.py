from .deletion import Deletion
from .preview import Guest, Preview
from .publishable import Publishable
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
