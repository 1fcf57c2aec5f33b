"""What is understood of one row, for the page to show and for bringing in to use."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from intake.spreadsheets.reading import formula_in, plain


@dataclass
class Understood:
    """A row's cells as what they mean; `errors` and `notes` are sentences by column, `same` what is there already."""

    meant: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    same: object = None

    @property
    def is_ready(self):
        """Whether it can be brought in."""
        return not self.errors and self.same is None


def cells(row, columns, longest):
    """A row's words by column, with the batch's defaults, and an Understood that holds what is wrong with them.

    `longest` says how many characters a column takes.
    """
    found, words = Understood(), {}
    for name in columns:
        raw = row.values.get(name) or row.batch.defaults.get(name, "")
        words[name] = plain(raw)
        if formula_in(raw):
            found.errors[name] = _("This is a formula (%(formula)s): write the words themselves.") % {
                "formula": raw[:40]
            }
        elif len(words[name]) > longest.get(name, 300):
            found.errors[name] = _("This is longer than %(most)d characters: shorten it.") % {
                "most": longest.get(name, 300)
            }
    return words, found
