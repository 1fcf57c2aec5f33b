from django.utils.functional import cached_property
from django.views.generic import ListView

from dialogues.awaited import STATES
from dialogues.board import board
from dialogues.forms import BoardFilterForm
from dialogues.models import Dialogue, Series


class AwaitedListView(ListView):
    """What each dialogue announced and what came of it; `?series=` (its address) and `?state=` narrow."""

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
