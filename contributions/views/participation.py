from django.views.generic import TemplateView

from contributions.participation import charts


class ParticipationView(TemplateView):
    """Who takes part and on what, as pictures with their numbers; the same for everyone who looks."""

    template_name = "contributions/participation.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(charts=charts(), **kwargs)
