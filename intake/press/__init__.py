"""From the text of a press release to what it may say: pure functions, which propose and save nothing."""

from .proposals import Meeting, Person, Proposals, Said
from .reading import read

__all__ = ["Meeting", "Person", "Proposals", "Said", "read"]
