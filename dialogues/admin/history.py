"""What changed in the text of a summary, which is kept paragraph by paragraph."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from dialogues.models import Paragraph

MOST = 200  # changes on one page


@dataclass(frozen=True)
class Change:
    """What somebody did to one paragraph: its words before and after, either empty where there were none."""

    at: datetime
    by: AbstractBaseUser | None
    number: int | None
    old: str
    new: str


def paragraph_changes(summary_id):
    """The last changes to the paragraphs of a summary, newest first."""
    if not str(summary_id).isdecimal() or len(str(summary_id)) > 18:
        return []
    rows = Paragraph.history.filter(summary_id=summary_id).select_related("history_user")
    before, found = {}, []
    for row in rows.order_by("history_date", "history_id"):
        old, new = before.get(row.id, ""), "" if row.history_type == "-" else row.text
        before[row.id] = new
        if old != new:
            found.append(Change(row.history_date, row.history_user, row.number, old, new))
    return found[::-1][:MOST]
