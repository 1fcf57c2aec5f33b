"""The grids that lines across and down a page make, with the cells in which they are merged."""

from bisect import bisect
from collections import defaultdict
from itertools import product

from documents.structure.pdf_rules import NEAR, Rule, clusters

NARROW = 8  # points: what sticks out of a grid by less is no column and no row of it
MOST_CELLS = 4000  # of a table on one page; what has more is a hatching or squared paper
MOST = 0.8  # of an edge of a cell, that a line must run along to part it from the next


class Grid:
    """A table's lines: `xs` from the left, `ys` from the head; `home` has the first cell of each cell's merged ones."""

    def __init__(self, across: list[Rule], down: list[Rule]):
        self.xs = _edges(down, across)
        self.ys = _edges(across, down)[::-1]
        self.cells = list(product(range(len(self.ys) - 1), range(len(self.xs) - 1)))
        self.home = {}
        if len(self.cells) <= MOST_CELLS:
            self._merge(_beside(self.xs, down), _beside(self.ys, across))

    @property
    def is_table(self) -> bool:
        """Whether there are columns, and every merged cell is a rectangle: in charts and plans few are."""
        merged = defaultdict(list)
        for cell, home in self.home.items():
            merged[home].append(cell)
        return len({column for _row, column in merged}) > 1 and all(map(_is_rectangle, merged.values()))

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column in which a point is, the first of those merged; None outside."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        row, column = bisect(self.ys, -y, key=lambda at: -at) - 1, bisect(self.xs, x) - 1
        return self.home[min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)]

    def last_column(self, row: int, column: int) -> int:
        """The last of the columns that are merged in a cell."""
        last = column
        while self.home.get((row, last + 1)) == (row, column):
            last += 1
        return last

    def holds(self, other: "Grid") -> bool:
        """Whether another grid lies within this one."""
        return (self.xs[0] <= other.xs[0] and other.xs[-1] <= self.xs[-1]
                and self.ys[-1] <= other.ys[-1] and other.ys[0] <= self.ys[0])  # fmt: skip

    def _merge(self, down, across):
        """Find each cell's home: a cell and its neighbour share it, unless a line runs along their edge."""
        near = defaultdict(list)
        for row, column in self.cells:
            if column and not _is_along(down[column], self.ys[row + 1], self.ys[row]):
                _befriend(near, (row, column - 1), (row, column))
            if row and not _is_along(across[row], self.xs[column], self.xs[column + 1]):
                _befriend(near, (row - 1, column), (row, column))
        for cell in self.cells:
            new = [cell] if cell not in self.home else []
            while new:
                at = new.pop()
                if at not in self.home:
                    self.home[at] = cell
                    new += near[at]


def _befriend(near, one, other):
    near[one].append(other)
    near[other].append(one)


def _is_rectangle(cells):
    rows, columns = zip(*cells, strict=True)
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(cells)


def _beside(edges, lines):
    """The lines that run along each edge."""
    return [[rule for rule in lines if abs(rule.at - edge) <= NEAR] for edge in edges]


def grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids of lines that cross or touch one another, those with columns."""
    found, left = [], set(down)
    rest = list(across)
    while rest and left:
        own_across, own_down = {rest.pop()}, set()
        new = set(own_across)
        while new:
            new = {rule for rule in left if any(_touch(one, rule) for one in new)}
            left -= new
            own_down |= new
            new = {rule for rule in rest if any(_touch(rule, one) for one in new)}
            rest = [rule for rule in rest if rule not in new]
            own_across |= new
        if own_down:
            found.append(Grid(sorted(own_across), sorted(own_down)))
    return [grid for grid in found if grid.is_table]


def _touch(across, down):
    return across.covers(down.at) and down.covers(across.at)


def _edges(lines, others):
    """Where the lines of one direction are, with the ends of the others where those stick out."""
    edges = [sum(rule.at for rule in near) / len(near) for near in clusters(lines, at=lambda rule: rule.at)]
    begin, end = min(rule.begin for rule in others), max(rule.end for rule in others)
    return [*[begin] * (edges[0] - begin > NARROW), *edges, *[end] * (end - edges[-1] > NARROW)]


def _is_along(lines, begin, end):
    return any(min(rule.end, end) - max(rule.begin, begin) >= MOST * (end - begin) for rule in lines)
