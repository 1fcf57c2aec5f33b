"""Views that save comments and approvals of chairs, and answers of speakers about their quotes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from publishing.models import Publishable
from publishing.views import preview_actions

from .. import workflow
from ..forms import AnswerForm, CommentForm
from ..models import Dialogue, Quote, Summary


def comment(request: HttpRequest, record: Publishable) -> str:
    """Save the comment of a chair who has a preview, and return the message for them."""
    user: Any = request.user  # the user is a guest, because only previews offer this action
    chair = user.preview.recipient
    form = chair and CommentForm(request.POST, dialogue=chair.dialogue)
    if not form or not form.is_valid():
        raise ValidationError(_("Write your comment first."))
    workflow.comment(chair.dialogue, by=user, **form.cleaned_data)
    return _("Your comment has been saved. The secretariat sees it next to the draft.")


def approve(request: HttpRequest, record: Publishable) -> str:
    """Record a chair's approval of the text that they read, and return the message for them."""
    if not isinstance(record, Summary):
        raise Http404
    workflow.approve(record, by=request.user, seen=request.POST.get("seen", ""))
    return _("You have approved this text. The secretariat sees it next to the draft.")


def answer(request: HttpRequest, record: Publishable) -> str:
    """Save a speaker's answer about a quote, and return the message for them."""
    form = AnswerForm(request.POST)
    if not isinstance(record, Quote) or not form.is_valid():
        raise ValidationError(_("Enter the corrected words."))
    workflow.answer_quote(record, by=request.user, **form.cleaned_data)
    if form.cleaned_data["text"] == record.text:
        return _("Thank you: these words are confirmed.")
    return _("Thank you: the secretariat has your correction.")


preview_actions.update(comment=comment, approve=approve, answer=answer)


class SummaryApproveView(View):
    """Record the approval of a chair who has an account."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        place = {"dialogue__slug": kwargs["slug"], "language": kwargs["language"], "version": kwargs["version"]}
        summary = get_object_or_404(Summary.objects.visible_to(request.user), **place)
        try:
            messages.success(request, approve(request, summary))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(summary)


class CommentCreateView(FormView):
    """Save a comment of a co-chair or of staff on the drafts of a dialogue."""

    form_class = CommentForm
    template_name = "dialogues/comment_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.dialogue = get_object_or_404(Dialogue.objects.open_to_comments_by(request.user), slug=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "dialogue": self.dialogue}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            dialogue=self.dialogue,
            comments=self.dialogue.comments.select_related("author", "paragraph__summary__dialogue"),
            **kwargs,
        )

    def form_valid(self, form: CommentForm) -> HttpResponse:
        paragraph = form.cleaned_data["paragraph"]
        workflow.comment(self.dialogue, by=self.request.user, text=form.cleaned_data["text"], paragraph=paragraph)
        messages.success(self.request, _("Your comment has been saved. The secretariat sees it next to the draft."))
        return redirect(f"{paragraph.summary.get_absolute_url()}#comments" if paragraph else self.dialogue)
