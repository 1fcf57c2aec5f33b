"""The moves of proceedings other than publishing. Each checks, saves and logs in one transaction."""

from .approvals import ask_for_approval
from .consultation import answer_quote, approve, comment, reply, resolve, use_correction
from .merging import merge
from .photographs import withdraw_consent
from .programme import begin_next_edition, move, move_to_panel
from .recommendations import link_follow_up, mark_paragraphs, remove_follow_up
from .summaries import start_new_version, write_paragraphs
from .summary_pdfs import make_pdf, remove_hidden_pdfs

__all__ = [
    "answer_quote",
    "approve",
    "ask_for_approval",
    "begin_next_edition",
    "comment",
    "link_follow_up",
    "make_pdf",
    "mark_paragraphs",
    "merge",
    "move",
    "move_to_panel",
    "remove_follow_up",
    "remove_hidden_pdfs",
    "reply",
    "resolve",
    "start_new_version",
    "use_correction",
    "withdraw_consent",
    "write_paragraphs",
]
