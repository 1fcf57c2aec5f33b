"""The page on which staff correct a contribution that has no filer, such as an imported one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User

from .. import workflow
from ..forms import CorrectionForm
from ..models import Contribution


class StaffCorrectionView(View):
    """Show the form with the newest revision, and submit a correction as the next one."""

    template_name = "admin/contributions/contribution/correct.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer 404 unless the user may see the contribution, and 403 unless they may decide about it."""
        seen = Contribution.objects.visible_to(request.user).exclude(state=Contribution.State.DRAFT)
        related = seen.select_related("call__dialogue", "newest", "organization")
        self.contribution: Contribution = get_object_or_404(related, pk=kwargs["pk"])
        if not request.user.has_perm("contributions.publish_contribution"):
            raise PermissionDenied
        if not self.contribution.can_be_corrected_by_staff:
            messages.error(request, _("Staff can't correct this contribution: its sender can, or it is withdrawn."))
            return redirect("desk:review-page", self.contribution.reference)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self._render(self._form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Submit the correction, or show the form with what is wrong."""
        form = self._form(request.POST, request.FILES)
        if not form.is_valid() or not self._correct(form):
            return self._render(form)
        sentence = _("Corrected as revision %(number)d. It is public once you publish it.")
        messages.success(request, sentence % {"number": self.contribution.newest.number})
        return redirect("desk:review-page", self.contribution.reference)

    def _form(self, *args: Any) -> CorrectionForm:
        revision = self.contribution.newest
        revision.contribution = self.contribution
        user = cast("User", self.request.user)
        may_change = user.has_perm("dialogues.change_organization")
        return CorrectionForm(*args, instance=revision, may_change_organizations=may_change)

    def _correct(self, form: CorrectionForm) -> bool:
        """Submit the correction of a valid form; return whether that succeeded, with errors in the form otherwise."""
        number = self.request.POST.get("revision", "")
        seen = int(number) if number.isdecimal() and len(number) < 6 else -1
        try:
            workflow.correct(self.contribution, form.correction(), by=self.request.user, seen=seen)
        except ValidationError as error:
            by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
            for name, sentences in by_field.items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
            return False
        return True

    def _render(self, form: CorrectionForm) -> HttpResponse:
        context = {
            **admin.site.each_context(self.request),
            "opts": Contribution._meta,
            "title": _("Correct"),
            "original": self.contribution,
            "revision": self.contribution.newest,
            "form": form,
        }
        return TemplateResponse(self.request, self.template_name, context)
