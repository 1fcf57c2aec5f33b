"""The steps in which a draft is written and submitted. Each saves its valid fields, whichever button is pressed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from publishing.prepared import prepared
from publishing.workflow import locked

from .. import workflow
from ..browser_copies import browser_copy
from ..forms import AnswersForm, BylineForm, FileForm, RemoveFileForm, StepForm, WhoForm
from ..models import Contribution, Revision
from .private import OwnContributionMixin, request_for_changes
from .unsaved import unsaved_response

STEPS = {
    "who": gettext_lazy("Who you are"),
    "answers": gettext_lazy("Your answers"),
    "files": gettext_lazy("Files"),
    "appear": gettext_lazy("How you will be named"),
    "send": gettext_lazy("Check and submit"),
}
# The step of each field, so that an error can link to it. The fields `answer_<number>` are in the step "answers".
STEP_OF_FIELD = {
    "organization_name": "who", "person_name": "who", "signers": "who", "title": "answers", "language": "answers",
    "text": "answers", "upload": "files", "consent": "send",
}  # fmt: skip


@prepared
def draft_of(filer: Any, key: Any) -> Any:
    """Return the draft of a contribution of one filer, with what all steps use."""
    related = "call__dialogue", "newest", "invitation__call"
    drafts = Revision.objects.filed_by(filer).drafts().filter(contribution__key=key)
    return drafts.select_related("contribution", *(f"contribution__{name}" for name in related))


class StepView(OwnContributionMixin, View):
    """One step of a draft. `name` is its address, `form_class` its form."""

    name: str
    form_class: type[StepForm]
    has_typed_text = False  # whether a form that can't be saved is shown again
    contribution: Contribution
    revision: Revision

    @property
    def template(self) -> str:
        """The name of the template."""
        return f"contributions/step_{self.name}.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            found = draft_of(filer=request.user.pk, key=kwargs["key"])
            if not found:
                return self.without_draft(request)
            [self.revision] = found
            self.contribution = self.revision.contribution
        return super().dispatch(request, *args, **kwargs)

    def handle_no_permission(self) -> Any:
        """Return what was typed if the session ended meanwhile, or else redirect to the sign-in page."""
        if self.has_typed_text and self.request.method == "POST":
            sentence = _("You are signed out, so this is not saved yet.")
            return unsaved_response(self.request, sentence, reason="signed-out", status=403)
        return super().handle_no_permission()

    def without_draft(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request for a draft that was sent, deleted or never theirs."""
        is_typed = self.has_typed_text and request.method == "POST"
        try:
            key = self.get_object().key
        except Http404:
            if not is_typed:
                raise
            sentence = _("There is no such draft in the account you are signed in to.")
            return unsaved_response(request, sentence, reason="absent", status=404)
        if is_typed:
            sentence = _("You have submitted this contribution, so you cannot change it now.")
            return unsaved_response(request, sentence, reason="sent", status=409)
        return redirect("contributions:draft", key=key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.render_step(form=self.form_class(instance=self.revision))

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        try:
            form = self.compare_and_save()
        except Revision.DoesNotExist:  # deleted in another window
            return self.without_draft(request)
        except workflow.WrongStateError as error:
            return unsaved_response(request, error.messages[0], reason="closed", status=409)
        if not request.accepts("text/html"):
            return self.outdated(form) if form.is_outdated else self.saved(form)
        return self.redirect_to_step() if form.is_valid() else self.render_step(form=form)

    @transaction.atomic
    def compare_and_save(self) -> StepForm:
        """Save the valid fields, unless the draft was saved elsewhere since the form was opened. Return the form."""
        revision = locked(self.revision)
        revision.contribution = self.contribution
        self.revision = revision
        form = self.form_class(self.request.POST, instance=revision)
        form.is_valid()
        if not form.is_outdated:
            self.save(form)
            if not self.request.accepts("text/html"):
                self.digest = self.form_class(instance=locked(revision)).current  # of the stored text
        return form

    def save(self, form: StepForm) -> None:
        """Save the valid fields."""
        workflow.save(self.revision, by=self.request.user, answers=form.answers(), **form.valid_fields())

    def saved(self, form: StepForm) -> JsonResponse:
        """Return the response to the page's script, which saves while somebody types."""
        moment = date_format(timezone.localtime(), "TIME_FORMAT")
        target = self.request.POST.get("go")
        return JsonResponse(
            {
                "saved": _("Saved at %(moment)s") % {"moment": moment},
                "seen": self.digest,
                "errors": form.errors.get_json_data(),
                "next": reverse(f"contributions:{target}", args=[self.contribution.key]) if target in STEPS else "",
            }
        )

    def outdated(self, form: StepForm) -> JsonResponse:
        """Return what was saved elsewhere, for the page's script to show beside what was typed."""
        stored = {field.name: field.initial or "" for field, _text in form.newer_values()}
        told = {"problem": str(form.outdated_message), "reason": "newer", "seen": form.current, "stored": stored}
        return JsonResponse(told, status=409)

    def redirect_to_step(self) -> HttpResponse:
        """Redirect to the step that the pressed button names. A plain save stays on this step."""
        target = self.request.POST.get("go")
        if target not in STEPS:
            messages.success(self.request, _("Saved."))
            target = self.name
        return redirect(f"contributions:{target}", key=self.contribution.key)

    def render_step(self, **context: Any) -> HttpResponse:
        """Render the page of the step. Its status is 422 if a form in the context has errors."""
        contribution = self.contribution
        contribution.note_visibility_for(self.request.user)
        names = list(STEPS)
        index = names.index(self.name)
        forms: list[Any] = [value for value in context.values() if isinstance(value, BaseForm)]
        has_errors = any(form.errors for form in forms)
        context |= {
            "contribution": contribution,
            "revision": self.revision,
            "call": contribution.call if contribution.shows_call else None,
            "steps": STEPS,
            "step": self.name,
            "step_title": STEPS[self.name],
            "step_number": index + 1,
            "back": names[index - 1] if index else None,
            "next": names[index + 1] if index + 1 < len(names) else None,
            "forms": forms,
            "has_errors": has_errors,
            "request_for_changes": request_for_changes(contribution),
            "copy": browser_copy(self.request.user, self.revision),
            "newer": [newer for form in forms if getattr(form, "is_outdated", False) for newer in form.newer_values()],
        }
        return render(self.request, self.template, context, status=422 if has_errors else 200)


class WhoView(StepView):
    """Step 1: the organization, the person, joint signers."""

    name, form_class, has_typed_text = "who", WhoForm, True


class AnswersView(StepView):
    """Step 2: title, language, answers and text."""

    name, form_class, has_typed_text = "answers", AnswersForm, True

    def render_step(self, **context: Any) -> HttpResponse:
        form: AnswersForm = context["form"]
        questions = [{"field": form[name], "asked": question} for name, question in form.questions.items()]
        return super().render_step(questions=questions, **context)


class FilesView(StepView):
    """Step 3: files, one after another."""

    name = "files"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = FileForm(initial={"upload_language": self.revision.language}, call=self.contribution.call)
        return self.render_step(form=form)

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        form = FileForm(request.POST, request.FILES, call=self.contribution.call)
        is_valid = form.is_valid()
        was_removed = self.remove_file()
        if is_valid and form.cleaned_data["upload"]:
            is_valid = self.attach_file(form)
        if not is_valid:
            return self.render_step(form=form)
        if was_removed or request.FILES or request.POST.get("go") not in STEPS:
            return redirect(reverse("contributions:files", args=[self.contribution.key]) + "#files")
        return self.redirect_to_step()

    def attach_file(self, form: FileForm) -> bool:
        """Attach the uploaded file, and return whether it could be attached."""
        data = form.cleaned_data
        options = {"language": data["upload_language"], "is_translation": data["is_translation"]}
        try:
            workflow.attach(self.revision, data["upload"], by=self.request.user, **options)
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            form.add_error("upload", error)
            return False
        messages.success(self.request, _("The file is uploaded."))
        return True

    def remove_file(self) -> bool:
        """Remove the file whose button was pressed, and return whether one was."""
        form = RemoveFileForm(self.request.POST, revision=self.revision)
        if not form.is_valid():  # if a button was pressed, a first click has removed the file
            return "remove" in self.request.POST
        workflow.detach(form.cleaned_data["remove"], by=self.request.user)
        messages.success(self.request, _("The file has been removed."))
        return True

    def render_step(self, **context: Any) -> HttpResponse:
        attachments = self.revision.files()
        is_pending = any(attachment.document.is_pending for attachment in attachments)
        return super().render_step(attachments=attachments, is_pending=is_pending, **context)


class AppearView(StepView):
    """Step 4: which names the public can read."""

    name, form_class, has_typed_text = "appear", BylineForm, True

    def save(self, form: Any) -> None:
        super().save(form)
        if chosen := {file: choice for file, choice in form.file_choices() if file.appear_as != choice}:
            workflow.set_file_bylines(self.revision, chosen, by=self.request.user)

    def render_step(self, **context: Any) -> HttpResponse:
        form: BylineForm = context["form"]
        return super().render_step(file_fields=[form[name] for name in form.attachments], **context)


def step_of(field: str) -> str:
    """Return the name of the step that has a field; by default the last one."""
    return "answers" if field.startswith("answer_") else STEP_OF_FIELD.get(field, "send")
