"""Who takes part and on what, in numbers of what everyone may read.

A body counts where it is named to everyone: by an affiliation in public proceedings, or by the byline of a public
contribution. Who appears without a name is counted neither by kind nor by region, which together could tell who it is.
"""

from collections import Counter

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contributions.charts import Bar, Chart
from contributions.models import Contribution
from dialogues.models import Appearance, Organization, Topic
from dialogues.regions import Region, region_of
from publishing.models import localized

TOPICS = 20  # those that most was written on


def charts():
    """The charts of which there is something to show."""
    bodies = named_bodies()
    found = [by_kind(bodies), by_region(bodies), by_topic(), by_year(), by_language()]
    return [chart for chart in found if chart.bars]


def named_bodies():
    """Organizations on record that spoke at a public dialogue or wrote something public, under their name."""
    spoke = Appearance.objects.published().exclude(affiliation="")
    written = Contribution.objects.published().select_related("organization", "shown").defer("shown__text")
    wrote = {contribution.public_organization for contribution in written.exclude(organization=None)}
    return (wrote - {None}) | set(Organization.objects.filter(appearances__in=spoke))


def by_kind(bodies):
    return Chart(
        anchor="kinds",
        title=_("Organizations by kind"),
        of=_("Kind"),
        note=_("Organizations that are named in proceedings or under a contribution, each once."),
        bars=bars(Counter(body.type for body in bodies), Organization.Type.choices, _("kind not on record")),
    )


def by_region(bodies):
    return Chart(
        anchor="regions",
        title=_("Organizations by region"),
        of=_("Region"),
        note=_("The same organizations, by the United Nations’ statistical regions (M49)."),
        bars=bars(Counter(region_of(body.country) or "" for body in bodies), Region.choices, _("no country on record")),
    )


def by_topic():
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
            for topic in topics.filter(total__gt=0).order_by("-total", localized("name"))[:TOPICS]
        ],
    )


def by_year():
    years = counted(ExtractYear("call__dialogue__starts_on"))
    return Chart(
        anchor="years",
        title=_("Contributions by year"),
        of=_("Year of the dialogue"),
        note=_("Published contributions, by the year of the dialogue that they were sent to."),
        bars=bars(years, [(year, str(year)) for year in sorted(filter(None, years))], _("date not yet known")),
    )


def by_language():
    return Chart(
        anchor="languages",
        title=_("Contributions by language"),
        of=_("Language"),
        note=_("Published contributions, by the language in which they were written."),
        bars=sorted(bars(counted("shown__language"), settings.CONTENT_LANGUAGES), key=lambda bar: -bar.number),
    )


def counted(field):
    """{value: how many public contributions have it}."""
    public = Contribution.objects.published().order_by().values_list(field)
    return Counter(dict(public.annotate(total=Count("pk"))))


def bars(numbers, choices, unknown=""):
    """A bar for each choice that occurs, and at the end one for what is not known."""
    known = [Bar(label, numbers[value]) for value, label in choices if numbers[value]]
    rest = sum(numbers.values()) - sum(bar.number for bar in known)
    return [*known, Bar(unknown, rest, is_unknown=True)] if rest else known
