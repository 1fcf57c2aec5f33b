"""The page on which staff give a draft an address for those without an account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.forms import PreviewForm
from dialogues.models import Appearance, Preview, Quote, Summary


def may_be_asked(record):
    """Those to whom a draft may be given by name: the chairs of a summary's dialogue, the speaker of a quote."""
    appearances = Appearance.objects.select_related("speaker", "dialogue")
    if isinstance(record, Summary):
        return appearances.chairing().filter(dialogue=record.dialogue_id)
    if isinstance(record, Quote):
        return appearances.filter(pk=record.appearance_id)
    return appearances.none()


class SharingMixin:
    """A page beside each record's own: the addresses that it has, and a form for another."""

    def get_urls(self):
        share = self.admin_site.admin_view(self.share)
        name = f"{self.opts.app_label}_{self.opts.model_name}_share"
        return [path("<int:pk>/share/", share, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_share"] = obj is not None and request.user.has_perm("dialogues.add_preview")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def share(self, request, pk):
        """Give a new address, close one, or show those that there are."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_view_permission(request, record) and request.user.has_perm("dialogues.add_preview")):
            raise PermissionDenied
        form = PreviewForm(request.POST or None, appearances=may_be_asked(record))
        if "withdraw" in request.POST:
            return self.close(request, record)
        if request.method == "POST" and form.is_valid() and self.give(request, record, form):
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Share a preview"),
            "form": form,
            "previews": Preview.objects.of(record).select_related("appearance__speaker", "made_by"),
        }
        return TemplateResponse(request, "admin/share.html", context)

    def give(self, request, record, form):
        try:
            preview = workflow.share(record, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        sent = _("The address goes out by e-mail to %s.") % preview.email if preview.email else _("Copy the address.")
        self.message_user(request, sent, messages.SUCCESS)
        return True

    def close(self, request, record):
        number = request.POST["withdraw"]
        preview = number.isdecimal() and len(number) < 19 and Preview.objects.of(record).filter(pk=number).first()
        if preview:  # else a second click
            workflow.withdraw_preview(preview, by=request.user)
        self.message_user(request, _("That address answers no more."), messages.SUCCESS)
        return redirect(request.path)
