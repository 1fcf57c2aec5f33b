"""The admin of what all published records share, and base classes for the admin pages of other apps."""

from .deletion import DeletionAdmin
from .workflow import TransitionAdmin

__all__ = ["DeletionAdmin", "TransitionAdmin"]
