"""The words of charts and diagrams in Word documents, which are in parts of their own."""

from collections.abc import Iterator

from ..xml_trees import Element
from .word_package import R, WordPackage

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
# The elements that place a chart or a diagram in the text: the attribute that names its part, and the kind of the part.
DRAWINGS = {CHART + "chart": (R + "id", "chart"), DIAGRAM + "relIds": (R + "dm", "diagramData")}
CATEGORIES = (CHART + "cat", CHART + "xVal")


def drawn_words(package: WordPackage, place: Element) -> str:
    """Return the words of the chart or diagram at a place in the main part, each once and on a line of its own."""
    attribute, kind = DRAWINGS[place.tag]
    words = [line for root in package.related(place.get(attribute), kind) for line in _lines(root)]
    return "".join(f"{line}\n" for line in dict.fromkeys(words) if line)


def _lines(holder: Element) -> Iterator[str]:
    """Yield the titles, labels and categories of a chart and the names of its series; or the texts of a diagram.

    Figures are left out, and so are names of series that neither a legend nor the title shows.
    """
    title = holder.find(f".//{CHART}title")
    has_names = holder.find(f".//{CHART}legend") is not None or (title is not None and title.find(CHART + "tx") is None)
    series = (CHART + "tx",) if has_names else ()
    for element in holder.iter(A + "p", *CATEGORIES, *series):
        if element.tag == A + "p":
            yield "".join(text.text or "" for text in element.iter(A + "t")).strip()
        else:
            yield from ((value.text or "").strip() for value in element.iter(CHART + "v"))
