"""What the pages of a dialogue and of a topic show of contributions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
        fulfils={"contributions"} if shown else set(),
        is_empty=not shown and not calls,
    )
