"""Filing, one page after another. Every page saves what is right in it, whichever button leaves it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from contributions import workflow
from contributions.forms import AnswersForm, AppearForm, FileForm, RemoveForm, SendForm, WhoForm
from contributions.missing import missing, step_of
from contributions.models import Attachment, Revision
from documents.file_responses import send_document

from .mine import MineMixin, returned_with

STEPS = {
    "who": gettext_lazy("Who you are"),
    "answers": gettext_lazy("Your answers"),
    "files": gettext_lazy("Files"),
    "appear": gettext_lazy("How to appear"),
    "send": gettext_lazy("Check and send"),
}


class StepView(MineMixin, View):
    """One page of filing. `name` is its address, `form_class` what is asked on it."""

    name = form_class = None

    @property
    def template(self):
        return f"contributions/step_{self.name}.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            # Without the names that pages show: most requests save and lead on.
            mine = (
                Revision.objects.filed_by(request.user).being_written().select_related("contribution__call__dialogue")
            )
            self.revision = mine.filter(contribution__key=kwargs["key"]).first()
            if self.revision is None:
                return redirect("contributions:draft", key=self.get_object().key)
            self.contribution = self.revision.contribution
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, key):
        return self.show(form=self.form_class(instance=self.revision))

    def post(self, request, key):
        form = self.form_class(request.POST, instance=self.revision)
        is_right = form.is_valid()
        try:
            self.save(form)
        except workflow.WrongStateError as error:
            if not Revision.objects.being_written().filter(pk=self.revision.pk).exists():
                raise  # a first click sent it
            return self.refuse(form, error)
        if request.accepts("text/html") and is_right:
            return self.go()
        return self.show(form=form) if request.accepts("text/html") else self.saved(form)

    def refuse(self, form, error):
        """Say that nothing can be saved any more, and show what was typed, so that it can be copied."""
        if not self.request.accepts("text/html"):
            return JsonResponse({"saved": error.messages[0], "errors": {}})
        form.add_error(None, error)
        return self.show(form=form)

    def save(self, form):
        workflow.save(self.revision, by=self.request.user, answers=form.answers(), **form.right())

    def go(self):
        """To the page that the pressed button names; a plain save stays where it was."""
        target = self.request.POST.get("go")
        if target not in STEPS:
            messages.success(self.request, _("Saved."))
            target = self.name
        return redirect(f"contributions:{target}", key=self.contribution.key)

    def saved(self, form):
        """What a page's script is told when it saves while somebody writes."""
        moment = date_format(timezone.localtime(), "TIME_FORMAT")
        return JsonResponse(
            {"saved": _("Saved at %(moment)s") % {"moment": moment}, "errors": form.errors.get_json_data()}
        )

    def show(self, **context):
        contribution = self.get_object()
        names = list(STEPS)
        place = names.index(self.name)
        forms = [value for key, value in context.items() if key.endswith("form")]
        context |= {
            "contribution": contribution,
            "revision": self.revision,
            "call": contribution.call if contribution.shows_call else None,
            "steps": STEPS,
            "step": self.name,
            "step_title": STEPS[self.name],
            "step_number": place + 1,
            "back": names[place - 1] if place else None,
            "next": names[place + 1] if place + 1 < len(names) else None,
            "forms": forms,
            "returned_with": returned_with(contribution),
        }
        context["has_errors"] = any(form.errors for form in forms)
        return render(self.request, self.template, context, status=422 if context["has_errors"] else 200)


class WhoView(StepView):
    """The first page: the organization, the person, joint signers."""

    name, form_class = "who", WhoForm


class AnswersView(StepView):
    """The second page: title, language, answers and text."""

    name, form_class = "answers", AnswersForm

    def show(self, *, form):
        questions = [{"field": form[name], "asked": question} for name, question in form.questions.items()]
        return super().show(form=form, questions=questions)


