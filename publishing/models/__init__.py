from .deletion import Deletion
from .preview import Guest, Preview
from .publishable import Publishable
from .transition import KeptError, LogHead, Transition
from .translatable import Translatable, localized
from .verbs import Verb

__all__ = [
    "Deletion",
    "Guest",
    "KeptError",
    "LogHead",
    "Preview",
    "Publishable",
    "Transition",
    "Translatable",
    "Verb",
    "localized",
]
