"""The pages to subscribe to a document alert, confirm it and unsubscribe."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from dialogues.models import Dialogue, DocumentAlert, ExpectedDocument
from subscriptions.forms import SubscribeForm
from subscriptions.views import ConfirmView, LeaveView, SubscribeView, SubscriptionView


class DocumentAlertCreateView(SubscribeView):
    """Subscribe to an alert. The address of the page names the document."""

    model = DocumentAlert
    rate_limit = "document_alert"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        documents = ExpectedDocument.objects.published().select_related("dialogue__series")
        place = {"dialogue__slug": kwargs["slug"], "kind": kwargs["kind"], "language": kwargs.get("language", "")}
        self.document = get_object_or_404(documents, **place)
        return super().dispatch(request, *args, **kwargs)

    def get_wanted(self, form: SubscribeForm) -> dict[str, Any]:
        document = self.document
        return {"dialogue": document.dialogue, "kind": document.kind, "document_language": document.language}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=self.document, dialogue=self.document.dialogue, **kwargs)


class DocumentAlertView(SubscriptionView):
    """A page about one alert, which names the dialogue while it is public."""

    model = DocumentAlert

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dialogue = Dialogue.objects.published().filter(pk=self.object.dialogue_id).first()
        return super().get_context_data(dialogue=dialogue, **kwargs)


class DocumentAlertConfirmView(DocumentAlertView, ConfirmView):
    """Confirm an alert."""


class DocumentAlertLeaveView(DocumentAlertView, LeaveView):
    """Unsubscribe from an alert.

    If it no longer exists, because it was sent or left, the last page is shown, as its email said.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not DocumentAlert.objects.filter(key=kwargs["key"]).exists():
            return self.render_left()
        return super().get(request, *args, **kwargs)
