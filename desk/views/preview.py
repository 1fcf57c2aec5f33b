"""A record as its readers see it, before and after it is published, in each language."""

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View

from dialogues.models import Dialogue
from publishing.models import Guest, Preview

from ..access import DeskMixin
from ..kinds import find_publishable
from ..preview import frames_of
from ..workspace import WorkspaceMixin

# Links in the frame open in a new tab, because browsers show no other page of the portal in a frame.
BASE = b'<base target="_blank">'


class PreviewView(WorkspaceMixin, TemplateView):
    """The page of a record in a frame, with its languages and widths to choose from."""

    template_name = "desk/preview.html"

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find_publishable(kwargs["key"], request.user)
        return self.open_workspace_of(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frames = [] if self.record.preview_is_file else frames_of(self.kwargs["key"])
        return super().get_context_data(record=self.record, frames=frames, **kwargs)


@method_decorator([xframe_options_sameorigin, csp_replace({"frame-ancestors": ["'self'"]})], name="dispatch")
class PageView(DeskMixin, View):
    """The page of one record as a guest with a preview of it sees it: with this draft and no other."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        user: Any = request.user
        record = find_publishable(key, user)
        preview = Preview(record=record, expires_at=timezone.now(), made_by=user)
        request.user = Guest(preview)
        try:
            page = resolve(record.get_preview_url())
        except Resolver404 as error:
            raise Http404 from error
        response: Any = page.func(request, *page.args, **page.kwargs)
        if hasattr(response, "render"):
            response = response.render()
        if response.get("Content-Type", "").startswith("text/html"):
            response.content = response.content.replace(b"<head>", b"<head>" + BASE, 1)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response
