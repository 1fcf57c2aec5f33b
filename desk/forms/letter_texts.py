"""The form of the words of a letter in one language."""

from typing import Any

from django import forms

from mail.letter import Letter, Words, faults_of
from mail.models import LetterText
from text.localized import direction

from .base import EditForm


class LetterTextForm(EditForm):
    """The subject and the text of a letter. It also refuses words that can't be sent, and says why."""

    class Meta:
        model = LetterText
        fields = ["subject", "body"]
        widgets = {"subject": forms.TextInput, "body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        language = self.instance.language.split("-")[0]
        for field in (self.fields["subject"], self.fields["body"]):
            field.widget.attrs.update(lang=language, dir=direction(language))

    def current_digest(self) -> str:
        """Return the digest of the words that go out now, which are the default ones until staff write others."""
        return self.digest()

    @property
    def words(self) -> Words:
        """The words that were entered."""
        return Words.tidy(self.cleaned_data["subject"], self.cleaned_data["body"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            for part, sentence in faults_of(self.words, self.letter.fields):
                self.add_error(part, sentence)
        return cleaned
