"""Which pages are for everyone: those may be kept by caches, found by engines and shared. All others are private."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """A page that is not about one record: its title, a sentence on it, what of its query is part of its address."""

    title: str | Promise
    description: str | Promise
    query: tuple = ("page",)


LISTS = {
    "home": Page(
        _("What was said, what was written, and where to find it"),
        _("The proceedings of dialogues between States and civil society on trafficking in persons and smuggling."),
        (),
    ),
    "dialogues:list": Page(
        _("Dialogues"),
        _("All dialogues between States and civil society, by series and year."),
        ("series", "year", "page"),
    ),
    "dialogues:speaker-list": Page(
        _("Speakers"), _("Everyone who spoke at a dialogue, with their appearances and their words.")
    ),
    "dialogues:quote-list": Page(_("Quotes"), _("What speakers said at the dialogues, word for word, newest first.")),
    "dialogues:news-list": Page(_("News"), _("Press releases and reports on the dialogues.")),
    "dialogues:topic-list": Page(_("Topics"), _("The subjects that dialogues, panels and contributions share.")),
    "dialogues:awaited": Page(
        _("What is awaited"),
        _("Which documents the dialogues announced, which are there, and which are still awaited."),
        ("series", "state", "page"),
    ),
    "contributions:list": Page(
        _("Written contributions"),
        _("What civil society, academia and the private sector wrote to the dialogues."),
        ("dialogue", "topic", "page"),
    ),
    "contributions:terms": Page(
        _("What happens with what you send"),
        _("How contributions are reviewed and published, how names are protected, and how to withdraw."),
        (),
    ),
    "search:search": Page(
        _("Search"), _("Search summaries, quotes, papers and contributions, down to the paragraph and the page."), ()
    ),
}

# Pages about one record, which say themselves what they are; `heads.py` knows how.
RECORDS = {
    "dialogues:detail",
    "dialogues:dialogue-quotes",
    "dialogues:panel-detail",
    "dialogues:summary-version",
    "dialogues:summary-beside",
    "dialogues:summary-changes",
    "dialogues:speaker-detail",
    "dialogues:quote-detail",
    "dialogues:news-detail",
    "dialogues:topic-detail",
    "contributions:call",
    "contributions:detail",
}

# What is read by machines alone.
MACHINES = {
    "dialogues:feed",
    "dialogues:awaited-feed",
    "search:feed",
    "search:suggest",
    "search:cite",
    "opensearch",
    "sitemap",
    "sitemap-section",
    "robots",
}

ADDRESSES = {*LISTS, *RECORDS, *MACHINES}


def view_name(request):
    """The name of the view that answers a request; empty where none does."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""
