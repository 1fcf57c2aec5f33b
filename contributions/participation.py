"""Charts of participation: who takes part and on which topics, counted over public records.

An organization counts if its name is public: as an affiliation in public proceedings, or in the byline of a public
contribution. Senders who withhold their name are counted neither by type nor by region: that could reveal who they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.models import Appearance, Dialogue, Organization, Topic
from publishing.models import localized
from text.localized import language_name

from .charts import Bar, Chart
from .list_filters import count_by_year, numbers_of
from .models import Contribution
from .models.byline import shown_organization
from .regions import Region, region_of

TOPICS = 20  # those with the most contributions
DIALOGUES = 20  # the latest


def charts() -> list[Chart]:
    """Return the charts that are not empty."""
    organizations = named_organizations()
    made = [by_type(organizations), by_region(organizations), by_topic(), by_dialogue(), by_year(), by_language()]
    return [chart for chart in made if chart.bars]


def named_organizations() -> set[Organization]:
    """Return organizations on record that spoke at a public dialogue or published a contribution under their name."""
    spoke = Appearance.objects.published().exclude(affiliation="")
    # One row for each way in which an organization appears, however many contributions there are.
    written = Contribution.objects.published().exclude(organization=None).order_by()
    rows = written.values_list("organization", "shown__organization_name", "shown__appear_as").distinct()
    wrote = {pk for pk, name, appear_as in rows if shown_organization(name, appear_as)}
    return set(Organization.objects.filter(Q(appearances__in=spoke) | Q(pk__in=wrote)))


def by_type(organizations: Iterable[Organization]) -> Chart:
    """Return the chart of organizations by type."""
    return Chart(
        anchor="kinds",
        title=_("Organizations by type"),
        of=_("Type of organization"),
        note=_("Organizations that are named in proceedings or under a contribution, each once."),
        bars=_bars(
            Counter(organization.type for organization in organizations),
            Organization.Type.choices,
            _("type not on record"),
            link="organization_type",
        ),
        total=len(set(organizations)),
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
            link="region",
        ),
        total=len(set(organizations)),
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
            Bar(topic.localized.name, topic.total, listed("topic", topic.slug))
            for topic in topics.filter(total__gt=0).order_by("-total", localized("name"), "slug")[:TOPICS]
        ],
        total=public.count(),
    )


def by_dialogue() -> Chart:
    """Return the chart of contributions by dialogue, the latest first."""
    numbers = _counts("call__dialogue")
    dialogues = Dialogue.objects.published().filter(pk__in=numbers).latest_first()[:DIALOGUES]
    return Chart(
        anchor="dialogues",
        title=_("Contributions by dialogue"),
        of=_("Dialogue"),
        note=_("Published contributions to the latest dialogues."),
        bars=[
            Bar(dialogue.localized.title, numbers[dialogue.pk], listed("dialogue", dialogue.slug))
            for dialogue in dialogues
        ],
        total=numbers.total(),
    )


def by_year() -> Chart:
    """Return the chart of contributions by the year of the dialogue. Years without any, between others, have a bar."""
    years = count_by_year(Contribution.objects.published())
    known = sorted(filter(None, years))
    span = range(known[0], known[-1] + 1) if known else range(0)
    return Chart(
        anchor="years",
        title=_("Contributions by year"),
        of=_("Year of the dialogue"),
        note=_("Published contributions, by the year of the dialogue that they were sent to."),
        bars=_bars(years, [(year, str(year)) for year in span], _("date not yet known"), link="year", with_zeros=True),
        total=years.total(),
        is_series=True,
    )


def by_language() -> Chart:
    """Return the chart of contributions by language."""
    languages = _counts("shown__language")
    names = [(code, language_name(code)) for code, _name in settings.CONTENT_LANGUAGES]
    return Chart(
        anchor="languages",
        title=_("Contributions by language"),
        of=_("Language"),
        note=_("Published contributions, by the language in which they were written."),
        bars=sorted(_bars(languages, names, link="language"), key=lambda bar: -bar.number),
        total=languages.total(),
    )


def listed(name: str, value: Any) -> str:
    """Return the address of the list of contributions with one filter."""
    return reverse("contributions:list", query={name: value})


def _counts(field: str) -> Counter:
    """Return how many public contributions have each value of a field."""
    public = Contribution.objects.published().order_by().values_list(field)
    return Counter(dict(public.annotate(total=Count("pk"))))


def _bars(
    numbers: Counter,
    choices: Iterable[tuple[Hashable, Any]],
    unknown: Any = "",
    *,
    link: str,
    with_zeros: bool = False,
) -> list[Bar]:
    """Return a bar for each choice that occurs, and at the end one for unknown values.

    `link` names the filter of the list of contributions by which a bar leads to what it counts.
    """
    # A bar of organizations that only spoke would lead to an empty list.
    has_some = numbers_of(link)
    known = [
        Bar(label, numbers[value], listed(link, value) if str(value) in has_some else "")
        for value, label in choices
        if numbers[value] or with_zeros
    ]
    rest = sum(numbers.values()) - sum(bar.number for bar in known)
    return [*known, Bar(unknown, rest, is_unknown=True)] if rest else known
