"""The cards of dialogues, summaries and quotes. A card shows nothing that the page of its record does not show."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cards.card import Card, RecordCards, register
from documents.models import Picture
from text.lists import joined
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


def card_of_dialogue(dialogue: Dialogue) -> Card:
    """Return the card of a dialogue in the language of its title: its series, days and place."""
    script = language_of(dialogue.title)
    language = dialogue.original_language if script == "en" else script
    with translation.override(interface_language(language)):
        texts = dialogue.localized
        place = joined([texts.venue.text, texts.city.text]) or dialogue.get_format_display()
        return Card(
            name=f"dialogue-{dialogue.pk}",
            language=language,
            text=dialogue.title,
            eyebrow=dialogue.series.localized.name.text,
            facts=(days_of(dialogue), place),
            site=site_name().text,
        )


def days_of(dialogue: Dialogue) -> str:
    """Return the first and last day of a dialogue as text, with the note on the date."""
    first, last = dialogue.starts_on, dialogue.last_day
    days = " – ".join(date_format(day, "DATE_FORMAT") for day in dict.fromkeys([first, last]) if day)
    note = dialogue.localized.date_note.text
    return f"{days} ({note})" if days and note else days or note


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


register(
    RecordCards(
        "dialogue",
        "dialogues/<slug:slug>.png",
        lambda: Dialogue.objects.published().select_related("series"),
        card_of_dialogue,
        {"slug": "slug"},
    )
)
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
