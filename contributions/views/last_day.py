"""The last day of a call: contributions without a code before it closes, and more time afterwards."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.awaited import address_awaiting_a_code
from accounts.models import User
from publishing.models import with_address_number

from .. import workflow
from ..forms import ExtensionForm, HeldForm, HoldForm
from ..models import Call, Contribution, ExtensionRequest, HeldContribution
from .private import PrivateMixin

HELD_KEY = "held-contribution"


class WithoutCodeView(TemplateView):
    """The calls that close within a day, each of which can be answered without a code."""

    template_name = "contributions/without_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = Call.objects.published().for_anyone().closing_soon().select_related("dialogue__series")
        return super().get_context_data(calls=calls.order_by("closes_at", "number"), **kwargs)


class HoldView(View):
    """Takes a contribution from somebody who could not sign in, and says that it is held.

    The address of the page is the same for everyone, so that no log can tell who sent what.
    """

    call: Call

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        calls = Call.objects.published().for_anyone().select_related("dialogue__series")
        self.call = get_object_or_404(calls, with_address_number(kwargs["number"]))
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        key = request.session.get(HELD_KEY)
        held = HeldContribution.objects.filter(key=key, call=self.call).first() if key else None
        if held:
            return render(request, "contributions/held_received.html", self._context(held=held))
        # The address was typed a moment ago, so it is not asked for again.
        initial = {"key": uuid4(), "address": address_awaiting_a_code(request)}
        return self._render(HoldForm(call=self.call, initial=initial))

    def post(self, request: HttpRequest, number: str) -> HttpResponseBase:
        if request.POST.get("another"):
            request.session.pop(HELD_KEY, None)
            return redirect("contributions:hold", number=self.call.address_number)
        if limited := ratelimit.consume_or_429(request, action="hold_attempt"):
            return limited
        form = HoldForm(request.POST, request.FILES, call=self.call)
        if not form.is_valid():
            return self._render(form)
        address = form.cleaned_data["address"].lower()
        if limited := ratelimit.consume_or_429(request, action="hold_contribution", key=address):
            return limited
        held = form.save(commit=False)
        held.key = form.cleaned_data["key"]
        try:
            kept = workflow.hold(held, form.cleaned_data["upload"], language=get_language() or "en")
        except ValidationError as error:
            form.add_error(None, error)
            return self._render(form)
        request.session[HELD_KEY] = str(kept.key)
        if not request.user.is_authenticated:
            request.session.set_expiry(0)  # when the browser is closed, which others may use
        return redirect("contributions:hold", number=self.call.address_number)

    def _render(self, form: HoldForm) -> HttpResponse:
        status = 422 if form.errors else 200
        return render(self.request, "contributions/hold.html", self._context(form=form), status=status)

    def _context(self, **context: Any) -> dict[str, Any]:
        takes = Call.objects.filter(pk=self.call.pk).closing_soon().exists()
        return {"call": self.call, "takes_without_code": takes, "days": workflow.HELD_DAYS, **context}


class HeldView(PrivateMixin, View):
    """What is held for the address of the signed-in user, who sends it or deletes it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        held = HeldContribution.objects.of_owner(request.user).select_related("call__dialogue")
        return render(request, "contributions/held.html", {"held_contributions": held, "days": workflow.HELD_DAYS})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HeldForm(request.POST)
        owned = HeldContribution.objects.of_owner(request.user)
        held = owned.filter(key=form.cleaned_data["held"]).first() if form.is_valid() else None
        if held is None:
            messages.info(request, _("We no longer hold this: it was submitted or deleted."))
            return redirect("contributions:mine")
        if "refuse" in request.POST:
            workflow.refuse_held(held, by=request.user)
            messages.success(request, _("It has been deleted. Nobody has read it."))
            return redirect("contributions:mine")
        cast("User", request.user).remember_language()  # for the receipt
        try:
            contribution = workflow.claim(held, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("contributions:held")
        return redirect("contributions:receipt", key=contribution.key)


class ExtensionView(PrivateMixin, View):
    """The page after the hour: what happened to the draft, and the way to ask for more time."""

    call: Call
    contribution: Contribution | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._find(request.user, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def _find(self, user: Any, *, key: Any = None, number: str = "") -> None:
        """Find the draft that the address names, or the call and the draft that the user has for it."""
        own = Contribution.objects.filed_by(user).select_related("call__dialogue")
        if key is not None:
            self.contribution = get_object_or_404(own, key=key)
            self.call = self.contribution.call
        else:
            self.call = get_object_or_404(Call.objects.visible_to(user), with_address_number(number))
            self.contribution = own.filter(call=self.call, state=Contribution.State.DRAFT).first()
        if not self.call.is_public:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft = self.contribution.draft if self.contribution else None
        initial = {"organization_name": draft.organization_name if draft else ""}
        return self._render(ExtensionForm(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ExtensionForm(request.POST)
        if not form.is_valid():
            return self._render(form)
        cast("User", request.user).remember_language()  # for the answer
        try:
            workflow.ask_for_time(self.call, by=request.user, contribution=self.contribution, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
            return self._render(form)
        return redirect(request.path)

    def _render(self, form: ExtensionForm) -> HttpResponse:
        if self.contribution and self.contribution.state != Contribution.State.DRAFT:  # an old link, perhaps
            return redirect("contributions:draft", self.contribution.key)
        asked = ExtensionRequest.objects.filter(call=self.call, filer=cast("User", self.request.user))
        context = {
            "call": self.call,
            "contribution": self.contribution,
            "form": form,
            "request_made": asked.last(),
            "takes_requests": self.call.takes_requests,
        }
        return render(self.request, "contributions/extension.html", context, status=422 if form.errors else 200)
