"""The history page of the admin, with one row for each translated text that changed."""

import dataclasses
from typing import Any

from simple_history.models import ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from ..translation_changes import changed_texts


class TranslationHistory(HistoricalRecordContextHelper):
    """Shows a changed translation as a change of its text, such as "Name (Français)", instead of raw JSON."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        """Return the rows of the history page: {"field", "old", "new"}, each with HTML or text to be escaped."""
        others = [change for change in delta.changes if change.field != "translations"]
        rows = super().context_for_delta_changes(dataclasses.replace(delta, changes=others))
        for change in delta.changes:
            if change.field == "translations":
                rows += [text._asdict() for text in changed_texts(self.model, change.old, change.new)]
        return rows
