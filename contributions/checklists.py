"""How far the review of a revision is: whether its checklist is settled, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Check, Contribution


@dataclass(frozen=True)
class Checklist:
    """The checklist of the newest revision of a contribution.

    `readers` are the users who have each settled all of it, in the order in which they began. An account that was
    deleted counts as one reader, None.
    """

    needs_second_reader: bool
    is_shared_settled: bool
    readers: tuple[Any, ...]

    @property
    def is_settled(self) -> bool:
        """Whether it can be accepted: every point is settled, by one person where the call wants a second one too."""
        return bool(self.readers) if self.needs_second_reader else self.is_shared_settled

    @property
    def is_complete(self) -> bool:
        """Whether it can be published: settled by a second person too, where the call wants one."""
        return len(self.readers) > 1 if self.needs_second_reader else self.is_shared_settled

    def require_complete(self, by: Any) -> None:
        """Raise ValidationError, with what `by` can do about it, unless it is complete.

        `by` is None for the portal itself.
        """
        if self.is_complete:
            return
        if by is None or by in self.readers:
            raise ValidationError(
                _("This call needs a second reader: another person has to complete the checklist too.")
            )
        raise ValidationError(_("This call needs a second reader: complete the checklist yourself first."))

    def may_complete(self, user: Any) -> bool:
        """Return whether it is complete once `user` has settled every point."""
        return not self.needs_second_reader or bool({*self.readers} - {user}) or self.is_complete


def checklist_of(contribution: Contribution) -> Checklist:
    """Return the checklist of the newest revision of a contribution that was submitted."""
    checks = list(contribution.newest.checks.select_related("by").order_by("pk"))
    return checklist(contribution.call.needs_second_reader, checks)


def prefetched_checklist(contribution: Contribution) -> Checklist:
    """Return the same for one of many contributions: `call` was selected and `newest__checks__by` prefetched."""
    return checklist(contribution.call.needs_second_reader, contribution.newest.checks.all())


def awaits_second_reader(contribution: Contribution) -> bool:
    """Return whether one of many contributions lacks the second reader that its call wants."""
    return contribution.call.needs_second_reader and not prefetched_checklist(contribution).is_complete


def checklist(needs_second_reader: bool, checks: Iterable[Check]) -> Checklist:
    """Return the checklist that these points make, given in the order in which they were settled."""
    points: dict[Any, set[str]] = {}
    for check in checks:
        points.setdefault(check.by, set()).add(check.point)
    every = set(Check.Point.values)
    readers = tuple(reader for reader, settled in points.items() if settled == every)
    return Checklist(needs_second_reader, set().union(*points.values()) == every, readers)
