"""The engine: Whoosh, with postings kept as plain arrays. All that is Whoosh's own stands in this room."""

from .backend import Engine

__all__ = ["Engine"]
