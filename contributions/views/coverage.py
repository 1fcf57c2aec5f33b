"""Coverage, for staff and chairs: which contributions and quotes the summaries of a dialogue reflect."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView

from dialogues.models import Dialogue
from publishing.models import Guest, Preview
from publishing.preview_access import opens_here

from ..reflections.coverage import coverage


class CoverageView(TemplateView):
    """The coverage of one dialogue. Anyone but staff and its chairs gets 404."""

    template_name = "contributions/coverage.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_dialogue(self) -> Dialogue:
        """Return the dialogue, or raise Http404."""
        dialogues = Dialogue.objects.open_to_comments_by(self.request.user)
        return get_object_or_404(dialogues, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dialogue = self.get_dialogue()
        return super().get_context_data(dialogue=dialogue, **coverage(dialogue, self.request.user), **kwargs)


class CoveragePreviewView(CoverageView):
    """The coverage for a chair who has the address of a preview."""

    def get_dialogue(self) -> Dialogue:
        preview = get_object_or_404(Preview.objects.open().exclude(recipient_id=None), secret=self.kwargs["secret"])
        guest = Guest(preview)
        if preview.record is None or preview.recipient is None or not opens_here(self.request, preview):
            raise Http404
        found = get_object_or_404(Dialogue.objects.open_to_comments_by(guest), pk=preview.recipient.dialogue_id)
        # A user who is signed in sees what the guest may see, and no more.
        self.request.user = guest
        return found
