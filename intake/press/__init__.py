"""Read the text of a press release and propose records. Pure functions: nothing here touches the database."""

from .known_names import KnownNames
from .proposed_records import OMISSION, MeetingProposal, PersonProposal, PressProposals, QuoteProposal
from .reader import read_press_release

__all__ = ["OMISSION", "KnownNames", "MeetingProposal", "PersonProposal", "PressProposals", "QuoteProposal",
           "read_press_release"]  # fmt: skip
