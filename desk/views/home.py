"""The first page of the desk with its form for the daily email, the list of all dialogues, and the search."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from dialogues.models import Dialogue

from ..access import DeskMixin
from ..daily_work import ask_for_daily_email
from ..record_search import asked_words, search
from ..work import work_lists
from ..work.upcoming import upcoming

DIALOGUES_SHOWN = 6


class HomeView(DeskMixin, TemplateView):
    """Work that waits, coming events, the ways to add material, and the latest dialogues."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        dialogues: Any = (
            Dialogue.objects.visible_to(user).latest_first() if user.has_perm("dialogues.view_dialogue") else []
        )
        return super().get_context_data(
            work_lists=work_lists(user),
            upcoming=upcoming(user),
            dialogues=dialogues[:DIALOGUES_SHOWN],
            **kwargs,
        )


class DialogueListView(DeskMixin, ListView):
    """All dialogues, drafts included, newest first."""

    permissions = ("dialogues.view_dialogue",)
    template_name = "desk/dialogues.html"
    context_object_name = "dialogues"
    paginate_by = 50

    def get_queryset(self) -> Any:
        dialogues = Dialogue.objects.visible_to(self.request.user)
        return dialogues.for_lists().order_by(F("starts_on").desc(nulls_first=True), "slug")


class SearchView(DeskMixin, TemplateView):
    """Titles, names and references that contain the words of `?q=`, drafts included."""

    template_name = "desk/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = asked_words(self.request)
        return super().get_context_data(words=words, groups=list(search(words, self.request.user)), **kwargs)


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
