"""Charts of participation: who takes part and on which topics, counted over public records.

An organization counts if its name is public: as an affiliation in public proceedings, or in the byline of a public
contribution. Senders who withhold their name are counted neither by type nor by region: that could reveal who they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, Expression, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.models import Appearance, Organization, Topic
from publishing.models import localized

from .charts import Bar, Chart
from .models import Contribution
from .models.byline import shown_organization
from .regions import Region, region_of

TOPICS = 20  # those with the most contributions


def charts() -> list[Chart]:
    """Return the charts that are not empty."""
    organizations = named_organizations()
    made = [by_type(organizations), by_region(organizations), by_topic(), by_year(), by_language()]
    return [chart for chart in made if chart.bars]


def named_organizations() -> set[Organization]:
    """Return organizations on record that spoke at a public dialogue or published a contribution under their name."""
    spoke = Appearance.objects.published().exclude(affiliation="")
    # However many contributions there are, one row for each way in which an organization appears.
    written = Contribution.objects.published().exclude(organization=None).order_by()
    rows = written.values_list("organization", "shown__organization_name", "shown__appear_as").distinct()
    wrote = {pk for pk, name, appear_as in rows if shown_organization(name, appear_as)}
    return set(Organization.objects.filter(Q(appearances__in=spoke) | Q(pk__in=wrote)))


def by_type(organizations: Iterable[Organization]) -> Chart:
    """Return the chart of organizations by type."""
    return Chart(
        anchor="kinds",
        title=_("Organizations by kind"),
        of=_("Kind"),
        note=_("Organizations that are named in proceedings or under a contribution, each once."),
        bars=_bars(
            Counter(organization.type for organization in organizations),
            Organization.Type.choices,
            _("kind not on record"),
        ),
    )


def by_region(organizations: Iterable[Organization]) -> Chart:
    """Return the chart of organizations by region of the United Nations (M49)."""
    return Chart(
        anchor="regions",
        title=_("Organizations by region"),
        of=_("Region"),
        note=_("The same organizations, by the United Nations’ statistical regions (M49)."),
        bars=_bars(
            Counter(region_of(organization.country) or "" for organization in organizations),
            Region.choices,
            _("no country on record"),
        ),
    )


def by_topic() -> Chart:
    """Return the chart of contributions by topic."""
    public = Contribution.objects.published().values("pk")
    topics = Topic.objects.published().annotate(
        total=Count("contributions", filter=Q(contributions__in=public), distinct=True)
    )
    return Chart(
        anchor="topics",
        title=_("Contributions by topic"),
        of=_("Topic"),
        note=_("Published contributions; one on several topics counts for each of them."),
        bars=[
            Bar(topic.localized.name, topic.total, reverse("contributions:list", query={"topic": topic.slug}))
            for topic in topics.filter(total__gt=0).order_by("-total", localized("name"), "slug")[:TOPICS]
        ],
    )


def by_year() -> Chart:
    """Return the chart of contributions by the year of the dialogue."""
    years = _counts(ExtractYear("call__dialogue__starts_on"))
    return Chart(
        anchor="years",
        title=_("Contributions by year"),
        of=_("Year of the dialogue"),
        note=_("Published contributions, by the year of the dialogue that they were sent to."),
        bars=_bars(years, [(year, str(year)) for year in sorted(filter(None, years))], _("date not yet known")),
    )


def by_language() -> Chart:
    """Return the chart of contributions by language."""
    return Chart(
        anchor="languages",
        title=_("Contributions by language"),
        of=_("Language"),
        note=_("Published contributions, by the language in which they were written."),
        bars=sorted(_bars(_counts("shown__language"), settings.CONTENT_LANGUAGES), key=lambda bar: -bar.number),
    )


def _counts(field: str | Expression) -> Counter:
    """Return how many public contributions have each value of a field."""
    public = Contribution.objects.published().order_by().values_list(field)
    return Counter(dict(public.annotate(total=Count("pk"))))


def _bars(numbers: Counter, choices: Iterable[tuple[Hashable, Any]], unknown: Any = "") -> list[Bar]:
    """Return a bar for each choice that occurs, and at the end one for unknown values."""
    known = [Bar(label, numbers[value]) for value, label in choices if numbers[value]]
    rest = sum(numbers.values()) - sum(bar.number for bar in known)
    return [*known, Bar(unknown, rest, is_unknown=True)] if rest else known
