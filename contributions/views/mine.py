"""What a person sees of their own contributions: the list, each one's state and history, receipts, the ways out."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, View

from contributions import workflow
from contributions.models import Contribution, Revision
from contributions.receipts import in_groups


class PrivateMixin(LoginRequiredMixin):
    """Pages of one person, which no browser keeps: the next one at a shared device must not find them."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class MyContributionsView(PrivateMixin, ListView):
    """What this person drafted and sent."""

    template_name = "contributions/contribution_mine.html"
    paginate_by = 50

    def get_queryset(self):
        mine = Contribution.objects.filed_by(self.request.user).with_names_for(self.request.user)
        light = Prefetch("revisions", Revision.objects.defer("text", "signers"))
        return mine.select_related("call__dialogue", "newest", "shown").prefetch_related(light)


class MineMixin(PrivateMixin):
    """Pages about one contribution of the signed-in person; anyone else's is absent."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except workflow.WrongStateError as error:  # sent by a first click or in another window, withdrawn, declined
            messages.info(request, error.messages[0])
            return redirect("contributions:draft", key=kwargs["key"])

    def get_object(self, queryset=None):
        mine = Contribution.objects.filed_by(self.request.user).with_names_for(self.request.user)
        related = "call__dialogue__series", "newest", "shown", "invitation__call__dialogue"
        return get_object_or_404(mine.select_related(*related), key=self.kwargs["key"])


class MyContributionView(MineMixin, DetailView):
    """One contribution as its filer follows it: where it stands, what was sent, what can be done."""

    template_name = "contributions/contribution_own.html"

    def get(self, request, *args, **kwargs):
        contribution = self.get_object()
        if contribution.state == Contribution.State.DRAFT:
            return redirect("contributions:who", key=contribution.key)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        contribution = self.object
        told = contribution.transitions.exclude(verb__in=["assign", "check"])  # those are among staff
        return super().get_context_data(
            history=told,
            revisions=contribution.revisions.sent().order_by("-number"),
            returned_with=returned_with(contribution),
            **kwargs,
        )


def returned_with(contribution):
    """The entry of the log that says what to change, while changes are asked for."""
    if contribution.state != Contribution.State.RETURNED:
        return None
    return contribution.transitions.filter(verb="request_changes").first()


class CorrectView(MineMixin, View):
    """Begins a new revision of what was sent; what is published stays until the new one is."""

    def post(self, request, key):
        workflow.revise(self.get_object(), by=request.user)
        return redirect("contributions:answers", key=key)

    def get(self, request, key):
        return redirect("contributions:draft", key=key)


class DraftDiscardView(MineMixin, DetailView):
    """Asks, then deletes what is being written: a draft, or a correction that was not sent."""

    template_name = "contributions/contribution_confirm_discard.html"

    def get(self, request, key):
        if self.get_object().being_written is None:
            return redirect("contributions:draft", key=key)
        return super().get(request, key=key)

    def post(self, request, key):
        workflow.discard(self.get_object(), by=request.user)
        messages.success(request, _("What you had not sent is deleted."))
        return redirect("contributions:mine")


class WithdrawView(MineMixin, DetailView):
    """Asks, then takes a contribution away for good."""

    template_name = "contributions/contribution_confirm_withdraw.html"

    def get(self, request, key):
        if not self.get_object().can_be_withdrawn:
            return redirect("contributions:draft", key=key)
        return super().get(request, key=key)

    def post(self, request, key):
        contribution = self.get_object()
        try:
            workflow.withdraw(contribution, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Your contribution is withdrawn: nobody can read or find it here any more."))
        return redirect("contributions:mine")


class ReceiptView(MineMixin, DetailView):
    """Proof of what arrived, and when: of what was sent last, or of an earlier revision by its number."""

    template_name = "contributions/contribution_receipt.html"

    def get(self, request, *args, **kwargs):
        contribution = self.get_object()
        if contribution.reference is None:
            return redirect("contributions:draft", key=contribution.key)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        sent = self.object.revisions.sent()
        number = self.kwargs.get("number")
        revision = sent.filter(number=number).first() if number else sent.last()
        if revision is None:
            raise Http404
        return super().get_context_data(revision=revision, code=in_groups(revision.receipt_code), **kwargs)
