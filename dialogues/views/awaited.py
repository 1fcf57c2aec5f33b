from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from dialogues.awaited import STATES
from dialogues.board import board
from dialogues.forms import BoardFilterForm
from dialogues.models import Dialogue, Series
from publishing.pages import ListPage

EXPECTED_DOCUMENTS = ListPage.of(
    "dialogues:awaited",
    _("What is awaited"),
    _("Which documents the dialogues announced, which are there, and which are still awaited."),
    ("series", "state", "page"),
)


class AwaitedListView(ListView):
    """What each dialogue announced and what came of it; `?series=` (its address) and `?state=` narrow."""

    public_page = EXPECTED_DOCUMENTS

    template_name = "dialogues/awaited_list.html"
    paginate_by = 20

    @cached_property
    def filters(self):
        form = BoardFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self):
        dialogues = Dialogue.objects.published()
        if self.filters.get("series"):
            dialogues = dialogues.filter(series__slug=self.filters["series"])
        state = self.filters.get("state")
        chosen = [
            (dialogue, [entry for entry in entries if state in (None, "", entry.state)])
            for dialogue, entries in board(dialogues)
        ]
        return [(dialogue, entries) for dialogue, entries in chosen if entries]

    def get_context_data(self, **kwargs):
        series = list(Series.objects.published())
        chosen = next((line for line in series if line.slug == self.filters.get("series")), None)
        return super().get_context_data(
            series_list=series, series=chosen, states=STATES.items(), state=self.filters.get("state"), **kwargs
        )
