"""The moves of proceedings other than publishing. Each checks, saves and logs in one transaction."""

from .consultation import answer_quote, approve, comment, use_correction
from .summaries import start_new_version, write_paragraphs

__all__ = ["answer_quote", "approve", "comment", "start_new_version", "use_correction", "write_paragraphs"]
