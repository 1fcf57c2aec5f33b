"""The letters that could not be sent, or may have been: staff send them again or leave them unsent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView

from mail import queue
from mail.models import OutgoingEmail, may_see_recipients

from ..access import DeskMixin
from ..kinds import pk_in


class UndeliveredLettersView(DeskMixin, ListView):
    """The letters that wait for a decision, the latest first. What they say is not shown: it may be a sign-in code."""

    permissions = ("mail.view_outgoingemail",)
    template_name = "desk/undelivered_letters.html"
    context_object_name = "letters"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return OutgoingEmail.objects.undecided().order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            shows_recipients=may_see_recipients(user),
            may_decide=user.has_perm("mail.change_outgoingemail"),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the ticked letters again, or leave them unsent, as the pressed button says."""
        user: Any = request.user
        if not user.has_perm("mail.change_outgoingemail"):
            raise PermissionDenied
        chosen = self.get_queryset().filter(pk__in=[pk_in(pk) for pk in request.POST.getlist("letter")])
        if not request.POST.getlist("letter"):
            messages.error(request, _("Tick at least one."))
        elif "again" in request.POST:
            count = queue.resend(chosen)
            sentence = ngettext("%(count)d letter will be sent again.", "%(count)d letters will be sent again.", count)
            messages.success(request, sentence % {"count": count})
        elif "leave" in request.POST:
            count = queue.discard(chosen)
            sentence = ngettext("%(count)d letter will not be sent.", "%(count)d letters will not be sent.", count)
            messages.success(request, sentence % {"count": count})
        return redirect("desk:undelivered-letters")
