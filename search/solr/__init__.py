"""Solr as the search engine, one node or a cloud, for sites that have outgrown the embedded one.

The portal analyzes texts and weighs words; Solr stores, matches and sorts. docs/decisions/solr.md says why.
"""

from .backend import Engine

__all__ = ["Engine"]
