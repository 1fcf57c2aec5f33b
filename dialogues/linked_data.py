"""What pages say to machines in the words of schema.org (JSON-LD), of records that the page's gate let through."""

from django.conf import settings
from django.urls import reverse

from publishing.linked_data import address, day, organization, publisher, thing
from text.markup import strip_markdown

from .models import Dialogue

ATTENDANCE = {
    Dialogue.Format.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Dialogue.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Dialogue.Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def person_at(appearance):
    """A speaker as they appeared: with title and affiliation of that day."""
    return thing(
        "Person",
        name=appearance.speaker.name,
        url=address(appearance.speaker),
        jobTitle=appearance.title,
        affiliation=organization(appearance.affiliation),
    )


def person(speaker):
    """A speaker as they are today."""
    portrait = speaker.portrait
    shown = portrait is not None and portrait.state == portrait.State.READY
    return thing(
        "Person",
        name=speaker.name,
        url=address(speaker),
        jobTitle=speaker.title,
        affiliation=organization(speaker.organization and speaker.organization.name),
        description=strip_markdown(speaker.biography),
        image=shown and settings.BASE_URL + reverse("dialogues:portrait", args=[speaker.slug, 480]),
    )


def mention(dialogue):
    """A dialogue in a few words, where another record is about it."""
    return thing(
        "Event", name=dialogue.title, url=address(dialogue), startDate=day(dialogue.starts_on), location=place(dialogue)
    )


def event(dialogue, panels=(), appearances=()):
    """A dialogue with its panels and all who appeared, each once."""
    people = {appearance.speaker_id: appearance for appearance in appearances}
    return mention(dialogue) | thing(
        "Event",
        endDate=day(dialogue.last_day),
        description=strip_markdown(dialogue.description),
        eventAttendanceMode=ATTENDANCE.get(dialogue.format),
        inLanguage=dialogue.languages,
        about=thing("Thing", name=dialogue.series.name),
        performer=[person_at(appearance) for appearance in people.values()],
        subEvent=[part(panel) for panel in panels],
    )


def part(panel):
    """A panel in a few words."""
    return thing(
        "Event",
        name=panel.title,
        url=address(panel),
        startDate=(panel.starts_at and panel.starts_at.isoformat()) or day(panel.dialogue.starts_on),
        endDate=panel.ends_at and panel.ends_at.isoformat(),
        location=place(panel.dialogue),
    )


def panel_event(panel, appearances):
    """A panel with those who spoke there, as a part of its dialogue."""
    return part(panel) | thing(
        "Event",
        description=strip_markdown(panel.description),
        performer=[person_at(appearance) for appearance in appearances],
        superEvent=mention(panel.dialogue),
    )


def place(dialogue):
    """Where a dialogue is held: a place, its own page for one that is held online, or both."""
    name = dialogue.venue or dialogue.city
    there = name and thing("Place", name=name, address=", ".join(filter(None, [dialogue.venue, dialogue.city])))
    online = thing("VirtualLocation", url=address(dialogue))
    if dialogue.format == Dialogue.Format.ONLINE:
        return online
    return [there, online] if there and dialogue.format == Dialogue.Format.HYBRID else there


def quotation(quote):
    """Words, who said them as whom, and at which dialogue."""
    appearance = quote.appearance
    return thing(
        "Quotation",
        text=quote.text,
        url=address(quote),
        inLanguage=quote.language,
        creator=person_at(appearance),
        recordedAt=mention(appearance.dialogue),
        datePublished=day(quote.published_at),
        citation=quote.source_url or quote.source,
    )


def report(summary):
    """A summary in one language and version."""
    return thing(
        "Report",
        name=f"{summary.dialogue.title} ({summary.get_language_display()})",
        url=address(summary),
        inLanguage=summary.language,
        version=summary.version,
        datePublished=day(summary.published_at),
        about=mention(summary.dialogue),
        publisher=publisher(),
    )


def news(item, dialogues):
    """A news item, and the dialogues that it is about."""
    return thing(
        "NewsArticle",
        headline=item.title,
        url=address(item),
        inLanguage=item.language,
        datePublished=day(item.issued_on or item.published_at),
        about=[mention(dialogue) for dialogue in dialogues],
        isBasedOn=item.source_url,
    )


def subject(topic):
    """A topic."""
    name, description = topic.localized.name.text, strip_markdown(topic.description)
    return thing("DefinedTerm", name=name, url=address(topic), description=description)
