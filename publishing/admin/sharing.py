"""The admin page on which staff share previews of a draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from .. import workflow
from ..forms import PreviewForm
from ..models import Preview


class SharingMixin(admin.ModelAdmin):
    """Adds a page to each record that lists its previews and creates new ones."""

    def get_urls(self) -> list[URLPattern]:
        share = self.admin_site.admin_view(self.share)
        name = f"{self.opts.app_label}_{self.opts.model_name}_share"
        return [path("<int:pk>/share/", share, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Model | None = None, **kwargs: Any
    ) -> HttpResponse:
        """Tell the template whether the user may share previews of this record."""
        context["may_share"] = obj is not None and request.user.has_perm("publishing.add_preview")
        return super().render_change_form(request, context, *args, **{**kwargs, "obj": obj})

    def share(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the previews of a record, create one, or close one."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_view_permission(request, record) and request.user.has_perm("publishing.add_preview")):
            raise PermissionDenied
        form = PreviewForm(request.POST or None, recipients=record.preview_recipients())
        if "withdraw" in request.POST:
            return self._close(request, record)
        if request.method == "POST" and form.is_valid() and self._create(request, record, form):
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Share a preview"),
            "form": form,
            "previews": Preview.objects.of(record).select_related("made_by").prefetch_related("recipient"),
        }
        return TemplateResponse(request, "admin/share.html", context)

    def _create(self, request: HttpRequest, record: Model, form: PreviewForm) -> bool:
        try:
            preview = workflow.share(record, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        sent = _("The address goes out by e-mail to %s.") % preview.email if preview.email else _("Copy the address.")
        self.message_user(request, sent, messages.SUCCESS)
        return True

    def _close(self, request: HttpRequest, record: Model) -> HttpResponse:
        number = request.POST["withdraw"]
        preview = number.isdecimal() and len(number) < 19 and Preview.objects.of(record).filter(pk=number).first()
        if preview:  # None after a second click
            workflow.withdraw_preview(preview, by=request.user)
        self.message_user(request, _("That address answers no more."), messages.SUCCESS)
        return redirect(request.path)