class FilesView(StepView):
    """The third page: one file after another."""

    name = "files"

    def get(self, request, key):
        return self.show(form=self.empty_form())

    def post(self, request, key):
        form = FileForm(request.POST, request.FILES, call=self.contribution.call)
        is_right = form.is_valid()
        removed = self.remove()
        if is_right and form.cleaned_data["upload"]:
            is_right = self.attach(form)
        if not is_right:
            return self.show(form=form)
        if removed or request.FILES:
            return redirect(self.address + "#files")
        return self.go()

    def go(self):
        """A plain save has nothing to save here: the list of files says what is there."""
        stays = self.request.POST.get("go") not in STEPS
        return redirect(self.address + "#files") if stays else super().go()

    @property
    def address(self):
        return reverse("contributions:files", args=[self.contribution.key])

    def empty_form(self):
        return FileForm(initial={"upload_language": self.revision.language}, call=self.contribution.call)

    def attach(self, form):
        data = form.cleaned_data
        try:
            workflow.attach(
                self.revision,
                data["upload"],
                by=self.request.user,
                language=data["upload_language"],
                is_translation=data["is_translation"],
            )
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            form.add_error("upload", error)
            return False
        messages.success(self.request, _("The file arrived and is safe here."))
        return True

    def remove(self):
        form = RemoveForm(self.request.POST, revision=self.revision)
        if not form.is_valid():  # it is not there: removed by a first click
            return "remove" in self.request.POST
        workflow.detach(form.cleaned_data["remove"], by=self.request.user)
        messages.success(self.request, _("The file is removed."))
        return True

    def show(self, **context):
        attachments = list(self.revision.attachments.for_lists())
        is_pending = any(attachment.document.is_pending for attachment in attachments)
        return super().show(attachments=attachments, is_pending=is_pending, **context)


class AppearView(StepView):
    """The fourth page: what the public will know of the sender."""

    name, form_class = "appear", AppearForm

    def save(self, form):
        super().save(form)
        if chosen := {file: choice for file, choice in form.file_choices() if file.appear_as != choice}:
            workflow.show_files_as(self.revision, chosen, by=self.request.user)

    def show(self, *, form):
        return super().show(form=form, file_fields=[form[name] for name in form.attachments])


class CheckView(StepView):
    """The last page: everything as the public will see it, what is missing, consent, and the button that sends."""

    name = "send"

    def get(self, request, key):
        return self.show(send_form=SendForm(), missing=self.missing(consent=True))

    def post(self, request, key):
        form = SendForm(request.POST)
        form.is_valid()
        if "send" not in request.POST:
            return self.go()
        request.user.remember_language()  # for the receipt
        try:
            workflow.submit(self.contribution, by=request.user, consent=form.cleaned_data["consent"])
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            if "consent" in error.message_dict:
                form.add_error("consent", error.message_dict["consent"])
            form.add_error(None, error.message_dict.get("__all__", []))
            return self.show(send_form=form, missing=self.missing(consent=True), is_refused=True)
        return redirect("contributions:receipt", key=key)

    def missing(self, consent):
        """What is missing, each with the address of its field."""
        return [
            (f"{reverse(f'contributions:{step_of(name)}', args=[self.contribution.key])}#id_{name}", sentence)
            for name, sentence in missing(self.revision, consent).items()
        ]

    def show(self, **context):
        attachments = list(self.revision.attachments.for_lists())
        response = super().show(attachments=attachments, **context)
        if context.get("is_refused"):
            response.status_code = 422
        return response


class DraftFileView(StepView):
    """A file of what is being written, as the public will get it: its clean copy."""

    name = "files"
    http_method_names = ["get", "head", "options"]

    def get(self, request, key, number):
        files = Attachment.objects.visible_to(request.user).filter(revision=self.revision)
        attachment = get_object_or_404(files.select_related("document__clean_copy"), number=number)
        return send_document(
            request, attachment.document, filename=f"file-{number}-{attachment.language}", language=attachment.language
        )
