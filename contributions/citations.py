"""Citations of contributions, with the names that the sender chose to show."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogues.citations import Citation, dates_of, file_urls, permanent_url
from text.localized import LocalizedPhrase, LocalizedText, own_name

from .models import Contribution, Revision


def contribution_citation(contribution: Contribution) -> Citation:
    """Return the citation of a published contribution. Its dialogue must be public as well."""
    revision, dialogue = contribution.shown, contribution.call.dialogue
    names = revision.byline
    day, when = dates_of(dialogue)
    place = {"reference": contribution.reference, "dialogue": dialogue.original.title}
    within = LocalizedPhrase(_("Written contribution %(reference)s to %(dialogue)s"), place)
    return Citation(
        contribution.reference, "report", LocalizedText(revision.title, revision.language),
        permanent_url(contribution), tuple(filter(None, [names.person, names.organization, *names.signers])),
        (within,), day, when, contribution.reference, revision.language, _notes(contribution, revision),
        file_urls("contributions:citation", contribution.reference),
    )  # fmt: skip


def _notes(contribution: Contribution, revision: Revision) -> tuple[str, ...]:
    """Return its language, the day of its publication, and the day of its last correction and whose it is."""
    notes: list[str] = [own_name(revision.language)]
    if contribution.published_at:
        notes.append(_("published %s") % date_format(contribution.published_at, "DATE_FORMAT"))
    if contribution.corrected_at:
        day = date_format(contribution.corrected_at, "DATE_FORMAT")
        notes.append((_("corrected by the secretariat %s") if revision.by_staff else _("corrected %s")) % day)
    elif revision.by_staff:
        notes.append(_("with corrections by the secretariat"))
    return tuple(notes)
