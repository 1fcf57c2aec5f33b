"""What the one who files sees: drafts, files, sending, receipt, withdrawal."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, TemplateView, View

from contributions import workflow
from contributions.forms import BeginForm, DraftForm, FileForm, RemoveForm, SendForm
from contributions.models import Call, Contribution


class ContributionCreateView(LoginRequiredMixin, TemplateView):
    """The open calls; choosing one begins a draft."""

    template_name = "contributions/contribution_create.html"

    def get_context_data(self, **kwargs):
        calls = Call.objects.published().open().select_related("dialogue__series").prefetch_related("questions")
        return super().get_context_data(
            calls=calls.order_by("closes_at"), chosen=self.request.GET.get("call"), **kwargs
        )

    def post(self, request):
        form = BeginForm(request.POST)
        if not form.is_valid():
            raise Http404
        return redirect("contributions:draft", key=workflow.begin(form.cleaned_data["call"], by=request.user).key)


class MyContributionsView(LoginRequiredMixin, ListView):
    """What this person drafted and sent."""

    template_name = "contributions/contribution_mine.html"
    paginate_by = 50

    def get_queryset(self):
        mine = Contribution.objects.filed_by(self.request.user).with_names_for(self.request.user)
        return mine.select_related("call__dialogue")


class MineMixin(LoginRequiredMixin):
    """Pages about one contribution of the signed-in person; anyone else's is absent."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except workflow.WrongStateError:  # sent by a first click or in another window
            return redirect("contributions:receipt", key=kwargs["key"])

    def get_object(self):
        mine = Contribution.objects.filed_by(self.request.user).with_names_for(self.request.user)
        return get_object_or_404(mine.select_related("call__dialogue__series"), key=self.kwargs["key"])


class DraftUpdateView(MineMixin, View):
    """A draft on one page: words, files, and sending. Every way of leaving the page saves what is right in it."""

    def get(self, request, key):
        draft = self.get_object()
        if not draft.is_editable:
            return redirect(draft)
        return self.show(
            draft, DraftForm(instance=draft), FileForm(initial={"upload_language": draft.language}), SendForm()
        )

    def post(self, request, key):
        draft = self.get_object()
        if not draft.is_editable:
            return redirect("contributions:receipt", key=key)  # a second click on Send
        form = DraftForm(request.POST, instance=draft)
        file_form, send_form = FileForm(request.POST, request.FILES), SendForm(request.POST)
        if form.is_valid():
            workflow.save_draft(draft, by=request.user)
        self.remove_file(draft)
        self.add_file(draft, file_form)
        send_form.is_valid()
        if form.errors or file_form.errors:
            return self.show(draft, form, file_form, send_form)
        if "send" in request.POST:
            return self.send(draft, form, file_form, send_form)
        messages.success(request, _("Your draft is saved."))
        # Not the contribution's own address: one that was returned has its public one already.
        anchor = "#files" if request.FILES or "remove" in request.POST else ""
        return redirect(reverse("contributions:draft", args=[key]) + anchor)

    def add_file(self, draft, file_form):
        if not file_form.is_valid() or not file_form.cleaned_data["upload"]:
            return
        data = file_form.cleaned_data
        try:
            workflow.attach(
                draft,
                data["upload"],
                by=self.request.user,
                language=data["upload_language"],
                is_translation=data["is_translation"],
            )
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            file_form.add_error("upload", error)

    def remove_file(self, draft):
        form = RemoveForm(self.request.POST, draft=draft)
        if form.is_valid():  # else it is not there: removed by a first click
            workflow.detach(form.cleaned_data["remove"], by=self.request.user)
            messages.success(self.request, _("The file is removed."))

    def send(self, draft, form, file_form, send_form):
        try:
            workflow.submit(draft, by=self.request.user, consent=send_form.cleaned_data["consent"])
        except workflow.WrongStateError:
            raise
        except ValidationError as error:
            for field, problems in error.message_dict.items():
                target = send_form if field == "consent" else form
                target.add_error(None if field == "__all__" else field, problems)
            return self.show(draft, form, file_form, send_form)
        return redirect("contributions:receipt", key=draft.key)

    def show(self, draft, form, file_form, send_form):
        attachments = draft.attachments.select_related("document")
        context = {
            "contribution": draft,
            "call": draft.call if draft.shows_call else None,
            "form": form,
            "file_form": file_form,
            "send_form": send_form,
            "attachments": attachments,
            "is_pending": any(attachment.document.is_pending for attachment in attachments),
            "returned_with": draft.transitions.filter(verb="request_changes").first(),
        }
        has_errors = form.errors or file_form.errors or send_form.errors
        return render(self.request, "contributions/contribution_form.html", context, status=422 if has_errors else 200)


class DraftDiscardView(MineMixin, DetailView):
    """Asks, then deletes a draft that was never sent."""

    template_name = "contributions/contribution_confirm_discard.html"

    def get(self, request, key):
        if self.get_object().reference:
            return redirect("contributions:receipt", key=key)
        return super().get(request, key=key)

    def post(self, request, key):
        workflow.discard(self.get_object(), by=request.user)
        messages.success(request, _("The draft is deleted."))
        return redirect("contributions:mine")


class WithdrawView(MineMixin, DetailView):
    """Asks, then takes a contribution away for good."""

    template_name = "contributions/contribution_confirm_withdraw.html"

    def get(self, request, key):
        if not self.get_object().can_be_withdrawn:
            return redirect("contributions:receipt", key=key)
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
    """Proof of what arrived, and when."""

    template_name = "contributions/contribution_receipt.html"

    def get(self, request, *args, **kwargs):
        contribution = self.get_object()
        if contribution.reference is None:
            return redirect(contribution)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(attachments=self.object.attachments.select_related("document"), **kwargs)
