from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from subscriptions.forms import SubscribeForm

from .params import SearchParams


class SearchAlertForm(SubscribeForm):
    """The address to which new results of a search are sent."""

    def __init__(self, *args: Any, params: SearchParams, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = params

    def clean(self) -> dict[str, Any] | None:
        if not str(self.params):
            raise forms.ValidationError(_("Search for something first; then you can get alerts about it."))
        return super().clean()
