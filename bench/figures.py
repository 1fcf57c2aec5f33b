"""Figures: measured values with their goals."""

import os
import platform
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value and its goal. The goal is an upper bound if `most` is true, or else a lower bound."""

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


def high(values):
    """Return the 95th percentile."""
    return sorted(values)[int(len(values) * 0.95)]


def machine():
    """Return a line that describes the machine on which the figures were measured."""
    return (
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
