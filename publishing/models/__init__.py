from .deletion import Deletion
from .former_address import FormerAddress, keep_address, records_formerly_at
from .gate import NumberCounter, Numbered, Publishable, by_number, with_address_number
from .page_state import PublicChange
from .preview import Guest, Preview
from .site_text import SiteText
from .transition import ImmutableEntryError, LogHead, Transition
from .translatable import BaseTranslatable, Translatable, TranslatableWork, localized
from .verbs import Verb

__all__ = [
    "BaseTranslatable",
    "Deletion",
    "FormerAddress",
    "Guest",
    "ImmutableEntryError",
    "LogHead",
    "NumberCounter",
    "Numbered",
    "Preview",
    "PublicChange",
    "Publishable",
    "SiteText",
    "Transition",
    "Translatable",
    "TranslatableWork",
    "Verb",
    "by_number",
    "keep_address",
    "localized",
    "records_formerly_at",
    "with_address_number",
]
