"""How a written contribution is cited: with the names that its sender chose to show, and no other."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogues.citations import Citation, dates_of, file_urls, permanent_url


def of_contribution(contribution):
    """A published contribution, as the public reads it; its dialogue must be public as well."""
    revision, dialogue = contribution.shown, contribution.call.dialogue
    names = revision.byline
    day, when = dates_of(dialogue)
    within = _("Written contribution %(reference)s to %(dialogue)s") % {
        "reference": contribution.reference,
        "dialogue": dialogue.title,
    }
    return Citation(
        contribution.reference, "report", revision.title, permanent_url(contribution),
        tuple(filter(None, [names.person, names.organization, *names.signers])), within, day, when,
        contribution.reference, revision.language, notes_of(contribution, revision),
        file_urls("contributions:citation", contribution.reference),
    )  # fmt: skip


def notes_of(contribution, revision):
    """Its language, since when it is public, and when it was corrected last."""
    notes = [revision.get_language_display(), _("published %s") % date_format(contribution.published_at, "j F Y")]
    if revision.number > 1 and revision.shown_at:
        notes.append(_("corrected %s") % date_format(revision.shown_at, "j F Y"))
    return tuple(notes)
