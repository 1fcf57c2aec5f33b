"""The overview of a dialogue for staff: what is there, what is missing, and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, Quote, Summary
from dialogues.status import DocumentStatus, document_statuses, published_documents

State = Contribution.State


@dataclass(frozen=True)
class Part:
    """A part of the workspace of a dialogue: the name of its URL, its label, and the number of its records."""

    name: str
    label: str | Promise
    total: int | None = None


@dataclass(frozen=True)
class Step:
    """The next thing to do for a dialogue: a sentence, a label for the button, and the address where it is done."""

    sentence: str | Promise
    label: str | Promise
    address: str


@dataclass(frozen=True)
class Row:
    """One row of the overview: what it is, its state (done, draft, open, missing), the state in words, its address."""

    what: str | Promise
    state: str
    words: str | Promise
    address: str
