from django import forms
from django.utils.translation import gettext_lazy as _


class SubscribeForm(forms.Form):
    """The email address to subscribe."""

    address = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Enter an email address.")},
    )
