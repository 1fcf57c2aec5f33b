"""Letters from staff to the filers of a call: write one, discard it, and send it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from mail.letter import Values, Words, faults_of
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission
from text.localized import moment_text
from text.site_name import site_name

from ..letters import fields_for
from ..models import REACHABLE_STATES, Call, CallLetter, Contribution
from .move_letters import address_of_own
from .moves import WrongStateError

BULK = {"Precedence": "bulk"}  # sign-in codes go out before such email


def recipients_of(call: Call, states: Sequence[str]) -> Any:
    """Return the accounts that a letter goes to, each once: of filers and of the teams with which they share.

    Only accounts with a proved address count. States in which nobody is written to, such as withdrawn, are ignored.
    """
    wanted = [state for state in states if state in REACHABLE_STATES]
    found = Contribution.objects.filter(call=call, state__in=wanted)
    return get_user_model().objects.reachable().filter(pk__in=found.order_by().writers().values("pk"))


def recipient_counts(call: Call) -> dict[str, int]:
    """Return how many accounts can be written to in each state of their contributions to a call."""
    return {state.value: recipients_of(call, [state]).count() for state in REACHABLE_STATES}


def language_counts(letter: CallLetter) -> dict[str, int]:
    """Return how many recipients read each language of the interface, the most first."""
    return dict(Counter(recipients_of(letter.call, letter.states).values_list("language", flat=True)).most_common())


def values_for(call: Call) -> dict[str, str]:
    """Return the value of each field that a letter to the filers of a call may have, in the active language."""
    return {
        "call": call.localized.title.text,
        "dialogue": call.dialogue.localized.title.text,
        "page": f"{settings.BASE_URL}{call.get_absolute_url()}" if call.is_public else "",
        "end": moment_text(call.closes_at),
        "mine": address_of_own(),
        "site": site_name().text,
    }


def filled_words(letter: CallLetter, language: str) -> Words:
    """Return a letter as its readers of one language of the interface get it. Its words must have no faults."""
    with override(language):
        values: Values = values_for(letter.call)
        return letter.words.filled(values)


def letter_faults(letter: CallLetter) -> Iterator[str]:
    """Yield why a letter can't be sent, with the name of the language where it has several."""
    names = dict(settings.CONTENT_LANGUAGES)
    for language in letter.written_languages:
        for _part, sentence in faults_of(letter.words_in(language), fields_for(letter.call)):
            yield f"{names[language]}: {sentence}"


@transaction.atomic
def write_letter(letter: CallLetter, *, by: Any) -> None:
    """Save a letter that is not sent yet. Raises PermissionDenied, and WrongStateError for one that was sent."""
    require_permission(by, "change" if letter.pk else "add", letter)
    if letter.pk is None:
        letter.written_by = by
    else:
        _require_unsent(locked(letter))
    letter.save()


@transaction.atomic
def discard_letter(letter: CallLetter, *, by: Any) -> None:
    """Delete a letter that is not sent yet. Raises PermissionDenied, and WrongStateError for one that was sent."""
    require_permission(by, "delete", letter)
    current = locked(letter)
    _require_unsent(current)
    current.delete()


@transaction.atomic
def send_to_filers(letter: CallLetter, *, by: Any, expected: int) -> int:
    """Queue a letter to all who get it, once, and return how many they are. `expected` is the number that staff saw.

    All emails, the time of sending and the entry of the log, which names nobody, are written together or not at all.
    Raises PermissionDenied; WrongStateError if it was sent; ValidationError if it can't be sent, if it goes to nobody,
    or if their number has changed.
    """
    require_permission(by, "add", letter)
    current = locked(letter)
    _require_unsent(current)
    if not by.has_perm("contributions.view_call"):
        raise PermissionDenied
    if faults := list(letter_faults(current)):
        raise ValidationError(faults)
    people = list(recipients_of(current.call, current.states).values_list("email", "language"))
    if not people:
        raise ValidationError(_("This letter has no recipients."))
    if len(people) != expected:
        sentence = ngettext(
            "The letter would now go to %(count)d person. Check again, then send it.",
            "The letter would now go to %(count)d people. Check again, then send it.",
            len(people),
        )
        raise ValidationError(sentence % {"count": len(people)})
    words = {language: filled_words(current, language) for language in {language for _email, language in people}}
    get_connection().send_messages(
        [
            EmailMessage(words[language].subject, words[language].body, None, [email], headers=BULK)
            for email, language in people
        ]
    )
    current.sent_at, current.recipient_count = timezone.now(), len(people)
    current.save(update_fields=["sent_at", "recipient_count"])
    facts = {"letter": current.pk, "states": current.states, "recipients": len(people)}
    log(current.call, Verb.SEND_LETTER, by=by, facts=facts)
    return len(people)


def _require_unsent(letter: CallLetter) -> None:
    if letter.sent_at:
        raise WrongStateError(_("This letter has already been sent."))
