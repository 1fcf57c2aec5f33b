"""The embedded search engine.

Whoosh provides the lock, the commits and the deletions. Postings are stored as arrays, which numpy reads.
"""

from .backend import Engine

__all__ = ["Engine"]
