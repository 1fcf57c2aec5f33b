from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The engine and the search page; knows no proceedings."""

    name = "search"
    verbose_name = _("Search")
