"""The page on which staff correct a contribution."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from contributions import workflow

from ..forms.correction import CorrectionForm
from .review import PUBLISH_PERMISSION, ReviewMixin


class CorrectionView(ReviewMixin, FormView):
    """Show the newest revision in a form, and submit what staff correct of it as the next revision."""

    permissions = ("contributions.view_contribution", PUBLISH_PERMISSION)
    template_name = "desk/correct.html"
    form_class = CorrectionForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record.can_be_corrected_by_staff:
            messages.error(request, _("This contribution is withdrawn and cannot be corrected."))
            return redirect("desk:review-page", self.record.reference)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        may_change = user.has_perm("dialogues.change_organization")
        return {**super().get_form_kwargs(), "instance": self.revision, "may_change_organizations": may_change}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, revision=self.revision, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Submit the correction, or show the form again with what is wrong."""
        number = self.request.POST.get("revision", "")
        seen = int(number) if number.isdecimal() and len(number) < 6 else -1
        try:
            workflow.correct(self.record, form.correction(), by=self.request.user, seen=seen)
        except ValidationError as error:
            by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
            for name, sentences in by_field.items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
            return self.form_invalid(form)
        sentence = _("Corrected as revision %(number)d. It is public once you publish it.")
        messages.success(self.request, sentence % {"number": self.record.newest.number})
        return redirect("desk:review-page", self.record.reference)
