"""What the head of a page says to networks and search engines: of each kind of record, in a sentence and in data."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cards.card import Card
from contributions import linked_data as written
from dialogues import linked_data
from dialogues.cards import card_of_dialogue, card_of_quote, card_of_summary, days_of
from text.markup import strip_markdown

from .cards import card_of_site
from .public import LISTS

LONGEST = 200  # characters of a description


@dataclass
class Head:
    """What is said of one page. `steps` are the pages above it, as (name, address)."""

    title: str
    description: str
    steps: list
    things: list = field(default_factory=list)
    kind: str = "website"
    card: Card | None = None
    card_address: str = ""

    def __post_init__(self):
        if self.card is None:
            self.card = card_of_site(get_language())
            self.card_address = reverse("cards:site", args=[get_language()])

    @property
    def picture(self):
        """The absolute address of its card; a card that changed has another, since networks keep what they have."""
        return f"{settings.BASE_URL}{self.card_address}?v={self.card.digest}"

    def data(self, canonical):
        """All of it as one JSON-LD document."""
        steps = [*self.steps, (self.title, canonical.removeprefix(settings.BASE_URL))]
        trail = [linked_data.breadcrumbs(steps)] if self.steps else []
        return {"@context": "https://schema.org", "@graph": [*self.things, *trail]}


def cut(text, most=LONGEST):
    """A text in one line of at most so many characters, which ends at a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    start = line[: most - 1]
    words, _space, _rest = start.rpartition(" ")
    return (words if len(words) > most // 2 else start).rstrip(" ,;:–—،，、") + "…"


def top(name):
    """A step to one of the lists."""
    return LISTS[name].title, reverse(name)


def of_list(name):
    """The head of a page that is not about one record."""
    page = LISTS[name]
    things = [linked_data.site()] if name == "home" else []
    steps = [] if name == "home" else [(settings.SITE_NAME, reverse("home"))]
    return Head(str(page.title), str(page.description), steps, things)


def above(dialogue):
    """The steps to what belongs to a dialogue."""
    return [top("dialogues:list"), (dialogue.series, dialogue.series.get_absolute_url())]


def within(dialogue):
    return [*above(dialogue), (dialogue, dialogue.get_absolute_url())]


def card_of(dialogue):
    """The card of a dialogue, for all pages below it that have none."""
    return {"card": card_of_dialogue(dialogue), "card_address": reverse("cards:dialogue", args=[dialogue.slug])}


def about(dialogue):
    """A sentence on a dialogue: when and where."""
    facts = [days_of(dialogue), dialogue.venue, dialogue.city]
    return _("%(series)s: summary, papers, quotes and written contributions. %(facts)s") % {
        "series": dialogue.series,
        "facts": ", ".join(filter(None, facts)),
    }


def dialogue(record, **context):
    event = linked_data.event(record, record.panels.all(), record.appearances.all())
    description = cut(strip_markdown(record.description)) or about(record)
    return Head(record.title, description, above(record), [event], **card_of(record))


def quotes_of(record, **context):
    title = _("Quotes, %(dialogue)s") % {"dialogue": record}
    description = _("What speakers said at %(dialogue)s, word for word.") % {"dialogue": record}
    return Head(title, description, within(record), **card_of(record))


def panel(record, appearances, **context):
    description = cut(strip_markdown(record.description)) or about(record.dialogue)
    event = linked_data.panel_event(record, appearances)
    return Head(record.title, description, within(record.dialogue), [event], **card_of(record.dialogue))


def summary(record, paragraphs=(), **context):
    names = {"dialogue": record.dialogue, "language": record.get_language_display()}
    title = _("Co-Chairs’ summary, %(dialogue)s (%(language)s)") % names
    text = next((strip_markdown(paragraph.text) for paragraph in paragraphs if not paragraph.level), "")
    place = reverse("cards:summary", args=[record.dialogue.slug, record.language, record.version])
    return Head(
        title,
        cut(text) or title,
        within(record.dialogue),
        [linked_data.report(record)],
        "article",
        card_of_summary(record),
        place,
    )


def quote(record, **context):
    title = _("%(name)s: a quote from %(dialogue)s") % {
        "name": record.appearance.speaker,
        "dialogue": record.appearance.dialogue,
    }
    return Head(
        title,
        cut(record.text),
        within(record.appearance.dialogue),
        [linked_data.quotation(record)],
        "article",
        card_of_quote(record),
        reverse("cards:quote", args=[record.pk]),
    )


def speaker(record, **context):
    known = _("Where %(name)s appeared, as whom, and what was said, word for word.") % {"name": record}
    description = cut(strip_markdown(record.biography)) or known
    return Head(record.name, description, [top("dialogues:speaker-list")], [linked_data.person(record)], "profile")


def news(record, dialogues, **context):
    article = linked_data.news(record, dialogues)
    return Head(record.title, cut(strip_markdown(record.text)), [top("dialogues:news-list")], [article], "article")


def topic(record, **context):
    name = record.localized.name.text
    about_it = _("Dialogues, panels and contributions on: %(topic)s") % {"topic": name}
    description = cut(strip_markdown(record.description)) or about_it
    return Head(name, description, [top("dialogues:topic-list")], [linked_data.subject(record)])


def call(record, **context):
    asked = _("A call for written contributions to %(dialogue)s.") % {"dialogue": record.dialogue}
    return Head(
        record.title, cut(strip_markdown(record.guidance)) or asked, within(record.dialogue), **card_of(record.dialogue)
    )


def contribution(record, dialogue, revision, **context):
    byline = str(revision.byline) or _("name withheld at the sender’s request")
    description = _("A written contribution: %(byline)s.") % {"byline": byline}
    if dialogue:
        description = _("A written contribution to %(dialogue)s: %(byline)s.") % {
            "dialogue": dialogue,
            "byline": byline,
        }
    steps = within(dialogue) if dialogue else [top("contributions:list")]
    return Head(revision.title, cut(description), steps, [written.report(record, dialogue)], "article")


MAKERS = {
    "dialogues:detail": dialogue,
    "dialogues:dialogue-quotes": quotes_of,
    "dialogues:panel-detail": panel,
    "dialogues:summary-version": summary,
    "dialogues:summary-beside": summary,
    "dialogues:summary-changes": summary,
    "dialogues:speaker-detail": speaker,
    "dialogues:quote-detail": quote,
    "dialogues:news-detail": news,
    "dialogues:topic-detail": topic,
    "contributions:call": call,
    "contributions:detail": contribution,
}


def head_of(name, context):
    """The Head of the page of that name, from what its template was given; None where that is no record.

    What was withdrawn by its sender is such a page: it says so at the record's address, and has nothing to share.
    """
    if name in LISTS:
        return of_list(name)
    record = context.get("dialogue" if name == "dialogues:dialogue-quotes" else "object")
    if record is None or name not in MAKERS:
        return None
    wanted = ("appearances", "paragraphs", "dialogues", "dialogue", "revision")
    known = {word: context[word] for word in wanted if word in context}
    return MAKERS[name](record, **known)
