from django import forms
from django.utils.translation import gettext_lazy as _

from .query import LAST_PAGE


class SearchForm(forms.Form):
    """What a reader asks for; anything unreadable in it is left out rather than refused."""

    q = forms.CharField(label=_("Search"), required=False)
    kind = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)
