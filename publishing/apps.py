from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """What all published records share: the gate, the log of moves, deletion with undo, previews.

    Apps fill the slots of pages in a module `sections`, connect to signals in a module `receivers`,
    declare what public pages show of their records in a module `page_sources`, and the texts of the site that they show
    in a module `site_texts`.
    """

    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        autodiscover_modules("sections", "receivers", "page_sources", "site_texts")
