"""What a topic's thread shows of contributions, dialogue by dialogue."""

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.models import Summary
from dialogues.sections import topic_sections
from publishing.slots import Section

from .models import Contribution, Reflection

SHOWN = 5  # of each dialogue; more stand behind a link


@topic_sections.add
def on_topic(topic, user):
    """{id of a dialogue: its newest published contributions on a topic, and where summaries reflect any of them}."""
    by_dialogue = {}
    for contribution in newest_on(topic):
        by_dialogue.setdefault(contribution.call.dialogue_id, []).append(contribution)
    paragraphs = paragraphs_on(topic, by_dialogue)
    return {pk: section(topic, some, paragraphs.get(pk, [])) for pk, some in by_dialogue.items()}


def newest_on(topic):
    """The newest of each dialogue, each with the `total` of that dialogue."""
    each = {"partition_by": F("call__dialogue")}
    rank = Window(RowNumber(), order_by=[F("published_at").desc(), F("pk").desc()], **each)
    contributions = Contribution.objects.published().filter(topics=topic)
    contributions = contributions.annotate(rank=rank, total=Window(Count("pk"), **each)).filter(rank__lte=SHOWN)
    return contributions.for_lists().order_by("-published_at", "-pk")


def paragraphs_on(topic, dialogues):
    """{id of a dialogue: paragraphs of its current summaries behind which public contributions on the topic stand}."""
    current = Summary.objects.published().filter(dialogue__in=dialogues).current()
    pks = {summary.pk for summary in current}
    rows = Reflection.objects.published().filter(contribution__in=Contribution.objects.published().filter(topics=topic))
    found = {}
    for row in rows.select_related("paragraph__summary__dialogue").order_by("paragraph__summary", "paragraph__number"):
        paragraph = row.paragraph
        if paragraph.summary_id in pks and row.is_confirmed and row.holds:
            found.setdefault(paragraph.summary.dialogue_id, {})[paragraph.pk] = paragraph
    return {pk: list(paragraphs.values()) for pk, paragraphs in found.items()}


def section(topic, contributions, paragraphs):
    dialogue = contributions[0].call.dialogue
    return Section(
        anchor=f"contributions-{dialogue.slug}",
        title=_("Written contributions"),
        template="contributions/_on_thread.html",
        context={
            "contributions": contributions,
            "total": contributions[0].total,
            "address": reverse("contributions:list", query={"dialogue": dialogue.slug, "topic": topic.slug}),
            "paragraphs": paragraphs,
        },
    )
