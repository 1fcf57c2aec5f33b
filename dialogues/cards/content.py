"""What stands on a card, taken from a record that the gate let through; no card says more than its page does."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.models import Picture

from .fonts import missing

DRAWING = 1  # a new number when cards are drawn otherwise, so that none of the old ones is shown
PORTRAIT = 160  # pixels: the width of the rendition that is drawn


@dataclass(frozen=True)
class Card:
    """All that is on a card. `name` is its file's, without the digest; an empty text is left out."""

    name: str
    language: str
    text: str
    is_quote: bool = False
    eyebrow: str = ""
    person: str = ""
    role: str = ""
    facts: tuple = ()
    portrait: str = ""
    site: str = ""

    @property
    def words(self):
        """What is on it, for those who cannot see it."""
        text = f"“{self.text}”" if self.is_quote else self.text
        return ", ".join(filter(None, [self.eyebrow, text, self.person, self.role, *self.facts]))

    @property
    def digest(self):
        """A name for just this content: a record that changed has another card, and so has a new drawing of it.

        Cards that were made while fonts were missing are not those that are made with them.
        """
        content = [DRAWING, missing(), asdict(self)]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def of_quote(quote):
    """The card of a quote, in its language: the words, who said them, as whom and where."""
    appearance = quote.appearance
    with translation.override(interface(quote.language)):
        return Card(
            name=f"quote-{quote.pk}",
            language=quote.language,
            text=quote.text,
            is_quote=True,
            person=appearance.speaker.name,
            role=appearance.as_given or appearance.get_role_display(),
            facts=(appearance.dialogue.title,),
            portrait=portrait_of(appearance.speaker),
            site=settings.SITE_NAME,
        )


def of_summary(summary):
    """The card of a summary, in its language: of which dialogue it is, which edition, and the days of the dialogue."""
    with translation.override(interface(summary.language)):
        edition = [summary.get_language_display(), summary.get_status_display()]
        if summary.version > 1:
            edition.append(_("version %d") % summary.version)
        return Card(
            name=f"summary-{summary.pk}",
            language=summary.language,
            text=summary.dialogue.title,
            eyebrow=_("Co-Chairs’ summary"),
            facts=(" · ".join(edition), day_of(summary.dialogue)),
            site=settings.SITE_NAME,
        )


def of_dialogue(dialogue):
    """The card of a dialogue, in the language of its title: its series, its days and its place."""
    language = language_of(dialogue.title)
    with translation.override(interface(language)):
        place = ", ".join(filter(None, [dialogue.venue, dialogue.city])) or dialogue.get_format_display()
        return Card(
            name=f"dialogue-{dialogue.pk}",
            language=language,
            text=dialogue.title,
            eyebrow=dialogue.series.name,
            facts=(day_of(dialogue), place),
            site=settings.SITE_NAME,
        )


def of_site(language):
    """The card of all pages that have none of their own, in a language of the interface."""
    with translation.override(language):
        return Card(
            name=f"site-{language}",
            language=language[:2],
            text=_("What was said, what was written, and where to find it"),
            eyebrow=settings.SITE_NAME,
            facts=(_("Proceedings of dialogues between States and civil society"),),
        )


def day_of(dialogue):
    """The days of a dialogue, and the note on them."""
    first, last = dialogue.starts_on, dialogue.last_day
    days = " – ".join(date_format(day, "DATE_FORMAT") for day in dict.fromkeys([first, last]) if day)
    return f"{days} ({dialogue.date_note})" if days and dialogue.date_note else days or dialogue.date_note


def portrait_of(speaker):
    """The stored file of a speaker's portrait; empty where none is ready."""
    picture = speaker.portrait
    rendition = picture.rendition_for(PORTRAIT) if picture and picture.state == Picture.State.READY else None
    return rendition.file.name if rendition else ""


def interface(language):
    """The language of the words around a text: its own where the interface speaks it, else English."""
    spoken = (code for code, _ in settings.LANGUAGES if code.partition("-")[0] == language)  # zh is spoken as zh-hans
    return next(spoken, settings.LANGUAGE_CODE)


def language_of(text):
    """The language to set a text in whose language nobody noted, by its letters; English where they say nothing."""
    scripts = {"ar": ("\u0600", "\u06ff"), "zh": ("\u4e00", "\u9fff"), "ru": ("\u0400", "\u04ff")}
    counted = {code: sum(low <= letter <= high for letter in text) for code, (low, high) in scripts.items()}
    code = max(counted, key=counted.get)
    return code if counted[code] * 2 > sum(letter.isalpha() for letter in text) else "en"
