"""Withdraw the consent to publish a photograph."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from dialogues.workflow import withdraw_consent

from ..access import DeskMixin
from ..kinds import desk_page, find


class WithdrawConsentView(DeskMixin, View):
    """Note that consent was withdrawn, and hide the photograph at once."""

    permissions = ("dialogues.change_photograph", "dialogues.publish_photograph")
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        photograph: Any = find(f"photograph-{pk}", request.user, "change")
        try:
            withdraw_consent(photograph, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Consent is withdrawn. Nobody but staff can see the photograph."))
        return redirect(desk_page(photograph))
