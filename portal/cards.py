"""The card of the site itself."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from cards.card import Card, register
from text.site_name import site_name


def card_of_site(language: str) -> Card:
    """Return the card of the site in a language of the interface, for pages that have no card of their own."""
    with translation.override(language):
        return Card(
            name=f"site-{language}",
            language=language[:2],
            text=_("Find what was said, recommended and submitted"),
            eyebrow=site_name().text,
            facts=(_("Proceedings of dialogues between States and civil society"),),
        )


class SiteCards:
    """The card of the site in each language of the interface."""

    name = "site"
    route = "site/<slug:language>.png"

    def card_at(self, **kwargs: object) -> Card:
        """Return the card in one language, or raise Http404 for another code."""
        language = str(kwargs["language"])
        if language not in dict(settings.LANGUAGES):
            raise Http404
        return card_of_site(language)

    def current_cards(self, names: Iterable[str]) -> Iterator[Card]:
        """Yield the card in each language."""
        return (card_of_site(code) for code, _name in settings.LANGUAGES)


register(SiteCards())
