"""Generic views to subscribe, confirm and unsubscribe.

An app subclasses them, sets `model`, and provides the templates `<app>/<model>_form.html`, `_asked`, `_confirm`,
`_leave` and `_left`.
"""

from typing import Any, ClassVar

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView

from . import workflow
from .forms import SubscribeForm
from .models import Subscription


class SubscribeView(FormView):
    """Ask for an address and send a confirmation email. The page does not reveal whether the address is known."""

    model: ClassVar[type[Subscription]]
    rate_limit: ClassVar[str]  # a key of ACCOUNT_RATE_LIMITS; visitors can enter the addresses of other people
    form_class: type[SubscribeForm] = SubscribeForm

    def get_template_names(self) -> list[str]:
        return [self.model.page_template("form")]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limited = ratelimit.consume_or_429(request, action=self.rate_limit)
        return limited or super().post(request, *args, **kwargs)

    def get_wanted(self, form: Any) -> dict[str, Any]:
        """Return the fields of the model that say what the subscription is for."""
        raise NotImplementedError(f"{type(self).__name__} must return the fields of the subscription.")

    def form_valid(self, form: Any) -> HttpResponse:
        address, wanted = form.cleaned_data["address"], self.get_wanted(form)
        workflow.subscribe(self.model, address, language=get_language(), **wanted)
        return render(self.request, self.model.page_template("asked"), self.get_context_data(form=form))


class SubscriptionView(DetailView):
    """A page about one subscription. Only people who received its email know the address of the page."""

    slug_field = slug_url_kwarg = "key"
    context_object_name = "subscription"


class ConfirmView(SubscriptionView):
    """Confirm with a button. Opening the link changes nothing, because mail scanners open links."""

    template_name_suffix = "_confirm"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        workflow.confirm(self.object)
        return self.get_confirmed_response()

    def get_confirmed_response(self) -> HttpResponse:
        """Return the page that follows; by default the same one with `is_confirmed` in its context."""
        return self.render_to_response(self.get_context_data(is_confirmed=True))


@method_decorator(csrf_exempt, name="dispatch")
class LeaveView(SubscriptionView):
    """Unsubscribe with a button, or by the POST that mail programs send without opening the page (RFC 8058).

    A POST for a subscription that no longer exists gets the same response as the first one.
    """

    template_name_suffix = "_leave"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if subscription := self.model.objects.filter(key=kwargs["key"]).first():
            workflow.unsubscribe(subscription)
        if request.POST.get("List-Unsubscribe"):
            return HttpResponse(status=204)
        return self.render_left()

    def render_left(self) -> HttpResponse:
        """Return the page that says that no more email will be sent."""
        return render(self.request, self.model.page_template("left"))
