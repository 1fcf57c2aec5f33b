"""Tables as Markdown's pipes draw them."""


def table(rows: list[list[tuple[str, int]]]) -> str:
    """Return a table; each cell is its text and how many columns it is wide. The first row is its head."""
    wide = [[part for text, width in row for part in (text, *[""] * (width - 1))] for row in rows]
    columns = max(len(row) for row in wide)
    head, *body = [_row(row + [""] * (columns - len(row))) for row in wide]
    return "\n".join([head, _row(["---"] * columns), *body])


def _row(cells):
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
