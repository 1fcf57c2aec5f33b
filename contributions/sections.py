"""What the pages of a dialogue and of a topic show of contributions."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.awaited import Arrival
from dialogues.sections import Section

from .models import Call, Contribution

SHOWN = 12  # more stand behind a link: a page must stay light


def on_dialogue(dialogue, user):
    """The open call, if any, and the newest published contributions of a dialogue."""
    contributions = Contribution.objects.published().filter(call__dialogue=dialogue)
    calls = list(Call.objects.published().open().filter(dialogue=dialogue))
    return build(contributions, {"dialogue": dialogue.slug}, calls)


def on_topic(topic, user):
    """The newest published contributions on a topic."""
    return build(Contribution.objects.published().filter(topics=topic), {"topic": topic.slug})


def arrivals(dialogues, user):
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
    )
