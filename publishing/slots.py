"""Slots: places on a page that apps above fill.

The page of a dialogue shows the contributions to it, but `dialogues` must not know of contributions. It declares a slot
instead, and a builder in `contributions.sections` fills it:

    dialogue_sections: Slot[[Dialogue, User], Section] = Slot()      # dialogues/slots.py

    @dialogue_sections.add                                           # contributions/sections.py
    def contributions_to(dialogue: Dialogue, user: User) -> Section: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, ParamSpec, TypeVar

from django.db.models import Model
from django.utils.functional import Promise

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Section:
    """A part of a page: a heading, the template that renders it, and that template's context.

    `open_until` is the time until which the record accepts contributions. `counted` is safe HTML: how many records the
    section is about, including those that only a linked page shows, as in "<strong>6</strong> contributions".
    """

    anchor: str
    title: str | Promise
    template: str
    context: dict[str, Any]
    open_until: datetime | None = None
    is_empty: bool = False
    counted: str = ""


class Slot(Generic[P, R]):
    """A place on a page. Calling it calls its builders, and returns their results in the order they were added."""

    def __init__(self) -> None:
        self._builders: list[Callable[P, R]] = []

    def add(self, builder: Callable[P, R]) -> Callable[P, R]:
        """Add a builder; a decorator."""
        self._builders.append(builder)
        return builder

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        return [builder(*args, **kwargs) for builder in self._builders]


# The address at which staff work on a record, or "" if there is none.
work_pages: Slot[[Model], str] = Slot()
