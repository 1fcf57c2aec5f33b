from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .workflow.previews import MOST_DAYS


class PreviewForm(forms.Form):
    """The recipient of a preview and how long it stays open. `recipients` are the people who may be chosen, if any."""

    recipient: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        # Translators: who a preview or a contribution is for
        queryset=None,
        label=_("For"),
        required=False,
        empty_label=_("anyone who holds the address"),
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("The address is sent there; without one, copy it.")
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    days = forms.IntegerField(label=_("Days it stays open"), initial=14, min_value=1, max_value=MOST_DAYS)

    def __init__(self, *args: Any, recipients: QuerySet[Any] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if recipients is None:
            del self.fields["recipient"]
        else:
            cast("forms.ModelChoiceField[Any]", self.fields["recipient"]).queryset = recipients
