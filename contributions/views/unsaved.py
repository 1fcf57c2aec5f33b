"""The response to a form that could not be saved: what was typed, ready to be sent again.

The page shows the words to the person who sent them and to nobody else. Nothing of them is stored here, because
nobody has proved who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from text.site_name import default_site_name

from ..forms import AnswersForm, WhoForm

NOT_TYPED = {"csrfmiddlewaretoken", "go"}
LABELS = {name: field.label for form in (WhoForm, AnswersForm) for name, field in form.base_fields.items()}
WRITTEN = {"organization_name", "person_name", "signers", "title", "text"}  # the others are choices
ONE_LINE = {"organization_name", "person_name", "title"}
FINAL = {"sent", "closed", "absent"}  # reasons for which another try can't succeed


@dataclass(frozen=True)
class TypedText:
    """One field with what was typed into it."""

    name: str
    label: str
    text: str

    @property
    def has_lines(self) -> bool:
        """Whether it may have more than one line."""
        return self.name not in ONE_LINE


def unsaved_response(request: HttpRequest, sentence: Any, *, reason: str, status: int) -> HttpResponse:
    """Return what was typed with the sentence that says why it is not saved.

    A script gets the sentence, the reason and a fresh CSRF token, and keeps the words on its page.
    """
    if request.accepts("text/html"):
        texts = [field for field in typed_texts(request) if field.text.strip()]
        context = {"sentence": sentence, "reason": reason, "texts": texts, "others": other_fields(request)}
        context["is_final"] = reason in FINAL
        if reason == "error":  # the database, which has the name that staff wrote, may be what failed
            context["SITE_NAME"] = default_site_name()
        response = render(request, "contributions/unsaved.html", context, status=status)
    else:
        told = {"problem": str(sentence), "reason": reason, "token": get_token(request)}
        response = JsonResponse(told, status=status)
    add_never_cache_headers(response)
    return response


def typed_texts(request: HttpRequest) -> list[TypedText]:
    """Return the texts of a form, in the order in which they were sent."""
    return [TypedText(name, label_of(name), request.POST[name]) for name in request.POST if is_written(name)]


def other_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the names and values of all other fields, which are sent again as they are."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and not is_written(name)
        for value in values
    ]


def is_written(name: str) -> bool:
    """Return whether a field holds words that someone wrote."""
    return name in WRITTEN or name.startswith("answer_")


def label_of(name: str) -> str:
    """Return the label of a field. The questions of a call are not shown here: the call may be hidden by now."""
    number = name.removeprefix("answer_")
    return _("Answer %(number)s") % {"number": number} if number != name else str(LABELS[name])
