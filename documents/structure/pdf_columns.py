"""Tables that no lines are drawn for: rows of short words that stand in the same columns, and nothing in doubt."""

import re
from itertools import pairwise
from statistics import median

from documents.structure.pdf_lines import Line
from documents.structure.pdf_tables import Table

GAP = 1.2  # of a line's size, that parts the words of two columns at least
FEWEST = 3  # rows, and columns
EVEN = 2  # points by which the edges of a column differ
AGREE = 0.8  # of a column's cells, that stand at one edge
LOOSE = 1.8  # times the smallest step between rows, from which two are not of one table
FAR = 4  # times a line's size, for the same
NEXT = 1.1  # times the largest step between rows, within which a line can be of one of them
WORDY = 4.5  # words in a cell, from which a column is text; a table has one such at most
LABEL = re.compile(r"(?:\d{1,4}|[a-z]{1,4}|[ivx]+)[.)]|\([a-z\d]{1,4}\)|\W|\uf0b7", re.IGNORECASE)


def with_columns(lines: list[Line]) -> list[Line | Table]:
    """The lines of a page, those that are rows of a table as that table."""
    rows, parts, at = [_cells(line) for line in lines], [], 0
    while at < len(lines):
        end = _end(rows, at)
        columns = _columns([cell for row in rows[at:end] for cell in row])
        if end - at >= FEWEST and _is_table(rows[at:end], columns) and _ends(rows, at, end, columns):
            parts.append(_table(rows[at:end], columns))
            at = end
        else:
            parts.append(lines[at])
            at += 1
    return parts


def _cells(line):
    """The parts of a line between wide gaps, from the left."""
    seen = sorted((one for one in line.letters if one.text.strip()), key=lambda one: one.left)
    ends = [before.right for before, one in pairwise(seen) if one.left - before.right > GAP * line.size]
    if not ends:
        return [line]
    parts, at = [[] for _ in range(len(ends) + 1)], 0
    for letter in line.letters:
        if letter.text.strip():
            at = sum(letter.left > end for end in ends)
        parts[at].append(letter)
    return [Line.of(line.page, part) for part in parts]


def _end(rows, begin):
    """The first row behind those that go on in the columns of the row at `begin`, one close below the other."""
    columns, end, steps = _columns(rows[begin]), begin + 1, []
    while end < len(rows) and len(columns) >= FEWEST and len(rows[end]) > 1:
        steps.append(rows[end - 1][0].base - rows[end][0].base)
        is_far = steps[-1] > FAR * rows[end][0].size or max(steps) > LOOSE * min(steps)
        wider = _columns(rows[end], columns)
        if is_far or len(wider) != len(columns) or not _fits(rows[end], wider):
            break
        columns, end = wider, end + 1
    return end


def _columns(cells, before=()):
    """From where to where the columns reach in which cells stand, or stood before: what overlaps is of one."""
    columns = []
    for left, right in sorted([*before, *((cell.left, cell.right) for cell in cells)]):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _fits(row, columns):
    """Whether the cells of a row stand in columns of their own."""
    own = [_column(cell, columns) for cell in row]
    return len(set(own)) == len(own)


def _column(cell, columns):
    return next((at for at, (left, right) in enumerate(columns) if left <= cell.left and cell.right <= right), None)


def _is_table(rows, columns):
    """Whether rows in columns are a table, and neither text in columns, nor numbered text, nor a table of contents."""
    by_column = [[cell for row in rows for cell in row if _column(cell, columns) == at] for at in range(len(columns))]
    full = sum(len(row) == len(columns) for row in rows)
    labels = [all(LABEL.fullmatch(cell.words.strip()) for cell in cells) for cells in by_column]
    wordy = [sum(len(cell.words.split()) for cell in cells) > WORDY * len(cells) for cells in by_column]
    apart = min(after[0] - before[1] for before, after in pairwise(columns)) > rows[0][0].size
    is_contents = labels[0] and len(columns) == FEWEST and all(cell.words.strip().isdigit() for cell in by_column[-1])
    return (full >= FEWEST and labels.count(False) > 1 and sum(wordy) <= 1 and apart and not is_contents
            and all(map(_lines_up, by_column)))  # fmt: skip


def _lines_up(cells):
    """Whether most cells of a column begin at one place, or end, or have their middle there."""
    edges = ([one.left for one in cells], [one.right for one in cells], [(one.left + one.right) / 2 for one in cells])
    return any(sum(abs(at - median(edge)) <= EVEN for at in edge) >= max(FEWEST, AGREE * len(edge)) for edge in edges)


def _ends(rows, begin, end, columns):
    """Whether rows are all of a table: if it has cells of several lines, it is not to be told which row has which."""
    step = max(before[0].base - row[0].base for before, row in pairwise(rows[begin:end]))
    behind, before = rows[end - 1 : end + 2], rows[max(0, begin - 2) : begin + 1][::-1]
    return not any(_goes_on(beside, columns, NEXT * step) for beside in (behind, before))


def _goes_on(beside, columns, step):
    """Whether a table has more lines than its rows; `beside` are its outermost row and the two rows next to that."""
    if len(beside) < 2 or len(beside[1]) > 1 or abs(beside[0][0].base - beside[1][0].base) > step:
        return False
    line = beside[1][0]
    own = [at for at, (left, right) in enumerate(columns) if line.left < right and left < line.right]
    fits = len(beside) > 2 and len(beside[2]) > 1 and len(_columns(beside[2], columns)) == len(columns)
    return len(own) == 1 and (own[0] > 0 or fits)


def _table(rows, columns):
    cells = [[[cell for cell in row if _column(cell, columns) == at] for at in range(len(columns))] for row in rows]
    edges = [left for left, _right in columns]
    return Table(rows[0][0].page, cells, edges, rows[0][0].base)
