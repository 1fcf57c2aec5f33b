"""A field for a time in a recording."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.models.recordings import LONGEST, timecode

TIMECODE = re.compile(r"(?:([0-9]{1,2}):)?([0-5]?[0-9]):([0-5][0-9])")


class TimecodeField(forms.CharField):
    """Hours, minutes and seconds, such as 1:02:03. Its value is a number of seconds, or None."""

    def prepare_value(self, value: Any) -> Any:
        return timecode(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        """Return the seconds. Raises ValidationError for a text that is not a time."""
        text = super().clean(value)
        if not text:
            return None
        found = TIMECODE.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Enter hours, minutes and seconds, such as 1:02:03."))
        hours, minutes, seconds = (int(number or 0) for number in found.groups())
        total = hours * 3600 + minutes * 60 + seconds
        if total > LONGEST:
            raise forms.ValidationError(_("A recording lasts 24 hours at most."))
        return total
