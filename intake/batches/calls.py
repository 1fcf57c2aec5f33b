"""To which call a row belongs, by what its cells say and what its batch says."""

from django.utils.translation import gettext as _

from intake.spreadsheets.columns import plain


def dialogue_of(words, found, registers, default):
    """The dialogue that a cell names, or the default where it says nothing; None with an error where it is none."""
    if not words["dialogue"]:
        return default
    named = registers.dialogues.get(plain(words["dialogue"]), set())
    if len(named) == 1:
        return next(iter(named))
    message = _("Several dialogues are called so: write the address of one.")
    found.errors.setdefault("dialogue", message if named else no_such_dialogue(words["dialogue"]))
    return None


def no_such_dialogue(words):
    return _("There is no dialogue “%(words)s”: write its title or its address.") % {"words": words[:80]}


def call_of(words, found, registers, default):
    """The call of a row; None with an error where none or several fit."""
    dialogue = dialogue_of(words, found, registers, None)
    if "dialogue" in found.errors:
        return None
    if words["call"]:
        named = registers.calls.get(plain(words["call"]), set())
        fitting = [call for call in named if dialogue is None or call.dialogue_id == dialogue.pk]
        message = _("There is no call “%(words)s”: write its title.") % {"words": words["call"][:80]}
        return the_one(fitting, found, "call", message)
    if dialogue:
        return the_one(registers.calls_of[dialogue.pk], found, "dialogue", _("This dialogue has no call."))
    if default is None:
        found.errors.setdefault("call", _("Say to which call it was sent."))
    return default


def the_one(calls, found, column, none):
    """The only call of these, or an error in that column."""
    if len(calls) == 1:
        return calls[0]
    several = _("Several calls fit: name the dialogue and the call.")
    found.errors.setdefault(column, several if calls else none)
    return None
