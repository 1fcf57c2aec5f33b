"""The figures of participation: a page of charts, and each of them as a picture or a table to download."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View

from publishing.addresses import reverse
from publishing.pages import MACHINE_READ, ListPage
from publishing.spreadsheets import MEDIA_TYPES, to_csv
from text.site_name import site_name

from ..charts import Chart, picture
from ..participation import charts

PARTICIPATION = ListPage.of(
    "contributions:participation",
    gettext_lazy("Who takes part: the figures"),
    gettext_lazy("Organizations and contributions by type, region, topic, dialogue, year and language."),
    (),
)


class ParticipationView(TemplateView):
    """Charts of participation: who takes part and on what. They are the same for every reader."""

    public_page = PARTICIPATION
    template_name = "contributions/participation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(charts=charts(), **kwargs)


class ParticipationTableView(View):
    """The numbers of all charts as one CSV file, or those of one chart."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest, anchor: str | None = None) -> HttpResponse:
        chosen = [chart_at(anchor)] if anchor else charts()
        rows = [(chart.title, bar.name, bar.number, bar.share) for chart in chosen for bar in chart.bars]
        head = (_("Chart"), _("Value"), pgettext("how many", "Number"), _("Share"))
        return HttpResponse(to_csv([head, *rows]), MEDIA_TYPES["csv"], headers=as_file(anchor, "csv"))


class ChartPictureView(View):
    """One chart as an SVG file that names its source and the day."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest, anchor: str) -> HttpResponse:
        # Translators: under a chart, such as “Constructive Dialogues, 5 May 2026, https://…”
        source = _("%(site)s, %(day)s, %(address)s") % {
            "site": site_name().text,
            "day": date_format(timezone.localdate(), "DATE_FORMAT"),
            "address": settings.BASE_URL + reverse("contributions:participation"),
        }
        return HttpResponse(picture(chart_at(anchor), source), "image/svg+xml", headers=as_file(anchor, "svg"))


def chart_at(anchor: str) -> Chart:
    """Return the chart with this anchor. Raise Http404 if there is none, or nothing to count in it."""
    for chart in charts():
        if chart.anchor == anchor:
            return chart
    raise Http404


def as_file(anchor: str | None, extension: str) -> dict[str, str]:
    """Return the header by which a browser saves an answer as a file."""
    name = f"participation-{anchor}" if anchor else "participation"
    return {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
