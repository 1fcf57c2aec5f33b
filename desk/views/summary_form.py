"""The form of a summary, with the comments of chairs beside its text and their approvals above it."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from dialogues import workflow
from dialogues.approvals import chair_approvals, requests_for_approval
from dialogues.models import Comment, Summary
from dialogues.summary_review import original_context, summary_warnings
from text.lists import joined

from ..access import DeskMixin
from ..kinds import desk_page, find, pk_in
from ..summary_comments import threads_of
from .records import RecordEditView


class SummaryEditView(RecordEditView):
    """Edit a summary, and answer and resolve comments on it.

    The fields of the comments belong to the form of the summary. A button of a comment saves that comment alone, and
    the page comes back with what was typed in the other fields, which is not saved yet.
    """

    record: Summary

    def key_in(self, **kwargs: Any) -> str:
        return f"summary-{kwargs['pk']}"

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        self.kwargs["key"] = kwargs["key"] = self.key_in(**kwargs)
        return super().enter(request, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, _dash, pk = request.POST.get("comment", "").partition("-")
        if not verb:
            return super().post(request, *args, **kwargs)
        if not request.user.has_perm("dialogues.view_comment"):
            raise PermissionDenied
        self.object = self.record
        comment = get_object_or_404(self.record.dialogue.comments.filter(reply_to=None), pk=pk_in(pk))
        is_done = self.save_comment(comment, verb, request.POST.get(f"reply-{comment.pk}", "").strip())
        if is_done and not self.has_typed(except_for=comment):
            return redirect(f"{request.path}#comment-{comment.pk}")
        return self.keep_typed(answered=comment if is_done else None)

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the summary. Answers that were typed beside it stay on the page."""
        response = super().form_valid(form)
        if not any(text.strip() for text in self.replies(None).values()):
            return response
        self.record = self.object = find(self.kwargs["key"], self.request.user)
        return self.render_to_response(self.get_context_data(form=self.fresh_form(), is_unsaved=True))

    def save_comment(self, comment: Comment, verb: str, text: str) -> bool:
        """Answer, resolve or reopen a comment; return whether anything was saved. An answer goes with a resolution."""
        user: Any = self.request.user
        if text and verb in ("reply", "resolve"):
            workflow.reply(comment, by=user, text=text)
        elif verb == "reply":
            messages.error(self.request, _("Write your answer first."))
            return False
        if verb in ("resolve", "reopen"):
            workflow.resolve(comment, by=user, is_open=verb == "reopen")
        return True

    def fresh_form(self) -> Any:
        """Return the form with what is saved."""
        return self.get_form_class()(instance=self.record, user=self.request.user, dialogue=self.dialogue)

    def typed(self, form: Any) -> dict[str, Any]:
        """Return what was typed into the fields of the form, with the line breaks that the database has."""
        post, files = self.request.POST, self.request.FILES
        found = {name: field.widget.value_from_datadict(post, files, name) for name, field in form.fields.items()}
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in found.items()}

    def has_typed(self, *, except_for: Comment) -> bool:
        """Return whether anything on the page is not saved, the answer to one comment aside."""
        form = self.fresh_form()
        replies = (text.strip() for text in self.replies(except_for).values())
        saved = {name: form[name].value() for name in form.fields if name != "seen"}
        typed = self.typed(form)
        return any(replies) or any((typed[name] or "") != (value or "") for name, value in saved.items())

    def keep_typed(self, *, answered: Comment | None) -> HttpResponse:
        """Show the page again with all that was typed. Only a file has to be chosen again."""
        form = self.fresh_form()
        form.initial.update({name: value for name, value in self.typed(form).items() if name != "upload"})
        if self.request.FILES:
            messages.warning(self.request, _("Choose the file again: a file is sent only when you save."))
        return self.render_to_response(self.get_context_data(form=form, answered=answered, is_unsaved=True))

    def replies(self, answered: Comment | None) -> dict[int, str]:
        """Return the answers that were typed and are not saved, by the primary key of their comment."""
        typed = {
            pk_in(name.removeprefix("reply-")): str(text)
            for name, text in self.request.POST.items()
            if name.startswith("reply-")
        }
        return {pk: text for pk, text in typed.items() if answered is None or pk != answered.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if self.request.method == "GET" and self.request.GET.get("text") == "original":
            form.initial["body"] = form.text_of_file()
        threads = threads_of(self.record, user) if user.has_perm("dialogues.view_comment") else []
        approvals = chair_approvals(self.record)
        replies = self.replies(kwargs.get("answered"))
        for thread in threads:
            for comment in thread.comments:
                comment.typed_reply = replies.get(comment.pk, "")
        return {
            **context,
            **original_context(self.record),
            "warnings": summary_warnings(self.record, form["body"].value() or ""),
            "threads": threads,
            "open_number": sum(thread.open_number for thread in threads),
            "resolved": sum(not thread.open_number for thread in threads),
            "may_answer": user.has_perm("dialogues.add_comment"),
            "may_resolve": user.has_perm("dialogues.change_comment"),
            "approvals": approvals,
            "requests": requests_for_approval(self.record),
            "may_ask": not all(chair.is_current for chair in approvals) and self.record.paragraphs.exists(),
            "was_approved": any(chair.approval for chair in approvals),
        }


class AskApprovalView(DeskMixin, View):
    """Write to the chairs who have not approved the present text of a summary."""

    permissions = ("dialogues.change_summary",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        summary: Any = find(f"summary-{pk}", request.user, "change")
        seen = pk_in(request.POST.get("asked", ""))
        try:
            reached, unreached = workflow.ask_for_approval(summary, by=request.user, seen=seen)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(desk_page(summary))
        if reached:
            names = joined(appearance.speaker for appearance in reached)
            messages.success(request, _("Asked for approval: %(names)s.") % {"names": names})
        if unreached:
            names = joined(appearance.speaker for appearance in unreached)
            sentence = _("There is no email address for %(names)s: share a preview with them.")
            messages.error(request, sentence % {"names": names})
        return redirect(desk_page(summary))
