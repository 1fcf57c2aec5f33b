"""For staff and chairs: which contributions and quotes a dialogue's summary reflects, and which it does not."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView

from contributions.coverage import coverage
from dialogues.models import Dialogue
from publishing.models import Guest, Preview


class CoverageView(TemplateView):
    """What of one dialogue is reflected where; to all but staff and its chairs it does not exist."""

    template_name = "contributions/coverage.html"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def dialogue(self):
        dialogues = Dialogue.objects.open_to_comments_by(self.request.user)
        return get_object_or_404(dialogues, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        dialogue = self.dialogue()
        return super().get_context_data(dialogue=dialogue, **coverage(dialogue, self.request.user), **kwargs)


class CoveragePreviewView(CoverageView):
    """The same for a chair who holds the address of a preview."""

    def dialogue(self):
        preview = get_object_or_404(Preview.objects.open().exclude(recipient_id=None), secret=self.kwargs["secret"])
        guest = Guest(preview)
        if preview.record is None or preview.recipient is None:
            raise Http404
        found = get_object_or_404(Dialogue.objects.open_to_comments_by(guest), pk=preview.recipient.dialogue_id)
        # Whoever is signed in sees here what the guest sees, no more.
        self.request.user = guest
        return found
