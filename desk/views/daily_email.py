"""Turn the daily email on or off, each member of staff for themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from ..access import DeskMixin
from ..daily_work import ask_for_daily_email


class DailyEmailView(DeskMixin, View):
    """Answers the form on the first page of the desk."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        wanted = request.POST.get("wanted") == "1"
        ask_for_daily_email(user, wanted=wanted)
        on = _("You get an email once a day if there is work for you.")
        messages.success(request, on if wanted else _("The daily email is turned off."))
        return redirect("desk:home")
