"""The metadata of pages of proceedings for social networks and search engines, with nodes of schema.org (JSON-LD).

Callers pass only records that the gate let through.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.file_responses import media_type_of
from publishing.addresses import reverse
from publishing.pages import ListPage, Step, Thing, address, day, media, organization, publisher, thing
from text.lists import joined
from text.localized import content_language
from text.markup import strip_markdown

from .cards import card_of_dialogue, days_of
from .models import Appearance, Dialogue, NewsItem, Panel, Paper, Quote, Speaker, Statement, Summary, Topic

ATTENDANCE_MODES: dict[str, str] = {
    Dialogue.Format.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Dialogue.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Dialogue.Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}
DIALOGUES = ListPage.of(
    "dialogues:list",
    gettext_lazy("Dialogues"),
    gettext_lazy("All dialogues between States and civil society, by series and year."),
    ("series", "year", "page"),
)


def steps_above(dialogue: Dialogue) -> list[Step]:
    """Return the steps above the page of a dialogue."""
    return [DIALOGUES.step, (dialogue.series.localized.name.text, dialogue.series.get_absolute_url())]


def steps_within(dialogue: Dialogue) -> list[Step]:
    """Return the steps above a page that belongs to a dialogue."""
    return [*steps_above(dialogue), (dialogue.localized.title.text, dialogue.get_absolute_url())]


def shared_card(dialogue: Dialogue) -> dict[str, Any]:
    """Return the card of a dialogue as arguments of a Head, for all pages below it that have no card of their own."""
    language = content_language()
    card_address = reverse("cards:dialogue", args=[dialogue.slug, language])
    return {"card": card_of_dialogue(dialogue, language), "card_address": card_address}


def describe(dialogue: Dialogue) -> str:
    """Return a sentence that says when and where a dialogue takes place."""
    facts = [days_of(dialogue), dialogue.localized.venue.text, dialogue.localized.city.text]
    return _("%(series)s: summary, papers, quotes and written contributions. %(facts)s") % {
        "series": dialogue.series.localized.name.text,
        "facts": joined(facts),
    }


def dialogue_reference(dialogue: Dialogue) -> Thing:
    """Return a dialogue as a short Event, for records that are about it."""
    return thing(
        "Event",
        name=dialogue.localized.title.text,
        url=address(dialogue),
        startDate=day(dialogue.starts_on),
        location=_locations(dialogue),
    )


def dialogue_event(dialogue: Dialogue, panels: Iterable[Panel], appearances: Iterable[Appearance]) -> Thing:
    """Return a dialogue as an Event with its panels and all people who appeared, each person once."""
    people = {appearance.speaker_id: appearance for appearance in appearances}
    return dialogue_reference(dialogue) | thing(
        "Event",
        endDate=day(dialogue.last_day),
        description=strip_markdown(dialogue.localized.description.text),
        eventAttendanceMode=ATTENDANCE_MODES.get(dialogue.format),
        inLanguage=dialogue.languages,
        about=thing("Thing", name=dialogue.series.localized.name.text),
        performer=[_appearing_person(appearance) for appearance in people.values()],
        subEvent=[_panel_reference(panel) for panel in panels],
    )


def panel_event(panel: Panel, appearances: Iterable[Appearance]) -> Thing:
    """Return a panel as an Event within its dialogue, with those who spoke there."""
    return _panel_reference(panel) | thing(
        "Event",
        description=strip_markdown(panel.localized.description.text),
        performer=[_appearing_person(appearance) for appearance in appearances],
        superEvent=dialogue_reference(panel.dialogue),
    )


def speaker_person(speaker: Speaker) -> Thing:
    """Return a speaker as a Person, with their current title and organization."""
    portrait = speaker.portrait
    has_image = portrait is not None and portrait.state == portrait.State.READY
    return thing(
        "Person",
        name=speaker.name,
        url=address(speaker),
        jobTitle=speaker.localized.title.text,
        affiliation=organization(speaker.organization.localized.name.text if speaker.organization else None),
        description=strip_markdown(speaker.localized.biography.text),
        image=has_image and settings.BASE_URL + reverse("dialogues:portrait", args=[speaker.slug, 480]),
    )


def quotation(quote: Quote) -> Thing:
    """Return a quote as a Quotation, with its speaker and the dialogue."""
    appearance = quote.appearance
    return thing(
        "Quotation",
        text=quote.text,
        url=address(quote),
        inLanguage=quote.language,
        creator=_appearing_person(appearance),
        recordedAt=dialogue_reference(appearance.dialogue),
        datePublished=day(quote.published_at),
        citation=quote.source_url or quote.source,
    )


def statement_speech(statement: Statement) -> Thing:
    """Return a statement as a CreativeWork by the person or organization that delivered it, with its file."""
    document, person = statement.document, statement.appearance
    return thing(
        "CreativeWork",
        name=statement.localized_name.text,
        url=address(statement),
        inLanguage=statement.language,
        creator=_appearing_person(person) if person else organization(statement.delivered_by),
        recordedAt=dialogue_reference(statement.dialogue),
        datePublished=day(statement.published_at),
        encoding=document
        and document.copy
        and media(media_type_of(document), statement.get_download_url(), document.shown_size),
    )


def summary_report(summary: Summary) -> Thing:
    """Return one language and version of a summary as a Report."""
    return thing(
        "Report",
        name=f"{summary.dialogue.localized.title.text} ({summary.get_language_display()})",
        url=address(summary),
        inLanguage=summary.language,
        version=summary.version,
        datePublished=day(summary.published_at),
        about=dialogue_reference(summary.dialogue),
        publisher=publisher(),
    )


def paper_report(paper: Paper) -> Thing:
    """Return a paper as a Report with its file."""
    return thing(
        "Report",
        name=paper.localized.title.text,
        url=address(paper),
        inLanguage=paper.language,
        datePublished=day(paper.published_at),
        about=dialogue_reference(paper.dialogue),
        publisher=publisher(),
        encoding=media(media_type_of(paper.document), paper.get_download_url(), paper.document.shown_size),
    )


def news_article(item: NewsItem, dialogues: Iterable[Dialogue]) -> Thing:
    """Return a news item as a NewsArticle about dialogues."""
    return thing(
        "NewsArticle",
        headline=item.localized.title.text,
        url=address(item),
        inLanguage=item.language,
        datePublished=day(item.issued_on or item.published_at),
        about=[dialogue_reference(dialogue) for dialogue in dialogues],
        isBasedOn=item.source_url,
    )


def topic_term(topic: Topic) -> Thing:
    """Return a topic as a DefinedTerm."""
    name, description = topic.localized.name.text, strip_markdown(topic.localized.description.text)
    return thing("DefinedTerm", name=name, url=address(topic), description=description)


def _panel_reference(panel: Panel) -> Thing:
    return thing(
        "Event",
        name=panel.localized.title.text,
        url=address(panel),
        startDate=(panel.starts_at and panel.starts_at.isoformat()) or day(panel.dialogue.starts_on),
        endDate=panel.ends_at and panel.ends_at.isoformat(),
        location=_locations(panel.dialogue),
    )


def _appearing_person(appearance: Appearance) -> Thing:
    """Return a speaker as a Person, with the title and affiliation of that day."""
    return thing(
        "Person",
        name=appearance.speaker.name,
        url=address(appearance.speaker),
        jobTitle=appearance.title,
        affiliation=organization(appearance.affiliation),
    )


def _locations(dialogue: Dialogue) -> Thing | list[Thing] | None:
    """Return where a dialogue is held: the place, the dialogue's own page if it is held online, or both."""
    lines = [line for line in (dialogue.localized.venue.text, dialogue.localized.city.text) if line]
    place = thing("Place", name=lines[0], address=joined(lines)) if lines else None
    online = thing("VirtualLocation", url=address(dialogue))
    if dialogue.format == Dialogue.Format.ONLINE:
        return online
    return [place, online] if place and dialogue.format == Dialogue.Format.HYBRID else place
