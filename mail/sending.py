"""Send letters: in the words of staff where they wrote some that can be sent, otherwise in the default words."""

import logging
from collections.abc import Callable, Mapping

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from text.site_name import site_name

from .letter import KINDS, Letter, Words, faults_of
from .models import LetterText

logger = logging.getLogger(__name__)


def current_words(letter: Letter, language: str) -> Words:
    """Return the words in which a letter goes out now in a language of the interface, with fields in braces.

    Words of staff that can't be sent, because a later version of the portal has other fields, are not used.
    """
    text = LetterText.objects.of(letter).filter(language=language).first()
    if text is None:
        return letter.default_words(language)
    if list(faults_of(text.words, letter.fields)):
        logger.warning("The words of staff for %s (%s) can't be sent; the default goes out.", letter.name, language)
        return letter.default_words(language)
    return text.words


def unusable_texts() -> list[tuple[LetterText, str]]:
    """Return the words of staff that can't be sent, each with a sentence that says why."""
    found = []
    for text in LetterText.objects.all():
        letter = KINDS.get(text.letter)
        faults = faults_of(text.words, letter.fields) if letter else iter(())
        found += [(text, sentence) for _part, sentence in [*faults][:1]]
    return found


def send_test(words: Words, address: str, *, language: str) -> None:
    """Queue filled words to the member of staff who tries them. The subject says that it is a test."""
    with override(language):
        subject = _("Test: %(subject)s") % {"subject": words.subject}
    EmailMessage(subject, words.body, None, [address]).send()


def send_letter(
    letter: Letter,
    address: str,
    values: Callable[[], Mapping[str, str]],
    *,
    language: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Queue a letter to one address, in a language of the interface.

    `values` is called while that language is active, and returns the value of each field that the letter declares.
    """
    with override(language):
        filled = current_words(letter, language).filled({**values(), "site": site_name().text})
    EmailMessage(filled.subject, filled.body, None, [address], headers=dict(headers or {})).send()
