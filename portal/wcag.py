"""How the pages meet each criterion of WCAG 2.2, levels A and AA, for the accessibility statement.

Write only what was checked. Where a criterion is not met, or nobody knows, `lacking` says so.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Criteria:
    """Success criteria that are met in the same way, by their numbers."""

    numbers: tuple[str, ...]
    met: str | Promise
    lacking: str | Promise = ""


WCAG = [
    Criteria(
        ("1.1.1",),
        _("Every picture has a description. Drawings that only decorate are hidden from screen readers, and charts are"
          " tables or lists with their numbers."),
        _("Pictures in files that others submitted may have no description."),
    ),
    Criteria(
        ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5"),
        _("The site has no recordings of its own and links to those on other sites."),
        _("Recordings on other sites may have no captions, transcripts or audio description."),
    ),
    Criteria(
        ("1.3.1", "1.3.2", "2.4.6"),
        _("Headings, lists, tables, landmarks and labels are marked up as such, in reading order. The accessibility"
          " tree of each type of page is compared with one that was reviewed."),
        _("Files that others submitted may have no headings or reading order."),
    ),
    Criteria(
        ("1.3.3", "1.4.1"),
        _("Nothing depends on shape, position, sound or colour alone: states are also in words, and links in text are"
          " underlined."),
    ),
    Criteria(
        ("1.3.4", "1.4.4", "1.4.10", "1.4.12"),
        _("Pages work in both orientations, at 400 percent zoom and with wider text spacing. Only wide tables scroll"
          " sideways, within their own frame."),
        _("In a small window, the bar above a long text may show only the beginning of its title. The whole title is at"
          " the top of the page."),
    ),
    Criteria(
        ("1.3.5",),
        _("Browsers can fill in your email address when you sign in or subscribe."),
        _("The contribution form asks browsers not to fill in or keep names, because several people may use one"
          " device."),
    ),
    Criteria(("1.4.2", "2.2.2", "2.3.1"), _("Nothing plays, moves or flashes by itself.")),
    Criteria(
        ("1.4.3", "1.4.11"),
        _("Text has a contrast of at least 4.5 to 1; the borders of fields, the focus outline and the bars of charts"
          " have at least 3 to 1, in light and dark mode."),
    ),
    Criteria(
        ("1.4.5",),
        _("Text is never a picture, except on the cards for social networks, whose words are also their description."),
    ),
    Criteria(
        ("1.4.13", "2.5.1", "2.5.2", "2.5.4", "2.5.7"),
        _("Nothing needs hovering, gestures, motion or dragging. Files can be chosen as well as dropped."),
    ),
    Criteria(
        ("2.1.1", "2.1.2", "2.1.4", "2.4.3", "2.4.7", "2.4.11"),
        _("The keyboard reaches and leaves every control, in reading order. The focus is visible and never covered,"
          " also in small windows. Public pages have no shortcuts of a single key."),
    ),
    Criteria(
        ("2.2.1",),
        _("Sign-in codes are valid for 15 minutes, and you can ask for another. Drafts are saved while you write."),
    ),
    Criteria(
        ("2.4.1", "2.4.2", "2.4.4", "2.4.5"),
        _("Each page begins with a link to its content and has its own title. Links say where they lead. There are"
          " several ways to each page: navigation, lists and search."),
    ),
    Criteria(
        ("2.5.3", "2.5.8", "4.1.2"),
        _("Controls are standard HTML elements. Their names contain the words shown, and they are at least 24 pixels in"
          " size or have space around them."),
    ),
    Criteria(
        ("3.1.1", "3.1.2"),
        _("The language of each page is marked, and that of each text in another language, such as a quote, a"
          " contribution or what a speaker was called on the day."),
        _("Names of people and of contributing organizations are not marked, nor are the parts of a citation."),
    ),
    Criteria(
        ("3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.6"),
        _("Nothing changes only because a field has the focus or is filled in. Navigation, the link to the contact and"
          " the names of functions are the same on every page."),
    ),
    Criteria(
        ("3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.7"),
        _("Fields have labels. Errors are explained beside the field and at the top of the form, and nothing you typed"
          " is lost or asked for twice. You see a contribution before you submit it, and can correct or withdraw it."),
    ),
    Criteria(
        ("3.3.8",), _("You sign in with a code from an email, which you can paste. There are no passwords or puzzles.")
    ),
    Criteria(
        ("4.1.3",),
        _("Screen readers announce results, confirmations and errors without moving the focus."),
        _("No one has tested this with screen readers yet."),
    ),
]  # fmt: skip
