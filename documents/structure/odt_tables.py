"""The tables of an OpenDocument text: their rows, and the cells that are merged."""

from collections.abc import Callable

from odf.element import Element
from odf.namespaces import TABLENS

TABLE, ROW = (TABLENS, "table"), (TABLENS, "table-row")
CELL, COVERED = (TABLENS, "table-cell"), (TABLENS, "covered-table-cell")
MOST = 64  # times that a cell or a row can say that it is repeated: spreadsheets say a million


def rows(table: Element, say: Callable[[Element], str]) -> list[list[tuple[str, int]]]:
    """The rows of a table, each cell the text that `say` gives it and one column wide; a merged cell speaks once."""
    found = []
    for row in _inside(table, (ROW,)):
        cells = [cell for node in _inside(row, (CELL, COVERED)) for cell in _cells(node, say)]
        times = _times(row, "number-rows-repeated") if any(text for text, _width in cells) else 1
        found += [cells] * times
    return found


def is_one_cell(table: Element) -> bool:
    """Whether a table is but a frame around words."""
    return len(list(_inside(table, (CELL, COVERED)))) == 1


def _cells(node, say):
    text = "" if node.qname == COVERED else say(node)
    return [(text, 1)] * _times(node, "number-columns-repeated")


def _inside(node, names):
    """The nodes of these names below a node, not looking into cells."""
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name in names:
            yield child
        elif name and name[0] == TABLENS and name not in (CELL, COVERED):
            yield from _inside(child, names)


def _times(node, name):
    return min(MOST, int(node.attributes.get((TABLENS, name), 1)))
