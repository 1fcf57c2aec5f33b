from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search engine, the search page and search alerts. Other apps register search indexes for their records."""

    name = "search"
    verbose_name = _("Search")
