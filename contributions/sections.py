"""What the pages of proceedings show of contributions, and of what stands behind a paragraph."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.awaited import Arrival
from dialogues.models import Dialogue
from dialogues.sections import arrivals, dialogue_sections, paragraph_sections, quote_sections, summary_sections
from publishing.slots import Section

from . import threads  # noqa: F401 - fills a slot too
from .models import Call, Contribution, Reflection
from .tracing import behind, reflected_in, sources

SHOWN = 12  # more stand behind a link: a page must stay light


@dialogue_sections.add
def on_dialogue(dialogue, user):
    """The open call, if any, and the newest published contributions of a dialogue."""
    contributions = Contribution.objects.published().filter(call__dialogue=dialogue)
    calls = list(Call.objects.published().open().filter(dialogue=dialogue))
    return build(contributions, {"dialogue": dialogue.slug}, calls)


@arrivals.add
def first_contributions(dialogues, user):
    """When the first contribution to each of these dialogues was published in each language, as arrivals."""
    slugs = {dialogue.pk: dialogue.slug for dialogue in dialogues}
    rows = (
        Contribution.objects.published()
        .filter(call__dialogue__in=slugs)
        .order_by()
        .values_list("call__dialogue", "shown__language")
        .annotate(first=Min("published_at"))
    )
    found = {pk: [] for pk in slugs}
    for pk, language, first in rows:
        address = reverse("contributions:list", query={"dialogue": slugs[pk]})
        found[pk].append(Arrival("contributions", language, first, address))
    return found


def build(contributions, query, calls=()):
    address = reverse("contributions:list", query=query)
    shown = list(contributions.for_lists()[: SHOWN + 1])
    more = contributions.count() if len(shown) > SHOWN else len(shown)
    return Section(
        anchor="contributions",
        title=_("Written contributions"),
        template="contributions/_section.html",
        context={"contributions": shown[:SHOWN], "total": more, "address": address, "calls": calls},
        open_until=max((call.closes_at for call in calls), default=None),
        is_empty=not shown and not calls,
        count=more,
    )


@quote_sections.add
def on_quote(quote, user):
    """The paragraphs in which a quote is reflected."""
    return reflected(quote)


def reflected(source):
    """The paragraphs of public summaries behind which a public contribution or quote stands."""
    paragraphs = reflected_in(source) if source.is_published else []
    return Section(
        anchor="reflected",
        title=_("Reflected in the summary"),
        template="contributions/_reflected.html",
        context={"paragraphs": paragraphs},
        is_empty=not paragraphs,
    )


@paragraph_sections.add
def on_paragraphs(summary, user):
    """{number: the public sources of that paragraph}, in a handful of queries for the whole summary."""
    found = behind(summary, Reflection.objects.visible_to(user))
    known = sources([row for rows in found.values() for row in rows])
    shown = {
        number: [known[row.key].at(row.place) for row in rows if row.key in known] for number, rows in found.items()
    }
    return {
        number: Section("sources", _("Sources"), "contributions/_sources.html", {"sources": some, "number": number})
        for number, some in shown.items()
        if some
    }


@summary_sections.add
def on_summary(summary, user):
    """For staff and chairs: the way to the page that says what is reflected nowhere yet."""
    preview = getattr(user, "preview", None)
    address = (
        reverse("contributions:coverage-preview", args=[preview.secret])
        if preview
        else reverse("contributions:coverage", args=[summary.dialogue.slug])
    )
    may_see = Dialogue.objects.open_to_comments_by(user).filter(pk=summary.dialogue_id).exists()
    return Section(
        anchor="coverage",
        title=_("Coverage"),
        template="contributions/_coverage_link.html",
        context={"address": address},
        is_empty=not may_see,
    )
