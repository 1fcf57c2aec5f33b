"""Convert a PDF to Markdown.

characters → lines → tables with ruling lines (`grids`, `ruled_tables`) or without (`borderless_tables`) → pages without
running headers and footers → paragraphs (`reflow`). All positions are in points from the lower left of the page.
"""

from .reflow import markdown

__all__ = ["markdown"]
