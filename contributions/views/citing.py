from django.shortcuts import get_object_or_404
from django.views.generic import View

from contributions.citations import of_contribution
from contributions.models import Contribution
from dialogues.citations import file_response


class CitationFileView(View):
    """A published contribution for programs that keep references."""

    def get(self, request, reference, form):
        contributions = Contribution.objects.published().select_related("call__dialogue", "shown")
        return file_response(of_contribution(get_object_or_404(contributions, reference=reference)), form)
