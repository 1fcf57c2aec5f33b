from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import check_place_of_index


class SearchConfig(AppConfig):
    """The search engine, the search page and search alerts. Other apps register search indexes for their records."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        register(check_place_of_index)
