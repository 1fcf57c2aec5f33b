"""The cards of dialogues, summaries and quotes. A card shows nothing that the page of its record does not show."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cards.card import Card, RecordCards, register
from documents.models import Picture
from text.lists import in_brackets, joined
from text.localized import interface_language
from text.site_name import site_name

from .models import Dialogue, Quote, Speaker, Summary

PORTRAIT = 160  # pixels: the width of the rendition that is drawn


def card_of_quote(quote: Quote) -> Card:
    """Return the card of a quote in its own language: the words, the speaker, their role and the dialogue."""
    appearance = quote.appearance
    with translation.override(interface_language(quote.language)):
        return Card(
            name=f"quote-{quote.pk}",
            language=quote.language,
            text=quote.text,
            is_quote=True,
            person=appearance.speaker.name,
            role=appearance.as_given or appearance.get_role_display(),
            facts=(appearance.dialogue.localized.title.text,),
            portrait=portrait_of(appearance.speaker),
            site=site_name().text,
        )


def card_of_summary(summary: Summary) -> Card:
    """Return the card of a summary in its own language: the dialogue, its days, the language and version."""
    with translation.override(interface_language(summary.language)):
        edition = [summary.get_language_display(), summary.get_status_display()]
        if summary.version > 1:
            edition.append(_("version %d") % summary.version)
        return Card(
            name=f"summary-{summary.pk}",
            language=summary.language,
            text=summary.dialogue.localized.title.text,
            eyebrow=str(summary.dialogue.summary_name),
            facts=(" · ".join(edition), days_of(summary.dialogue)),
            site=site_name().text,
        )


def card_of_dialogue(dialogue: Dialogue, language: str) -> Card:
    """Return the card of a dialogue: its title, series, days and place.

    It is in `language` if the title has a translation into it, and otherwise in the language of the original.
    """
    title = dialogue.in_language("title", language)
    script = language_of(title.text)
    written = title.language if script == "en" else script
    with translation.override(interface_language(written)):
        texts = dialogue.localized
        place = joined([texts.venue.text, texts.city.text]) or dialogue.get_format_display()
        return Card(
            name=f"dialogue-{dialogue.pk}-{language}",
            language=written,
            text=title.text,
            eyebrow=dialogue.series.localized.name.text,
            facts=(days_of(dialogue), place),
            site=site_name().text,
        )


def days_of(dialogue: Dialogue) -> str:
    """Return the first and last day of a dialogue as text, with the note on the date."""
    first, last = dialogue.starts_on, dialogue.last_day
    days = " – ".join(date_format(day, "DATE_FORMAT") for day in dict.fromkeys([first, last]) if day)
    note = dialogue.localized.date_note.text
    return f"{days}{in_brackets(note)}" if days and note else days or note


def portrait_of(speaker: Speaker) -> str:
    """Return the name of the stored file of a speaker's portrait, or an empty string if none is ready."""
    picture = speaker.portrait
    rendition = picture.rendition_for(PORTRAIT) if picture and picture.state == Picture.State.READY else None
    return (rendition.file.name or "") if rendition else ""


def language_of(text: str) -> str:
    """Guess the language of a text from its script; English for Latin script."""
    scripts = {"ar": ("\u0600", "\u06ff"), "zh": ("\u4e00", "\u9fff"), "ru": ("\u0400", "\u04ff")}
    counted = {code: sum(low <= letter <= high for letter in text) for code, (low, high) in scripts.items()}
    code = max(counted, key=lambda script: counted[script])
    return code if counted[code] * 2 > sum(letter.isalpha() for letter in text) else "en"


class DialogueCards:
    """The card of each public dialogue in each language."""

    name = "dialogue"
    route = "dialogues/<slug:slug>/<slug:language>.png"

    def card_at(self, **kwargs: object) -> Card:
        """Return the card of a public dialogue in one language, or raise Http404."""
        language = str(kwargs["language"])
        if language not in dict(settings.CONTENT_LANGUAGES):
            raise Http404
        dialogues = Dialogue.objects.published().select_related("series")
        return card_of_dialogue(get_object_or_404(dialogues, slug=kwargs["slug"]), language)

    def current_cards(self, names: Iterable[str]) -> Iterator[Card]:
        """Yield the cards of the public dialogues that `names` (`dialogue-7-fr-<digest>`) belong to."""
        numbers = {name.split("-")[1] for name in names if name.startswith("dialogue-")}
        for dialogue in Dialogue.objects.published().select_related("series").filter(pk__in=numbers):
            for language, _name in settings.CONTENT_LANGUAGES:
                yield card_of_dialogue(dialogue, language)


register(DialogueCards())
register(
    RecordCards(
        "summary",
        "summaries/<slug:slug>/<slug:language>/v<int:version>.png",
        lambda: Summary.objects.published().select_related("dialogue"),
        card_of_summary,
        {"dialogue__slug": "slug", "language": "language", "version": "version"},
    )
)
register(
    RecordCards(
        "quote",
        "quotes/<int:number>.png",
        lambda: Quote.objects.published().for_page(),
        card_of_quote,
        {"number": "number"},
    )
)
