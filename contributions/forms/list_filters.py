"""The form behind the public list of contributions: its filters and its order."""

from django import forms
from django.conf import settings

from dialogues.models import Organization

from ..list_filters import ORDERS
from ..regions import Region


class ContributionFilterForm(forms.Form):
    """The filters of the list of contributions, and its order. The view ignores invalid values."""

    year = forms.IntegerField(min_value=1900, max_value=2999, required=False)
    dialogue = forms.SlugField(required=False)
    topic = forms.SlugField(required=False)
    organization_type = forms.ChoiceField(choices=Organization.Type.choices, required=False)
    region = forms.ChoiceField(choices=Region.choices, required=False)
    country = forms.RegexField(r"^[A-Z]{2}$", required=False)
    language = forms.ChoiceField(choices=settings.CONTENT_LANGUAGES, required=False)
    sort = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False)
