"""The verbs of proceedings beside publishing. Each checks, saves and logs in one transaction."""

from .consulting import answer_quote, approve, use_correction
from .writing import comment, write_paragraphs

__all__ = ["answer_quote", "approve", "comment", "use_correction", "write_paragraphs"]
