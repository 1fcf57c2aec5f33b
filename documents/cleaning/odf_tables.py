"""Rows and columns of OpenDocument tables that are not shown."""

from collections import Counter

from documents.cleaning.trees import local, remove

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
UNSEEN = {"collapse", "filter"}
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
MOST_COLUMNS = 1024  # of a text's table; a spreadsheet's empty ones are repeated by thousands


def drop_unseen(tree, found: Counter) -> None:
    """Take out rows that are hidden, and what stands in hidden columns."""
    for row in list(tree.iter(TABLE + "table-row")):
        if row.get(TABLE + "visibility") in UNSEEN:
            found["hidden_text"] += 1
            remove(row)
    for table in tree.iter(TABLE + "table"):
        columns = [one for one in table.iter(TABLE + "table-column") if _table_of(one) is table]
        hidden = {place for place, column in _placed(columns) if column.get(TABLE + "visibility") in UNSEEN}
        for row in table.iter(TABLE + "table-row") if hidden else ():
            if _table_of(row) is table:
                _empty(row, hidden, found)


def _empty(row, hidden: set[int], found: Counter) -> None:
    for place, cell in _placed([cell for cell in row if cell.tag in CELLS]):
        if place in hidden and len(cell):
            found["hidden_text"] += 1
            for child in list(cell):
                cell.remove(child)


def _placed(things):
    """Yield the columns or cells with the place of each; one that is repeated has several."""
    place = 0
    for thing in things:
        times = thing.get(TABLE + "number-columns-repeated", "1")
        for _ in range(min(int(times) if times.isdecimal() else 1, MOST_COLUMNS)):
            yield place, thing
            place += 1


def _table_of(element):
    return next(one for one in element.iterancestors() if local(one) == "table")
