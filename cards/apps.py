from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules

from .checks import check_fonts


class CardsConfig(AppConfig):
    """Preview pictures of pages for social networks. Apps register their kinds in a module `cards`."""

    name = "cards"

    def ready(self) -> None:
        autodiscover_modules("cards")
        register(check_fonts)
