"""Comments of chairs and staff on the drafts of a dialogue: answer and resolve them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Comment
from publishing.forms import NamesMissingFields

from ..kinds import pk_in
from .parts import PartView


class ReplyForm(NamesMissingFields, forms.Form):
    """The text of an answer to a comment."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class CommentsPartView(PartView):
    """All comments on the dialogue, open ones first, each with its replies."""

    part = "comments"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comments = self.dialogue.comments.with_authors().filter(reply_to=None).prefetch_related(
            "replies__author", "replies__appearance__speaker"
        )  # fmt: skip
        return super().get_context_data(
            open_comments=comments.filter(resolved_at=None), resolved=comments.exclude(resolved_at=None), **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        comment: Comment = get_object_or_404(self.dialogue.comments, pk=pk_in(request.POST.get("comment", "")))
        verb, form = request.POST.get("verb"), ReplyForm(request.POST)
        if form.is_valid():
            workflow.reply(comment, by=request.user, text=form.cleaned_data["text"])
        elif verb == "reply":
            messages.error(request, _("Write your answer first."))
            return redirect(f"{request.path}#comment-{comment.pk}")
        if verb in ("resolve", "reopen"):
            workflow.resolve(comment, by=request.user, is_open=verb == "reopen")
        return redirect(f"{request.path}#comment-{comment.pk}")
