"""The kinds of records on the desk: how addresses name a record, and the page on which staff work on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, NewsItem, Panel, Paper, Quote, Speaker, Summary, Topic


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name in addresses, its model, and the address of the desk's page for a record."""

    name: str
    model: type[Model]
    address: Callable[[Any], str]

    @property
    def permission(self) -> str:
        """The permission to view records of this kind."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"


def _page(name: str) -> Callable[[Any], str]:
    return lambda record: reverse(f"desk:{name}", args=[record.pk])


KINDS = {
    kind.name: kind
    for kind in [
        Kind("dialogue", Dialogue, _page("dialogue")),
    ]
}


def key_of(record: Model) -> str:
    """Return the key of a record in addresses of the desk, such as summary-12. Raises KeyError for other kinds."""
    names = {kind.model: name for name, kind in KINDS.items()}
    return f"{names[type(record)]}-{record.pk}"


def find(key: str, user: Any) -> Any:
    """Return the record with this key if `user` may view it. Raises Http404."""
    name, _dash, pk = key.rpartition("-")
    kind = KINDS.get(name)
    if kind is None or not (pk.isdecimal() and len(pk) < 19) or not user.has_perm(kind.permission):
        raise Http404
    manager: Any = kind.model._default_manager
    records = manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()
    record = records.filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def desk_page(record: Model) -> str:
    """Return the address at which staff work on a record: its page on the desk, otherwise in the admin, or ""."""
    kind = next((kind for kind in KINDS.values() if kind.model is type(record)), None)
    if kind:
        return kind.address(record)
    try:
        return reverse(admin_urlname(record), args=[record.pk])
    except NoReverseMatch:
        return ""
