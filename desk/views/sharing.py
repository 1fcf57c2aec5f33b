"""Share a draft: addresses at which someone without an account reads it, and may comment on it or approve it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from dialogues.models import Dialogue
from publishing.forms import PreviewForm
from publishing.models import Preview
from publishing.workflow import share, withdraw_preview

from ..kinds import find_publishable, pk_in
from ..workspace import WorkspaceMixin


class ShareView(WorkspaceMixin, FormView):
    """The previews of a record: create one, or close one early."""

    permissions = ("publishing.add_preview",)
    template_name = "desk/share.html"
    form_class = PreviewForm

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find_publishable(kwargs["key"], request.user)
        return self.open_workspace_of(self.record)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "recipients": self.record.preview_recipients()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        previews = Preview.objects.of(self.record).select_related("made_by").prefetch_related("recipient")
        return super().get_context_data(record=self.record, previews=previews, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.close(request.POST["withdraw"]) if "withdraw" in request.POST else super().post(request)

    def form_valid(self, form: PreviewForm) -> HttpResponse:
        try:
            preview = share(self.record, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        sent = _("The address goes out by email to %s.") % preview.email if preview.email else _("Copy the address.")
        messages.success(self.request, sent)
        return super().form_valid(form)

    def close(self, number: str) -> HttpResponse:
        """Close the preview with this primary key. After a second click there is nothing left to close."""
        if preview := Preview.objects.of(self.record).filter(pk=pk_in(number)).first():
            withdraw_preview(preview, by=self.request.user)
        messages.success(self.request, _("That link no longer works."))
        return super().form_valid(PreviewForm(recipients=None))

    def get_success_url(self) -> str:
        return self.request.path
