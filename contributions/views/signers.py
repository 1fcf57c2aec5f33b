"""Joint signers: their filer asks each by letter, and each answers behind the link of the letter."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from .. import workflow
from ..forms import AskSignerForm
from ..models import Contribution, Signature
from .private import OwnContributionMixin


class SignersView(OwnContributionMixin, View):
    """The joint signers of a contribution: who has confirmed, and a button that asks each of the others."""

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return self._render()

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        form = AskSignerForm(request.POST)
        if not form.is_valid():
            return self._render(form)
        if limited := ratelimit.consume_or_429(request, action="letters_to_others", key=str(request.user.pk)):
            return limited
        given = form.cleaned_data
        try:
            workflow.ask_signer(self.get_object(), given["name"], given["address"], by=request.user)
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            form.add_error("address", error.messages[0])
            return self._render(form)
        messages.success(request, _("The email has been sent."))
        return redirect("contributions:signers", key=key)

    def _render(self, form: AskSignerForm | None = None) -> HttpResponse:
        contribution: Contribution = self.get_object()
        revision = contribution.draft or contribution.newest
        asked = {signature.name: signature for signature in contribution.signatures.all()}
        signers = [
            {
                "name": name,
                "signature": asked.get(name),
                "is_confirmed": name in revision.confirmed_signers,
                "form": form if form and form.data.get("name") == name else AskSignerForm(auto_id=f"id_{number}_%s"),
            }
            for number, name in enumerate(revision.signer_names, 1)
        ]
        context = {"contribution": contribution, "signers": signers, "form": form}
        return render(self.request, "contributions/signers.html", context, status=422 if form else 200)


@method_decorator(csrf_exempt, name="dispatch")
class SignView(View):
    """The page behind the link of a letter. Opening it changes nothing, because mail scanners open links.

    The link is the proof, so no cookie is asked for: a refused form would write the address of the page into the log.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Signature.objects.select_related("contribution__call__dialogue", "contribution__newest")
        self.signature: Signature = get_object_or_404(rows, key=kwargs["key"])
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return self._render()

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        try:
            workflow.answer_signature(self.signature, signs="sign" in request.POST)
        except ValidationError as error:
            return self._render(error=error.messages[0])
        return redirect("contributions:sign", key=key)

    def _render(self, error: str = "") -> HttpResponse:
        contribution = self.signature.contribution
        revision = contribution.newest or contribution.draft
        context = {
            "signature": self.signature,
            "contribution": contribution,
            "revision": revision,
            "call": contribution.call if contribution.call.is_public else None,
            "error": error,
        }
        return render(self.request, "contributions/sign.html", context, status=422 if error else 200)
