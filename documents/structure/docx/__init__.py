"""Convert a Word document to Markdown."""

from .document import markdown

__all__ = ["markdown"]
