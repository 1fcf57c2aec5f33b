"""“Tell me when it is there”: the pages on which it is asked for, confirmed and left."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView

from dialogues import watching
from dialogues.forms import WatchForm
from dialogues.models import Dialogue, ExpectedDocument, Watch


class WatchCreateView(FormView):
    """Asks for an address; the document is the one in the page's own address."""

    template_name = "dialogues/watch_form.html"
    form_class = WatchForm

    def dispatch(self, request, *args, **kwargs):
        documents = ExpectedDocument.objects.published()
        self.document = get_object_or_404(documents.select_related("dialogue__series"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Ten an hour for each visitor: the letters go to addresses that may be strangers'."""
        return ratelimit.consume_or_429(request, action="awaited_watch") or super().post(request, *args, **kwargs)

    def form_valid(self, form):
        watching.ask(self.document, form.cleaned_data["address"], language=get_language())
        return render(self.request, "dialogues/watch_asked.html", self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(document=self.document, dialogue=self.document.dialogue, **kwargs)


class WatchView(DetailView):
    """A page about one wish, known only to who has its letter."""

    model = Watch
    slug_field = slug_url_kwarg = "key"

    def get_context_data(self, **kwargs):
        """Its dialogue is named as long as everyone may read that name."""
        dialogue = Dialogue.objects.published().filter(pk=self.object.dialogue_id).first()
        return super().get_context_data(dialogue=dialogue, **kwargs)


class WatchConfirmView(WatchView):
    """A button, not a link that acts: mail scanners open links."""

    template_name = "dialogues/watch_confirm.html"

    def post(self, request, key):
        self.object = self.get_object()
        watching.confirm(self.object)
        return render(request, self.template_name, self.get_context_data(is_confirmed=True))


@method_decorator(csrf_exempt, name="dispatch")
class WatchLeaveView(WatchView):
    """A button for people; mail programs post to this address without a page (RFC 8058).

    A wish that is gone, told or left, answers like one that never was: its letter said that nothing more comes.
    """

    template_name = "dialogues/watch_leave.html"

    def get(self, request, key):
        if not Watch.objects.filter(key=key).exists():
            return render(request, "dialogues/watch_left.html")
        return super().get(request, key)

    def post(self, request, key):
        if watch := Watch.objects.filter(key=key).first():
            watching.leave(watch)
        if request.POST.get("List-Unsubscribe"):
            return HttpResponse(status=204)
        return render(request, "dialogues/watch_left.html")
