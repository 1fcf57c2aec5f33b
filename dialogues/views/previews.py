from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import View

from dialogues import workflow
from dialogues.forms import AnswerForm, CommentForm
from dialogues.models import Guest, Preview, Quote, Summary


class PreviewView(View):
    """A draft as its page will be, for who holds its address: a chair comments and approves, a speaker answers."""

    def dispatch(self, request, *args, **kwargs):
        self.preview = get_object_or_404(Preview.objects.open(), secret=kwargs["secret"])
        if self.preview.record is None:
            raise Http404
        # Whoever is signed in sees here what the guest sees, no more.
        request.user = Guest(self.preview)
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request, secret):
        page = resolve(self.preview.record.get_absolute_url())
        return page.func(request, *page.args, **page.kwargs)

    def post(self, request, secret):
        verbs = {"comment": self.comment, "approve": self.approve, "answer": self.answer}
        verb = verbs.get(request.POST.get("verb"))
        if verb is None:
            raise Http404
        try:
            messages.success(request, verb(self.preview.record))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(request.path)

    def comment(self, record):
        dialogue = self.preview.appearance and self.preview.appearance.dialogue
        form = dialogue and CommentForm(self.request.POST, dialogue=dialogue)
        if not form or not form.is_valid():
            raise ValidationError(_("Write your comment first."))
        workflow.comment(dialogue, by=self.request.user, **form.cleaned_data)
        return _("Your comment is kept; the secretariat sees it beside the draft.")

    def approve(self, record):
        return approve(self.request, record)

    def answer(self, record):
        form = AnswerForm(self.request.POST)
        if not isinstance(record, Quote) or not form.is_valid():
            raise ValidationError(_("Write the words as they should stand."))
        workflow.answer_quote(record, by=self.request.user, **form.cleaned_data)
        if form.cleaned_data["text"] == record.text:
            return _("Thank you: these words are confirmed.")
        return _("Thank you: the secretariat has your correction.")


class SummaryApproveView(View):
    """Takes the approval of a chair who has an account."""

    def post(self, request, **kwargs):
        names = {"dialogue__slug": kwargs["slug"], "language": kwargs["language"], "version": kwargs["version"]}
        summary = get_object_or_404(Summary.objects.visible_to(request.user), **names)
        try:
            messages.success(request, approve(request, summary))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(summary)


def approve(request, summary):
    """Approve what was read, and return the sentence that says so."""
    if not isinstance(summary, Summary):
        raise Http404
    workflow.approve(summary, by=request.user, seen=request.POST.get("seen", ""))
    return _("You have approved this text; the secretariat sees it beside the draft.")
