"""The answer to somebody who asks for more time after a call has closed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from contributions import workflow
from contributions.models import Call, ExtensionRequest

from ..access import DeskMixin
from ..review_forms import ExtensionAnswerForm


class ExtensionRequestView(DeskMixin, TemplateView):
    """One request, which staff grant until a time or decline, with a letter."""

    permissions = ("contributions.add_invitation",)
    template_name = "desk/extension.html"

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        calls = Call.objects.visible_to(request.user)
        requests = ExtensionRequest.objects.filter(call__in=calls).select_related("call__dialogue", "filer")
        self.record: ExtensionRequest = get_object_or_404(requests, pk=kwargs["pk"])
        return super().enter(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shows_filer = self.request.user.has_perm("accounts.view_user")  # type: ignore[union-attr]  # staff
        form = kwargs.pop("form", None) or ExtensionAnswerForm()
        return super().get_context_data(record=self.record, form=form, shows_filer=shows_filer, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ExtensionAnswerForm(request.POST)
        if form.is_valid():
            try:
                self._answer(form, request)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("desk:home"))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _answer(self, form: forms.Form, request: HttpRequest) -> None:
        """Grant or decline the request, as the pressed button says. Raises ValidationError."""
        given = form.cleaned_data
        if "grant" not in request.POST:
            workflow.decline_time(self.record, by=request.user, answer=given["answer"])
            messages.success(request, _("Declined. The email has been sent."))
            return
        if given["until"] is None:
            raise ValidationError({"until": _("Enter until when they may submit.")})
        workflow.grant_time(self.record, by=request.user, until=given["until"], answer=given["answer"])
        messages.success(request, _("Granted. The email has been sent."))
