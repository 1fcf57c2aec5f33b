"""The page of a preview: a draft as its page will be, for anyone who has the address."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView, View

from .models import Guest, Preview
from .preview_access import admit, check_code, keep, opens_here, send_code, waits_for_code
from .site_texts import SiteTextKind, shown_text

# What a guest may post to a preview, by the value of `verb`. An action gets the request, whose user is the Guest, and
# the draft; it returns the sentence that confirms it, or raises ValidationError, PermissionDenied or Http404.
PreviewAction = Callable[[HttpRequest, Any], str]
preview_actions: dict[str, PreviewAction] = {}


class PreviewView(View):
    """Shows the page of a draft to a guest, and handles what they may post there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.preview = get_object_or_404(Preview.objects.open(), secret=kwargs["secret"])
        self.record: Any = self.preview.record
        if self.record is None:
            raise Http404
        if opens_here(request, self.preview):
            # Someone who is signed in sees what the guest sees here, and no more.
            request.user = Guest(self.preview)
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = self.prove(request)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def prove(self, request: HttpRequest) -> HttpResponse:
        """Ask for proof that the preview was given to this person, in a browser in which it does not open yet."""
        verb, error = request.POST.get("verb", ""), ""
        try:
            if verb == "send-code" and self.preview.email:
                send_code(request, self.preview)
            elif (verb == "enter-code" and self.preview.email) or (verb == "open-here" and not self.preview.email):
                return self.admit(request)
        except ValidationError as invalid:
            error = invalid.messages[0]
        waits = bool(self.preview.email) and waits_for_code(request, self.preview)
        return render(
            request, "publishing/preview_proof.html", {"preview": self.preview, "error": error, "waits": waits}
        )

    def admit(self, request: HttpRequest) -> HttpResponse:
        """Check the code, if there is a mailbox, and let this browser open the preview from now on."""
        if self.preview.email:
            check_code(request, self.preview, request.POST.get("code", ""))
        secret = admit(self.preview)
        response = redirect(request.path)
        keep(response, self.preview, secret)
        return response

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        page = resolve(self.record.get_preview_url())
        return page.func(request, *page.args, **page.kwargs)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        action = preview_actions.get(request.POST.get("verb", ""))
        if action is None:
            raise Http404
        try:
            messages.success(request, action(request, self.record))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(request.path)


class SiteTextPageView(TemplateView):
    """A page with one text of the site, which subclasses name as their `kind`."""

    kind: SiteTextKind
    template_name = "publishing/site_text.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=shown_text(self.kind), **kwargs)
