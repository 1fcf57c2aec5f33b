from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField

from .models import Attachment, Call, Contribution


class ContributionFilterForm(forms.Form):
    """Which contributions a list shows; anything unreadable is left out rather than refused."""

    dialogue = forms.SlugField(required=False)
    topic = forms.SlugField(required=False)


class BeginForm(forms.Form):
    """For which open call a contribution is begun."""

    call = forms.ModelChoiceField(Call.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.published().open()


class DraftForm(forms.ModelForm):
    """A draft: any part of it may be empty until it is sent."""

    class Meta:
        model = Contribution
        fields = ["organization_name", "title", "language", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        labels = {
            "organization_name": _("Organization"),
            "title": _("Title"),
            "language": _("Language"),
            "text": _("Text"),
        }
        help_texts = {
            "organization_name": _("As it should appear on the published page."),
            "text": _("Your contribution in your own words, or a short summary of the files that you attach."),
        }


class FileForm(forms.Form):
    """One more file for a draft."""

    upload = DocumentField(
        label=_("Add a file"), required=False, help_text=_("PDF, DOCX, ODT, plain text or Markdown, up to 20 MB.")
    )
    upload_language = forms.ChoiceField(
        label=_("Language of the file"), choices=settings.CONTENT_LANGUAGES, initial="en"
    )
    is_translation = forms.BooleanField(label=_("This file is a translation"), required=False)


class RemoveForm(forms.Form):
    """Which file of a draft is taken out."""

    remove = forms.ModelChoiceField(Attachment.objects.none())

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remove"].queryset = draft.attachments.all()


class SendForm(forms.Form):
    """What is asked only when a contribution is sent."""

    consent = forms.BooleanField(
        label=_(
            "I agree that this contribution and its files are published on this site under our organization’s name."
        ),
        required=False,
    )
