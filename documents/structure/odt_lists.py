"""The automatic numbers of an OpenDocument text, counted as office programs count them."""

from odf.namespaces import STYLENS, TEXTNS
from odf.text import ListStyle

from documents.structure.counted import Numbered
from documents.structure.labels import label

KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
XMLNS = "http://www.w3.org/XML/1998/namespace"


class Lists:
    """The counters of a document's lists, by their styles."""

    def __init__(self, document):
        self.levels = {
            style.getAttribute("name"): {int(of(level, "level")): level for level in style.childNodes}
            for style in document.getElementsByType(ListStyle)
        }
        self.counts = {}

    def begin(self, node, style: str, depth: int) -> str:
        """Enter a list and return the name of its style; one that does not go on with another counts anew."""
        style = of(node, "style-name") or style
        if depth == 0 and not (of(node, "continue-numbering") == "true" or of(node, "continue-list")):
            self.counts[style] = {}
        return style

    def next(self, item, style: str, depth: int) -> Numbered:
        """Count an item of a list."""
        counts, level = self.counts.setdefault(style, {}), self.levels.get(style, {}).get(depth + 1)
        start = of(item, "start-value") or (None if depth in counts else of(level, "start-value") or "1")
        counts[depth] = int(start) if start else counts[depth] + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        kind = KINDS.get(of(level, "num-format", STYLENS), "none")
        return Numbered("" if kind == "none" else self._shown(style, depth), style, depth, kind, counts[depth])

    def _shown(self, style, depth):
        level, counts = self.levels[style][depth + 1], self.counts[style]
        first = depth + 1 - int(of(level, "display-levels") or 1)
        parts = [self._part(style, at, counts) for at in range(max(0, first), depth + 1)]
        return f"{of(level, 'num-prefix', STYLENS)}{'.'.join(parts)}{of(level, 'num-suffix', STYLENS)}".strip()

    def _part(self, style, depth, counts):
        kind = KINDS.get(of(self.levels[style].get(depth + 1), "num-format", STYLENS), "decimal")
        return label(counts.get(depth, 1), kind)


def of(node, name, namespace=TEXTNS) -> str:
    """An attribute of a node, empty where it has none."""
    return str(node.attributes.get((namespace, name), "")) if node is not None else ""
