"""Alerts by mail: the pages on which they are asked for, confirmed and left."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView

from search import workflow
from search.asked import Asked
from search.forms import AlertForm
from search.models import Alert


class AlertCreateView(FormView):
    """Asks for an address; the search is the one in the page's own address."""

    template_name = "search/alert_form.html"
    form_class = AlertForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"asked": Asked.of(self.request.GET)}

    def post(self, request, *args, **kwargs):
        """Ten an hour for each visitor: the letters go to addresses that may be strangers'."""
        return ratelimit.consume_or_429(request, action="search_alert") or super().post(request, *args, **kwargs)

    def form_valid(self, form):
        workflow.ask(form.cleaned_data["address"], form.asked.address, language=get_language())
        return render(self.request, "search/alert_asked.html", {"asked": form.asked})


class AlertView(DetailView):
    """A page about one alert, known only to who has its letter."""

    model = Alert

    def get_object(self):
        return get_object_or_404(Alert, key=self.kwargs["key"])


class AlertConfirmView(AlertView):
    """A button, not a link that acts: mail scanners open links."""

    template_name = "search/alert_confirm.html"

    def post(self, request, key):
        alert = self.get_object()
        workflow.confirm(alert)
        messages.success(request, _("Confirmed: you will hear when something new is published, once a day at most."))
        return redirect(reverse("search:search") + f"?{alert.query}")


@method_decorator(csrf_exempt, name="dispatch")
class AlertLeaveView(AlertView):
    """A button for people; mail programs post to this address without a page (RFC 8058)."""

    template_name = "search/alert_leave.html"

    def post(self, request, key):
        alert = Alert.objects.filter(key=key).first()
        if alert:
            workflow.leave(alert)
        if request.POST.get("List-Unsubscribe"):
            return HttpResponse(status=204)
        return render(request, "search/alert_left.html")
