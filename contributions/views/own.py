"""Pages about the user's own contributions: the list, state and history, receipts, correction and withdrawal."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, View

from accounts.models import User
from publishing.models import Verb

from .. import workflow
from ..browser_copies import draft_name
from ..models import Contribution, HeldContribution, Revision, TeamInvitation
from ..querysets import ContributionQuerySet
from ..receipts import format_code
from .private import OwnContributionMixin, PrivateMixin, request_for_changes
from .sending import found_since


class OwnContributionListView(PrivateMixin, ListView):
    """The drafts and submissions of the signed-in user."""

    template_name = "contributions/contribution_mine.html"
    paginate_by = 50

    def get_queryset(self) -> ContributionQuerySet:
        own = Contribution.objects.filed_by(self.request.user).with_visibility_for(self.request.user)
        light = Prefetch("revisions", Revision.objects.defer("text", "signers"))
        related = "call__dialogue", "newest", "shown", "invitation__call", "team"
        return own.select_related(*related).prefetch_related(light)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast("User", self.request.user)
        held = HeldContribution.objects.of_owner(user).count()
        invited = TeamInvitation.objects.filter(address=user.email, expires_at__gt=timezone.now())
        return super().get_context_data(held_count=held, is_invited=invited.exists(), **kwargs)


class OwnContributionView(OwnContributionMixin, DetailView):
    """One contribution for its filer: its state, its revisions and history, and the possible actions."""

    template_name = "contributions/contribution_own.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contribution = self.get_object()
        if contribution.state == Contribution.State.DRAFT:
            return redirect("contributions:who", key=contribution.key)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution = self.object
        return super().get_context_data(
            history=contribution.transitions.exclude(verb__in=[Verb.ASSIGN, Verb.CHECK]),  # those are only for staff
            revisions=contribution.revisions.sent().order_by("-number"),
            request_for_changes=request_for_changes(contribution),
            **found_since(contribution),
            **kwargs,
        )


class CorrectView(OwnContributionMixin, View):
    """Begins a correction. The published revision stays until the correction is published."""

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        workflow.revise(self.get_object(), by=request.user)
        return redirect("contributions:answers", key=key)

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return redirect("contributions:draft", key=key)


class DiscardDraftView(OwnContributionMixin, DetailView):
    """Asks for confirmation, then deletes a draft or an unsubmitted correction."""

    template_name = "contributions/contribution_confirm_discard.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object().draft is None:
            return redirect("contributions:draft", **kwargs)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(draft_name=draft_name(self.object.draft), **kwargs)

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        workflow.discard(self.get_object(), by=request.user)
        messages.success(request, _("What you had not submitted has been deleted."))
        return redirect("contributions:mine")


class WithdrawView(OwnContributionMixin, DetailView):
    """Asks for confirmation, then withdraws a contribution permanently."""

    template_name = "contributions/contribution_confirm_withdraw.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.get_object().can_be_withdrawn:
            return redirect("contributions:draft", **kwargs)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        contribution = self.get_object()
        try:
            workflow.withdraw(contribution, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Your contribution is withdrawn. Nobody can read or find it here any longer."))
        return redirect("contributions:mine")


class ReceiptView(OwnContributionMixin, DetailView):
    """The receipt of the newest revision that its filer sent, or of an earlier one by its number."""

    template_name = "contributions/contribution_receipt.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contribution = self.get_object()
        if contribution.reference is None:
            return redirect("contributions:draft", key=contribution.key)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.object.revisions.sent().filter(by_staff=False)
        number = self.kwargs.get("number")
        revision = sent.filter(number=number).first() if number else sent.last()
        if revision is None:
            raise Http404
        code, name = format_code(revision.receipt_code), draft_name(revision)
        return super().get_context_data(revision=revision, code=code, draft_name=name, **kwargs)
