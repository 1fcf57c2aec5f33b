"""The letters of search alerts."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mail.letter import Field, Letter, register
from subscriptions.letters import CONFIRM, UNSUBSCRIBE
from subscriptions.workflow import describes

from .models import SearchAlert
from .params import SearchParams

WORDS = Field("words", _("What the reader searches for."), "debt bondage", in_subject=True)

register(
    Letter(
        "search/letters/searchalert_confirm.txt",
        _("Search alert: confirm the address"),
        _("To an address for which someone asked for alerts about a search."),
        (WORDS, CONFIRM, UNSUBSCRIBE),
    )
)
register(
    Letter(
        "search/letters/searchalert_results.txt",
        _("Search alert: new results"),
        _("To subscribers of a search, once a day at most, when something new answers it."),
        (
            WORDS,
            Field(
                "results",
                _("The new results, each with its address."),
                "- Third dialogue (Dialogue)\n  https://portal.example/dialogues/third-dialogue/",
                is_needed=True,
            ),
            Field("all_results", _("The address of all results."), "https://portal.example/search/?q=debt+bondage"),
            UNSUBSCRIBE,
        ),
    )
)


@describes(SearchAlert)
def alert_values(alert: SearchAlert) -> dict[str, str]:
    """Return the values of the fields that say which search an alert is for."""
    return {"words": str(SearchParams.from_querydict(QueryDict(alert.query)))}
