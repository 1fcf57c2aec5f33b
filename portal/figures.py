"""The figures of the home page: how many records of each kind are public."""

from functools import lru_cache

from contributions.models import Contribution
from dialogues.models import Dialogue, Quote, Recommendation, Summary
from publishing.models.page_state import State, page_state


def site_figures() -> dict[str, int]:
    """Return {kind: public records of that kind}. Each language of a summary counts, but only in its newest version."""
    return _figures(page_state())


@lru_cache(2)
def _figures(state: State) -> dict[str, int]:
    """Return the figures that were read in a state of the public pages."""
    public = {
        "dialogues": Dialogue.objects.published(),
        "summaries": Summary.objects.published().current(),
        "recommendations": Recommendation.objects.in_newest_version(),
        "quotes": Quote.objects.published(),
        "contributions": Contribution.objects.published(),
    }
    return {kind: records.count() for kind, records in public.items()}
