"""What the heads of pages about a dialogue share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.linked_data import Step
from publishing.pages import ListPage

from .cards import card_of_dialogue, days_of
from .models import Dialogue

DIALOGUES = ListPage.of(
    "dialogues:list",
    gettext_lazy("Dialogues"),
    gettext_lazy("All dialogues between States and civil society, by series and year."),
    ("series", "year", "page"),
)


def steps_above(dialogue: Dialogue) -> list[Step]:
    """Return the steps above the page of a dialogue."""
    return [DIALOGUES.step, (dialogue.series, dialogue.series.get_absolute_url())]


def steps_within(dialogue: Dialogue) -> list[Step]:
    """Return the steps above a page that belongs to a dialogue."""
    return [*steps_above(dialogue), (dialogue, dialogue.get_absolute_url())]


def shared_card(dialogue: Dialogue) -> dict[str, Any]:
    """Return the card of a dialogue as arguments of a Head, for all pages below it that have none of their own."""
    return {"card": card_of_dialogue(dialogue), "card_address": reverse("cards:dialogue", args=[dialogue.slug])}


def describe(dialogue: Dialogue) -> str:
    """Return a sentence on a dialogue: when and where it takes place."""
    facts = [days_of(dialogue), dialogue.venue, dialogue.city]
    return _("%(series)s: summary, papers, quotes and written contributions. %(facts)s") % {
        "series": dialogue.series,
        "facts": ", ".join(filter(None, facts)),
    }
