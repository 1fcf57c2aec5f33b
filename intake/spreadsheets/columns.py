"""Which columns a list has, by the many names that people give them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def plain(words):
    """Words without case, accents, signs and needless space, to be compared."""
    bare = unicodedata.normalize("NFKD", str(words).casefold())
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters))


class Columns:
    """The columns of one kind of list: their names, how each may be called, and those that a list must have."""

    def __init__(self, names, *, needed=()):
        self.names, self.needed = list(names), needed
        self.by_heading = {plain(called): name for name, calls in names.items() for called in (name, *calls)}

    def understood(self, headings):
        """The column of each heading (None where it is none), and the headings that were not understood.

        Raises ValidationError ("headings") where one stands twice or a needed one is missing.
        """
        found = [self.by_heading.get(plain(heading)) for heading in headings]
        for name in self.names:
            if found.count(name) > 1:
                raise ValidationError(
                    _("This list has two columns for “%(name)s”: leave one of them.") % {"name": name}, code="headings"
                )
        missing = [name for name in self.needed if name not in found]
        if missing:
            raise ValidationError(
                _("The first row of this list names no column “%(name)s”: it takes %(all)s.")
                % {"name": missing[0], "all": ", ".join(self.names)},
                code="headings",
            )
        return found, [heading for heading, name in zip(headings, found, strict=True) if heading and not name]
