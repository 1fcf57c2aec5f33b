"""The public list of what dialogues recommended, as a page, a feed and a table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import F, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from publishing.pages import MACHINE_READ, ListPage
from publishing.spreadsheets import MEDIA_TYPES, to_csv
from text.lists import colon, detail_comma
from text.markup import strip_markdown
from text.site_name import site_name
from text.words import shorten

from ..forms import RecommendationFilterForm
from ..models import Paragraph
from ..querysets import RecommendationQuerySet
from ..recommendations import PATHS, Recommended, facets, in_readers_language, recommendations

FEED_LENGTH = 30
RECOMMENDATIONS = ListPage.of(
    "dialogues:recommendations",
    gettext_lazy("Recommendations"),
    gettext_lazy("What the dialogues recommended and concluded, with sources and what later dialogues say about it."),
    (*PATHS, "page"),
)


def filters_in(query: Mapping[str, Any]) -> dict[str, str]:
    """Return the valid filters of an address."""
    form = RecommendationFilterForm(query)
    form.is_valid()
    return {name: str(value) for name, value in form.cleaned_data.items() if value}


def in_order(found: RecommendationQuerySet) -> RecommendationQuerySet:
    """Order recommendations by their dialogue, newest first, and by their place in its summary."""
    placed = found.annotate(place=Min("paragraphs__position", filter=_is_shown()))
    return placed.order_by(F("dialogue__starts_on").desc(nulls_last=True), "dialogue__slug", "place", "pk")


def latest_first(found: RecommendationQuerySet) -> RecommendationQuerySet:
    """Order recommendations by when their summary was published, the latest first, and by their place in it."""
    published = Max("paragraphs__summary__published_at", filter=_is_shown())
    placed = found.annotate(published=published, place=Min("paragraphs__position", filter=_is_shown()))
    return placed.order_by("-published", "dialogue__slug", "place", "pk")


def _is_shown() -> Q:
    """Return a condition for the paragraphs that lists show: no order depends on a draft of a summary."""
    return Q(paragraphs__in=Paragraph.objects.published().in_newest_version())


class RecommendationListView(ListView):
    """What dialogues recommended, newest dialogue first, with filters that say how many each value gives."""

    public_page = RECOMMENDATIONS
    paginate_by = 30

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid filters of the address."""
        return filters_in(self.request.GET)

    def get_queryset(self) -> RecommendationQuerySet:
        return in_order(recommendations(self.chosen))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(facets=facets(self.chosen), **kwargs)
        rows = in_readers_language(context["object_list"])
        query = self.request.GET.copy()
        query.pop("page", None)
        return {**context, "rows": rows, "query": query.urlencode()}


class RecommendationTableView(View):
    """The same list as a CSV file, with the same filters."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = in_readers_language(in_order(recommendations(filters_in(request.GET))))
        head = (
            _("Dialogue"), _("Day"), _("Series"), _("Kind"), _("Paragraph"), _("Language"), _("Text"), _("Address"),
            _("Sources"), _("In later dialogues"),
        )  # fmt: skip
        headers = {"Content-Disposition": 'attachment; filename="recommendations.csv"'}
        return HttpResponse(to_csv([head, *map(table_row, rows)]), MEDIA_TYPES["csv"], headers=headers)


def table_row(row: Recommended) -> tuple[Any, ...]:
    """Return the cells of one recommendation. Several addresses in a cell are on lines of their own."""
    paragraph, dialogue = row.paragraph, row.dialogue
    sources = [source.url for section in row.sources for source in section.context["sources"]]
    return (
        dialogue.localized.title.text,
        dialogue.starts_on,
        dialogue.series.localized.name.text,
        row.recommendation.get_kind_display(),
        paragraph.label,
        paragraph.summary.language,
        strip_markdown(paragraph.text),
        settings.BASE_URL + paragraph.get_absolute_url(),
        "\n".join(settings.BASE_URL + url for url in sources),
        "\n".join(f"{words.kind}: {settings.BASE_URL}{words.url}" for words in row.later),
    )


class RecommendationFeed(Feed):
    """The recommendations that were published last, as Atom, with the filters of the list."""

    public_page = MACHINE_READ

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> dict[str, str]:
        return filters_in(request.GET)

    def title(self, chosen: Any) -> str:
        return f"{_('Recommendations')} – {site_name().text}"

    def link(self, chosen: Any) -> str:
        return reverse("dialogues:recommendations", query=chosen)

    def items(self, chosen: Any) -> list[Recommended]:
        return in_readers_language(latest_first(recommendations(chosen))[:FEED_LENGTH])

    def item_title(self, item: Recommended) -> str:
        paragraph = _("paragraph %(number)s") % {"number": item.paragraph.label}
        place = detail_comma().join([item.dialogue.localized.title.text, paragraph])
        return f"{item.recommendation.get_kind_display()}{colon()}{place}"

    def item_description(self, item: Recommended) -> str:
        return shorten(strip_markdown(item.paragraph.text), 600)

    def item_link(self, item: Recommended) -> str:
        return item.paragraph.get_absolute_url()

    def item_pubdate(self, item: Recommended) -> datetime | None:
        return item.paragraph.summary.published_at

    item_updateddate = item_pubdate
