"""The texts of the footnotes and endnotes of a Word document, each read once.

Many references may lead to one long note, so the length of what all of them show is limited.
"""

from collections.abc import Callable

from ..errors import UnreadableError
from ..xml_trees import Element

MAX_NOTES = 10_000_000  # characters of the notes that all references of a document show


class NoteTexts:
    """The texts of notes, as `read` returns them."""

    def __init__(self, read: Callable[[Element], str]) -> None:
        self._read = read
        self._texts: dict[Element, str] = {}
        self._shown = 0

    def shown_by_reference(self, note: Element) -> str:
        """Return the text of a note for one more reference. Raise UnreadableError if all together show too much."""
        if note not in self._texts:
            self._texts[note] = self._read(note)
        self._shown += len(self._texts[note])
        if self._shown > MAX_NOTES:
            raise UnreadableError("too_large_text")
        return self._texts[note]
