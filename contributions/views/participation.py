from typing import Any

from django.views.generic import TemplateView

from ..participation import charts


class ParticipationView(TemplateView):
    """Charts of participation: who takes part and on what. They are the same for every reader."""

    template_name = "contributions/participation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(charts=charts(), **kwargs)
