"""Template tags of the pages of the staff desk."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.text import capfirst

from dialogues.models import Organization, Speaker, Topic
from dialogues.speaker_lists import family_name_of

from ..kinds import desk_page, key_of, kind_of
from ..translations import TRANSLATED, row_of
from ..undo import UndoOffer, offered_to

register = template.Library()
register.filter("desk_page", desk_page)
register.filter("key", key_of)


@register.filter
def can_merge(record: Model) -> bool:
    """Return whether records of this kind can be merged."""
    return isinstance(record, Speaker | Organization | Topic)


@register.filter
def listed_under(speaker: Speaker) -> str:
    """Return the part of a speaker's name by which the list of speakers sorts it."""
    return family_name_of(speaker.name, speaker.family_name)


@register.filter
def has_translations(record: Model) -> bool:
    """Return whether the desk has a page for the translations of this record."""
    kind = kind_of(record)
    return kind is not None and kind.name in TRANSLATED


@register.filter
def missing_texts(record: Model) -> int:
    """Return the number of translations that a record lacks, in all languages."""
    return sum(row_of(record).missing.values())


@register.filter
def kind_name(record: Model) -> str:
    """Return the name of a record's kind, such as “quote”."""
    return str(record._meta.verbose_name)


@register.filter
def kind_names(model: type[Model]) -> str:
    """Return the plural name of a kind of record, such as “Guiding questions”."""
    return capfirst(str(model._meta.verbose_name_plural))


@register.simple_tag(takes_context=True)
def undo_offer(context: Context) -> UndoOffer | None:
    """Return the last move of this user, while it can still be undone."""
    request: Any = context.get("request")
    return offered_to(request) if request else None
