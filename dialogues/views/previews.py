"""What chairs and speakers post about a draft: comments, approvals, answers about a quote."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from dialogues import workflow
from dialogues.forms import AnswerForm, CommentForm
from dialogues.models import Quote, Summary
from publishing.models import Publishable
from publishing.views import preview_actions


def comment(request: HttpRequest, record: Publishable) -> str:
    """Keep the comment of a chair who has a preview."""
    chair = request.user.preview.recipient
    form = chair and CommentForm(request.POST, dialogue=chair.dialogue)
    if not form or not form.is_valid():
        raise ValidationError(_("Write your comment first."))
    workflow.comment(chair.dialogue, by=request.user, **form.cleaned_data)
    return _("Your comment is kept; the secretariat sees it beside the draft.")


def approve(request: HttpRequest, record: Publishable) -> str:
    """Record a chair's approval of the text that they read."""
    if not isinstance(record, Summary):
        raise Http404
    workflow.approve(record, by=request.user, seen=request.POST.get("seen", ""))
    return _("You have approved this text; the secretariat sees it beside the draft.")


def answer(request: HttpRequest, record: Publishable) -> str:
    """Keep what a speaker answers about a quote."""
    form = AnswerForm(request.POST)
    if not isinstance(record, Quote) or not form.is_valid():
        raise ValidationError(_("Write the words as they should stand."))
    workflow.answer_quote(record, by=request.user, **form.cleaned_data)
    if form.cleaned_data["text"] == record.text:
        return _("Thank you: these words are confirmed.")
    return _("Thank you: the secretariat has your correction.")


preview_actions.update(comment=comment, approve=approve, answer=answer)


class SummaryApproveView(View):
    """Takes the approval of a chair who has an account."""

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        names = {"dialogue__slug": kwargs["slug"], "language": kwargs["language"], "version": kwargs["version"]}
        summary = get_object_or_404(Summary.objects.visible_to(request.user), **names)
        try:
            messages.success(request, approve(request, summary))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(summary)
