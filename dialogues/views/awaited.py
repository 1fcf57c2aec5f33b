from django.utils.functional import cached_property
from django.views.generic import ListView

from dialogues.forms import ExpectedDocumentFilterForm
from dialogues.models import Dialogue, Series
from dialogues.status import DOCUMENT_STATUSES, expected_documents_board


class AwaitedListView(ListView):
    """What each dialogue announced and what came of it; `?series=` (its address) and `?state=` narrow."""

    template_name = "dialogues/awaited_list.html"
    paginate_by = 20

    @cached_property
    def filters(self):
        form = ExpectedDocumentFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self):
        dialogues = Dialogue.objects.published()
        if self.filters.get("series"):
            dialogues = dialogues.filter(series__slug=self.filters["series"])
        state = self.filters.get("state")
        chosen = [
            (dialogue, [status for status in statuses if state in (None, "", status.status)])
            for dialogue, statuses in expected_documents_board(dialogues)
        ]
        return [(dialogue, statuses) for dialogue, statuses in chosen if statuses]

    def get_context_data(self, **kwargs):
        series = list(Series.objects.published())
        chosen = next((line for line in series if line.slug == self.filters.get("series")), None)
        return super().get_context_data(
            series_list=series,
            series=chosen,
            states=DOCUMENT_STATUSES.items(),
            state=self.filters.get("state"),
            **kwargs,
        )
