"""Read the text of a press release and propose records. Pure functions: nothing here touches the database."""

from .proposed_records import MeetingProposal, PersonProposal, PressProposals, QuoteProposal
from .reader import read_press_release

__all__ = ["MeetingProposal", "PersonProposal", "PressProposals", "QuoteProposal", "read_press_release"]
