"""The way to a draft: the call, for everyone to read; the open calls; an invitation."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from contributions import workflow
from contributions.forms import BeginForm
from contributions.models import Call, Invitation
from dialogues.heads import shared_card, steps_within
from publishing.pages import Head, PublicPage, Records, shorten
from text.markup import strip_markdown

from .mine import PrivateMixin


def call_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a call's page."""
    call = context["call"]
    asked = _("A call for written contributions to %(dialogue)s.") % {"dialogue": call.dialogue}
    description = shorten(strip_markdown(call.guidance)) or asked
    return Head(call.title, description, steps_within(call.dialogue), **shared_card(call.dialogue))


class CallDetailView(DetailView):
    """What a call asks, until when, and the button that begins a contribution."""

    public_page = PublicPage(call_head, Records("calls", Call.objects.published))

    def get_queryset(self):
        visible = Call.objects.visible_to(self.request.user)
        return visible.select_related("dialogue__series").prefetch_related("questions")

    def get_context_data(self, **kwargs):
        return super().get_context_data(key=uuid4(), **kwargs)


class ContributionCreateView(LoginRequiredMixin, TemplateView):
    """The open calls; choosing one begins a draft."""

    template_name = "contributions/contribution_create.html"

    def get_context_data(self, **kwargs):
        calls = Call.objects.published().open().for_anyone().select_related("dialogue__series")
        return super().get_context_data(calls=calls.order_by("closes_at"), key=uuid4(), **kwargs)

    def post(self, request):
        form = BeginForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This call is not open, or not to everyone. These are."))
            return redirect("contributions:create")
        draft = workflow.begin(form.cleaned_data["call"], by=request.user, key=form.cleaned_data["key"])
        return redirect("contributions:draft", key=draft.key)


class InvitationView(PrivateMixin, DetailView):
    """What an invitation is for; taking it up begins a draft, or opens the one that was begun."""

    slug_field = slug_url_kwarg = "secret"
    queryset = Invitation.objects.select_related("call__dialogue__series", "contribution")

    def get_object(self, queryset=None):
        invitation = get_object_or_404(self.queryset, secret=self.kwargs["secret"])
        if not invitation.call.is_public:
            raise Http404
        return invitation

    def post(self, request, secret):
        try:
            draft = workflow.take_up(self.get_object(), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("contributions:invitation", secret=secret)
        return redirect("contributions:draft", key=draft.key)
