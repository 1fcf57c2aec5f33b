"""The form of a call for contributions, with its guiding questions."""

from typing import Any

from django import forms
from django.db import transaction

from contributions.models import Call, GuidingQuestion
from publishing.forms import NamesMissingFields

from .base import desk_field
from .proceedings import PartForm


class QuestionForm(NamesMissingFields, forms.ModelForm):
    """A guiding question of a call."""


QUESTIONS = forms.inlineformset_factory(
    Call, GuidingQuestion, form=QuestionForm, fields=["number", "text", "language", "word_limit"], extra=2,
    can_delete_extra=False, formfield_callback=desk_field,
)  # fmt: skip


class CallForm(PartForm):
    """A call for contributions. Its guiding questions are saved with it."""

    class Meta:
        model = Call
        fields = [
            "title", "guidance", "opens_at", "closes_at", "audience", "languages", "word_limit", "file_limit",
            "file_megabytes", "needs_second_reader", "topics",
        ]  # fmt: skip
        formfield_callback = desk_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound and "questions-TOTAL_FORMS" in self.data else None
        self.rows = QUESTIONS(data, instance=self.instance, prefix="questions")

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.rows.is_bound or self.rows.is_valid())

    def save(self, commit: bool = True) -> Call:
        with transaction.atomic():
            call: Call = super().save(commit)
            if self.rows.is_bound:
                self.rows.instance = call
                self.rows.save()
        return call
