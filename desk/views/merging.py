"""Merge two records of one person, organization or topic."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from dialogues.models import Dialogue, Organization, Speaker, Topic
from dialogues.workflow import merge
from dialogues.workflow.merging import relations_of, rows_of
from publishing.forms import NamesMissingFields

from ..forms.names import NameField
from ..kinds import desk_page, find, key_of
from ..undo import offer
from ..workspace import WorkspaceMixin

MERGED: tuple[type[Model], ...] = (Speaker, Organization, Topic)


class MergeForm(NamesMissingFields, forms.Form):
    """The record that stays, by its name."""

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = NameField(
            type(record), label=_("Merge into"), help_text=_("The record that stays, with its own name and texts.")
        )
        self.fields["into"].widget.attrs["data-without"] = record.pk


class MergeView(WorkspaceMixin, FormView):
    """Asks which record stays, says what refers to the other, and merges the two."""

    permissions = ("publishing.view_drafts",)  # the page counts drafts
    template_name = "desk/merge.html"
    form_class = MergeForm

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find(kwargs["key"], request.user, "delete")
        if not isinstance(self.record, MERGED):
            raise Http404
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "record": self.record}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, referring=self.referring(), **kwargs)

    def referring(self) -> list[tuple[str | Promise, int]]:
        """Return how many rows of each kind refer to the record."""
        counted: dict[str, int] = {}
        for relation in relations_of(self.record):
            if not relation.related_model._meta.auto_created and (number := rows_of(relation, self.record).count()):
                name = capfirst(str(relation.related_model._meta.verbose_name_plural))
                counted[name] = counted.get(name, 0) + number
        return list(counted.items())

    def form_valid(self, form: Any) -> HttpResponse:
        into = form.cleaned_data["into"]
        published = [key_of(self.record)] if getattr(self.record, "is_published", False) else []
        try:
            deletion = merge(self.record, into, by=self.request.user)
        except ValidationError as error:
            form.add_error("into", error)
            return self.form_invalid(form)
        offer(self.request, "merge", [str(deletion.pk), *published])
        return redirect(desk_page(into))
