from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning


def check_place_of_index(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Warn if several machines may each have an index of their own, which would lack what another one has indexed."""
    is_shared = "replica" in settings.DATABASES or "uploads" in settings.STORAGES  # by several machines
    if not is_shared or settings.HAYSTACK_CONNECTIONS["default"]["ENGINE"] != "search.engine.Engine":
        return []
    return [
        CheckWarning(
            "The files or a replica of the database are on servers, but the search index is in a folder.",
            hint="Several machines need Solr. Is SEARCH_URL set, between double quotes if it has “&”?",
            id="search.W001",
        )
    ]
