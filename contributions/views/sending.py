"""The last step of a draft, which checks and submits it, and what was found in what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User

from .. import workflow
from ..forms import DecisionsForm, SubmitForm
from ..forms.decisions import Question
from ..models import Contribution, Revision
from ..screening.doubts import Doubt, Doubts, doubts_of
from .drafts import StepView, step_of
from .private import OwnContributionMixin

OPEN_STATES = (Contribution.State.SUBMITTED, Contribution.State.RETURNED, Contribution.State.ACCEPTED)


@dataclass(frozen=True)
class ShownQuestion:
    """A decision to make, with the address where each place can be read, and the one where it can be changed."""

    question: Question
    places: list[tuple[str, str]]
    language: str  # of the words
    change: str = ""


class SubmitView(StepView):
    """Step 5: what was found, everything as the public will see it, the consent, and the button that submits."""

    name = "send"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.render_step(form=SubmitForm())

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        arrived = timezone.now()  # before anything is looked for in long texts and files
        form = SubmitForm(request.POST)
        form.is_valid()
        doubts = doubts_of(self.revision)
        decisions = save_decisions(request, self.revision, doubts)
        if "send" not in request.POST:
            return self.redirect_to_step()
        cast("User", request.user).remember_language()  # for the receipt
        # Files may be read while somebody looks at the page; what is found in them then stops nobody.
        asked = [doubt for doubt in doubts if doubt.attachment is None or doubt.key in decisions.shown]
        consent = form.cleaned_data["consent"]
        if undecided := workflow.undecided_errors(asked, decided_in(self.revision)):
            errors = workflow.submission_errors(self.revision, consent)
            return self.refuse(form, doubts, errors, undecided)
        try:
            workflow.submit(self.contribution, by=request.user, consent=consent, arrived=arrived)
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            return self.refuse(form, doubts, error.message_dict)
        return redirect("contributions:receipt", key=key)

    def refuse(
        self, form: SubmitForm, doubts: Doubts, errors: Mapping[str, Any], undecided: Iterable[Any] = ()
    ) -> HttpResponse:
        """Show the page again with what stops the contribution from being sent."""
        if "consent" in errors:
            form.add_error("consent", errors["consent"])
        if "__all__" in errors:  # an empty list would count as an error too, and show an empty notice
            form.add_error(None, errors["__all__"])
        response = self.render_step(form=form, doubts=doubts, undecided=undecided, is_refused=True)
        response.status_code = 422
        return response

    def render_step(
        self, *, doubts: Doubts | None = None, undecided: Iterable[str] = (), **context: Any
    ) -> HttpResponse:
        # Each error comes with the address of its field.
        missing = [
            (f"{reverse(f'contributions:{step_of(name)}', args=[self.contribution.key])}#id_{name}", sentence)
            for name, sentence in workflow.submission_errors(self.revision, consent=True).items()
        ]
        missing += [("#found", sentence) for sentence in undecided]
        doubts = doubts_of(self.revision) if doubts is None else doubts
        form = DecisionsForm(doubts=doubts, decided=decided_in(self.revision))
        context |= {
            "found": doubts,
            "decisions": form,
            "questions": shown_questions(form, self.contribution, self.revision.language),
        }
        attachments = self.revision.files()
        context["is_empty"] = not (attachments or workflow.has_content(self.revision) or self.revision.title.strip())
        return super().render_step(missing=missing, attachments=attachments, **context)


class FoundView(OwnContributionMixin, View):
    """Keeps what a sender decides about what was found in the newest revision after it was sent."""

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return redirect("contributions:draft", key=key)

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        contribution = self.get_object()
        if contribution.newest is not None:
            revision = contribution.newest
            revision.contribution = contribution
            save_decisions(request, revision, doubts_of(revision))
            messages.success(request, _("Saved."))
        return redirect("contributions:draft", key=key)


def save_decisions(request: Any, revision: Revision, doubts: Doubts) -> DecisionsForm:
    """Save what a sender decided about these doubts, and return the form."""
    form = DecisionsForm(request.POST, doubts=doubts, decided={})
    form.is_valid()
    if choices := form.choices():
        workflow.decide(revision, choices, by=request.user)
    return form


def decided_in(revision: Revision) -> dict[str, str]:
    """Return the decision for each key that was decided."""
    return dict(revision.decisions.values_list("key", "choice"))


def found_since(contribution: Contribution) -> dict[str, Any]:
    """Return the context for what was found in a contribution that was sent, and that its sender has not decided."""
    if contribution.state not in OPEN_STATES:
        return {}
    revision = contribution.newest
    revision.contribution = contribution
    doubts, decided = doubts_of(revision), decided_in(revision)
    form = DecisionsForm(doubts=[doubt for doubt in doubts if doubt.key not in decided], decided={})
    return {
        "found": doubts,
        "decisions": form,
        "questions": shown_questions(form, contribution, revision.language, is_sent=True),
    }


def shown_questions(
    form: DecisionsForm, contribution: Contribution, language: str, *, is_sent: bool = False
) -> list[ShownQuestion]:
    """Return the decisions of a form with the addresses that lead to each place. `language` is that of the text."""
    return [
        ShownQuestion(
            question,
            [(doubt.place, _read_address(doubt, contribution, is_sent)) for doubt in question.doubts],
            question.doubt.attachment.language if question.doubt.attachment else language,
            "" if is_sent else _change_address(question.doubt, contribution),
        )
        for question in form.questions
    ]


def _read_address(doubt: Doubt, contribution: Contribution, is_sent: bool) -> str:
    """Return where a place can be read: in the preview on the same page, or in the copy of a file."""
    if doubt.attachment and is_sent:
        return doubt.address
    if doubt.attachment and doubt.attachment.document.copy:
        address = reverse("contributions:draft-file", args=[contribution.key, doubt.attachment.number])
        return f"{address}#page={doubt.page}" if doubt.page else address
    if doubt.anchor:
        return f"{contribution.get_absolute_url()}#{doubt.anchor}" if is_sent else f"#{doubt.anchor}"
    return "" if is_sent else _change_address(doubt, contribution)


def _change_address(doubt: Doubt, contribution: Contribution) -> str:
    """Return the address of the field or the file that a sender changes."""
    if doubt.attachment:
        return reverse("contributions:files", args=[contribution.key]) + "#files"
    if not doubt.field:
        return ""
    return f"{reverse(f'contributions:{step_of(doubt.field)}', args=[contribution.key])}#id_{doubt.field}"
