from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.forms import DocumentField

from .models import AppearAs, Attachment, Call, GuidingQuestion, Revision
from .models.byline import OPEN_TO_CLOSED
from .models.revision import LONGEST_TEXT
from .receipts import typed


class ContributionFilterForm(forms.Form):
    """Which contributions a list shows; anything unreadable is left out rather than refused."""

    dialogue = forms.SlugField(required=False)
    topic = forms.SlugField(required=False)


class BeginForm(forms.Form):
    """For which open call a contribution is begun. Its key comes with the page, so that a second click begins none."""

    call = forms.ModelChoiceField(Call.objects.none())
    key = forms.UUIDField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.published().open().for_anyone()


class StepForm(forms.ModelForm):
    """One page of what is being written. Any part of it may be empty until it is sent."""

    def right(self):
        """What is typed and right, by field of the revision: saved even where another field is wrong."""
        return {name: value for name, value in self.cleaned_data.items() if name in self._meta.fields}

    def answers(self):
        """Answers by question; only one page has any."""
        return {}


class WhoForm(StepForm):
    """Who contributes."""

    class Meta:
        model = Revision
        fields = ["organization_name", "person_name", "signers"]
        widgets = {"signers": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "organization_name": _("Organization"),
            "person_name": _("Your name"),
            "signers": _("Organizations that sign with you"),
        }
        help_texts = {
            "organization_name": _("Its full name. On a later page you choose whether the public sees it."),
            "person_name": _("Only needed if your own name should appear. Leave it empty if it must not be known."),
            "signers": _("One on each line. They need no account; make sure that they agree to be named."),
        }


class AnswersForm(StepForm):
    """The contribution itself: title, language, an answer to each guiding question, and free text."""

    class Meta:
        model = Revision
        fields = ["title", "language", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        labels = {"title": _("Title"), "language": _("Language you write in"), "text": _("Text")}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        call = instance.contribution.call
        self.fields["language"].choices = self.offered(call, instance.language)
        self.questions = {f"answer_{question.number}": question for question in self.asked(instance)}
        given = {answer.number: answer.text for answer in instance.answers.all()}
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=question.text,
                required=False,
                initial=given.get(question.number, ""),
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 6, **counted(question.word_limit)}),
            )
        self.fields["text"].widget.attrs.update(counted(call.word_limit))
        self.fields["text"].help_text = (
            _("Anything that the questions did not ask.") if self.questions else
            _("Your contribution in your own words, or a short summary of the files that you attach.")
        )  # fmt: skip

    def asked(self, revision):
        """The call's questions; of a call that is hidden, those only that were read and answered before."""
        call = revision.contribution.call
        asked = call.questions_in(revision.language) if call.is_public else []
        numbers = {question.number for question in asked}
        return asked + [
            GuidingQuestion(number=answer.number, text=answer.question, language=answer.question_language)
            for answer in revision.answers.all()
            if answer.number not in numbers and (answer.text or not call.is_public)
        ]

    def offered(self, call, current):
        """The call's languages, and the one that is set, were it no longer among them."""
        return [
            choice for choice in settings.CONTENT_LANGUAGES if choice in call.language_choices or choice[0] == current
        ]

    def answers(self):
        right = self.cleaned_data
        return {question: right[name] for name, question in self.questions.items() if name in right}


def counted(limit):
    """Attributes by which a page's script counts the words of a field."""
    return {"data-words": limit} if limit else {}


class FileForm(forms.Form):
    """One more file."""

    upload = DocumentField(label=_("Choose a file"), required=False)
    upload_language = forms.ChoiceField(label=_("Language of the file"), choices=settings.CONTENT_LANGUAGES)
    is_translation = forms.BooleanField(
        label=_("This file is a translation of another one that I send"), required=False
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = ngettext(
            "PDF, DOCX, ODT, plain text or Markdown, up to %(size)d MB; %(count)d file at most.",
            "PDF, DOCX, ODT, plain text or Markdown, up to %(size)d MB; %(count)d files at most.",
            call.file_limit,
        ) % {"size": call.file_megabytes, "count": call.file_limit}


class RemoveForm(forms.Form):
    """Which file of a draft is taken out."""

    remove = forms.ModelChoiceField(Attachment.objects.none())

    def __init__(self, *args, revision, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remove"].queryset = revision.attachments.all()


class AppearForm(StepForm):
    """What the public will know of the sender: for the whole, and more closed for single files."""

    class Meta:
        model = Revision
        fields = ["appear_as"]
        widgets = {"appear_as": forms.RadioSelect}
        labels = {"appear_as": _("How should your contribution appear?")}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["appear_as"].choices = AppearAs.choices  # no empty one
        self.attachments = {f"file_{attachment.pk}": attachment for attachment in instance.attachments.all()}
        for number, (name, attachment) in enumerate(self.attachments.items(), 1):
            self.fields[name] = forms.ChoiceField(
                label=_("File %(number)d: %(name)s") % {"number": number, "name": attachment.document.original_name},
                choices=[("", _("Like the contribution")), *AppearAs.choices],
                required=False,
                initial=attachment.appear_as,
            )

    def file_choices(self):
        """The choice for each attachment, as far as it is more closed than that for the whole."""
        whole = self.cleaned_data.get("appear_as", self.instance.appear_as)
        for name, attachment in self.attachments.items():
            chosen = self.cleaned_data.get(name, attachment.appear_as)
            is_closer = chosen and OPEN_TO_CLOSED.index(chosen) > OPEN_TO_CLOSED.index(whole)
            yield attachment, chosen if is_closer else ""


class SendForm(forms.Form):
    """What is asked only when a contribution is sent."""

    consent = forms.BooleanField(
        label=_("We agree that this contribution and its files are published on this site as shown above."),
        required=False,
    )


class ReceiptCheckForm(forms.Form):
    """What proves an arrival: a reference with its code, or a file or its SHA-256, or both."""

    reference = forms.CharField(label=_("Reference"), required=False, max_length=40)
    code = forms.CharField(label=_("Code of the receipt"), required=False, max_length=100)
    file = forms.FileField(label=_("A file"), required=False, help_text=_("It is compared and not kept."))
    sha256 = forms.RegexField(
        r"(?i)^\s*[0-9a-f]{64}\s*$",
        label=_("Or its SHA-256"),
        required=False,
        error_messages={"invalid": _("A SHA-256 is 64 digits and letters from A to F.")},
    )

    def clean_reference(self):
        return self.cleaned_data["reference"].strip().upper()

    def clean_code(self):
        return typed(self.cleaned_data["code"])

    def clean_sha256(self):
        return self.cleaned_data["sha256"].strip().lower()

    def clean(self):
        given = super().clean()
        if bool(given.get("reference")) != bool(given.get("code")):
            missing = "code" if given.get("reference") else "reference"
            self.add_error(missing, _("A receipt is checked by its reference and its code together."))
        if not self.errors and not any(given.get(name) for name in ("code", "file", "sha256")):
            raise forms.ValidationError(_("Give a reference with its code, a file, or the SHA-256 of one."))
        return given
