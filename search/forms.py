from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    """The address to which new results of a search go."""

    address = forms.EmailField(label=_("Your e-mail address"), max_length=254)

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean(self):
        if not self.asked.line:
            raise forms.ValidationError(_("Search for something first; then you can be told of what is new."))
        return super().clean()
