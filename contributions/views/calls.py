"""How to contribute: the calls, the terms, and invitations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView, View
from icalendar import Event

from dialogues.heads import shared_card, steps_within
from dialogues.querysets import public_topics
from publishing.calendars import calendar, event
from publishing.changes import last_change
from publishing.models import with_address_number
from publishing.pages import MACHINE_READ, Head, ListPage, PublicPage, Records
from publishing.site_texts import lazy_title
from publishing.views import SiteTextPageView
from text.localized import content_language
from text.markup import strip_markdown
from text.words import shorten

from .. import site_texts, workflow
from ..forms import BeginForm
from ..models import Call, Invitation
from ..querysets import CallQuerySet
from .private import PrivateMixin


def call_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a call's page."""
    call = context["call"]
    asked = _("A call for written contributions to %(dialogue)s.") % {"dialogue": call.dialogue.localized.title.text}
    description = shorten(strip_markdown(call.localized.guidance.text)) or asked
    return Head(call.localized.title.text, description, steps_within(call.dialogue), **shared_card(call.dialogue))


class CallDetailView(DetailView):
    """A call with its questions, its closing time and the button that begins a draft."""

    public_page = PublicPage(call_head, Records("calls", Call.objects.published))

    def get_queryset(self) -> CallQuerySet:
        visible = Call.objects.visible_to(self.request.user)
        return visible.select_related("dialogue__series").prefetch_related("questions", public_topics())

    def get_object(self, queryset: Any = None) -> Call:
        return get_object_or_404(self.get_queryset(), with_address_number(self.kwargs["number"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(questions=self.object.questions_in(content_language()), key=uuid4(), **kwargs)


class CallCalendarView(View):
    """The time at which a call closes for a reader's own calendar, with a reminder the day before."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        calls = Call.objects.visible_to(request.user).annotate(changed_at=last_change(Call))
        call: Call = get_object_or_404(calls, with_address_number(number))
        return calendar(call.localized.title.text, [closing_event(call)])


def closing_event(call: Any) -> Event:
    """Return the closing of a call as an event, in the hour before it. The call has `changed_at`, its last change."""
    begins = call.closes_at - timedelta(hours=1)
    return event(call, call.localized.title.text, begins, call.closes_at, changed_at=call.changed_at, days_before=1)


class ContributionCreateView(LoginRequiredMixin, TemplateView):
    """The open calls, with a button for each that begins a draft."""

    template_name = "contributions/contribution_create.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = Call.objects.published().open().for_anyone().select_related("dialogue__series")
        return super().get_context_data(calls=calls.order_by("closes_at", "number"), key=uuid4(), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = BeginForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This call is closed or by invitation only. These calls are open:"))
            return redirect("contributions:create")
        draft = workflow.begin(form.cleaned_data["call"], by=request.user, key=form.cleaned_data["key"])
        return redirect("contributions:who", key=draft.key)


TERMS = ListPage.of(
    "contributions:terms",
    lazy_title(site_texts.TERMS),
    gettext_lazy("How contributions are reviewed and published, how names are protected, and how to withdraw."),
    (),
)


class TermsView(SiteTextPageView):
    """The terms in plain words: consent, retention, take-down, and what the site can see."""

    public_page = TERMS
    kind = site_texts.TERMS
    template_name = "contributions/terms.html"


class InvitationView(PrivateMixin, DetailView):
    """An invitation. Redeeming it begins a draft, or continues the one that was begun."""

    slug_field = slug_url_kwarg = "secret"
    queryset = Invitation.objects.select_related("call__dialogue__series", "contribution")

    def get_object(self, queryset: Any = None) -> Invitation:
        invitation = get_object_or_404(self.queryset, secret=self.kwargs["secret"])
        if not invitation.call.is_public:
            raise Http404
        return invitation

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        try:
            draft = workflow.redeem_invitation(self.get_object(), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("contributions:invitation", secret=secret)
        return redirect("contributions:draft", key=draft.key)
