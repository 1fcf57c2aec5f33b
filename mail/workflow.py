"""Change the words of letters. Each change is in the history of the words, with the account that made it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .letter import Letter, Words, faults_of
from .models import LetterText


@transaction.atomic
def write_words(letter: Letter, language: str, words: Words, *, by: Any) -> None:
    """Use other words for a letter in one language. Words that are the default are not kept.

    Raises PermissionDenied, and ValidationError with a sentence for each part that can't be sent.
    """
    _require_permission(by)
    faults = list(faults_of(words, letter.fields))
    if faults:
        raise ValidationError({part: [sentence for where, sentence in faults if where == part] for part, _ in faults})
    if words == letter.default_words(language):
        use_default(letter, language, by=by)
        return
    text: Any = _locked(letter, language) or LetterText(letter=letter.name, language=language)
    if text.pk and text.words == words:
        return
    text.subject, text.body = words.subject, words.body
    text._history_user = by
    text.save()


@transaction.atomic
def use_default(letter: Letter, language: str, *, by: Any) -> bool:
    """Delete the words of staff for a letter in one language, and return whether there were any.

    Their history stays, so that they can be used again. Raises PermissionDenied.
    """
    _require_permission(by)
    text: Any = _locked(letter, language)
    if text is None:
        return False
    text._history_user = by
    text.delete()
    return True


def _locked(letter: Letter, language: str) -> LetterText | None:
    """Return the words of staff, locked until the transaction ends."""
    texts: Any = LetterText.objects.of(letter).filter(language=language)
    found: LetterText | None = texts.select_for_update().first()
    return found


def _require_permission(by: Any) -> None:
    if not by.has_perm("mail.change_lettertext"):
        raise PermissionDenied
