"""The automatic numbers of an OpenDocument text's lists, which are not stored in the text."""

from ..xml_trees import Element
from .list_numbers import ListNumber, format_number
from .odf_package import STYLE, TEXT, OpenDocumentPackage

NUMBER_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class Lists:
    """The counters of a document's lists, by the names of their styles."""

    def __init__(self, package: OpenDocumentPackage):
        roots = [root for root in (package.styles, package.content) if root is not None]
        self.levels = {
            style.get(STYLE + "name", ""): {int(level.get(TEXT + "level", 0)): level for level in style}
            for root in roots
            for style in root.iter(TEXT + "list-style")
        }
        self.counts: dict[str, dict[int, int]] = {}

    def begin(self, element: Element, style: str, depth: int) -> str:
        """Enter a list and return the name of its style.

        A list that does not continue another starts from its first number.
        """
        style = element.get(TEXT + "style-name") or style
        continues = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        if depth == 0 and not continues:
            self.counts[style] = {}
        return style

    def next(self, item: Element, style: str, depth: int) -> ListNumber:
        """Count a list item and return its number."""
        counts, level = self.counts.setdefault(style, {}), self.levels.get(style, {}).get(depth + 1)
        start = item.get(TEXT + "start-value")
        if not start and depth not in counts:
            start = (level.get(TEXT + "start-value") if level is not None else None) or "1"
        counts[depth] = int(start) if start else counts[depth] + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        number_format = _number_format(level) or "none"
        label = "" if number_format == "none" else self._label(style, depth)
        return ListNumber(label, style, depth, number_format, counts[depth])

    def _label(self, style: str, depth: int) -> str:
        level, counts = self.levels[style][depth + 1], self.counts[style]
        first = depth + 1 - int(level.get(TEXT + "display-levels") or 1)
        numbers = [
            format_number(counts.get(at, 1), _number_format(self.levels[style].get(at + 1)) or "decimal")
            for at in range(max(0, first), depth + 1)
        ]
        return f"{level.get(STYLE + 'num-prefix', '')}{'.'.join(numbers)}{level.get(STYLE + 'num-suffix', '')}".strip()


def _number_format(level: Element | None) -> str | None:
    return NUMBER_FORMATS.get(level.get(STYLE + "num-format", "")) if level is not None else None


def has_paragraph(item: Element) -> bool:
    """Return whether a list item has text of its own, and does not only hold another list."""
    return any(child.tag in (TEXT + "p", TEXT + "h") for child in item)
