"""A figure and how it is printed."""

import os
import platform
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value beside its goal; `most` says whether the goal is an upper or a lower bound."""

    name: str
    value: float
    unit: str
    goal: float
    most: bool = True

    @property
    def holds(self):
        return self.value <= self.goal if self.most else self.value >= self.goal

    def __str__(self):
        bound = "at most" if self.most else "at least"
        verdict = "holds" if self.holds else "falls short"
        return f"{self.name}: {self.value:,.4g} {self.unit} (goal: {bound} {self.goal:,g} {self.unit}) {verdict}"


def machine():
    """One line on where the figures were taken."""
    return (
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
