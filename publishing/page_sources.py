"""What public pages show. Apps declare it in a module `page_sources`; changing it changes the state of the pages.

    shows(Summary, "", "paragraphs", "document__clean_copy")

says that public pages show summaries, their paragraphs and the clean copies of their files. A row that is changed is
public if it belongs to a public record before or after the change: a draft changes nothing. Writers that send no
signals, such as `QuerySet.update`, call `note_change` themselves where no signal of the same transaction does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db.models import Model, QuerySet, signals

from .models import PublicChange
from .models.gate import model_at
from .prepared import Prepared, prepared
from .slots import Slot

# What time alone changes: each builder gets a time and returns the next one at which a public page changes, if any.
next_moments: Slot[[datetime], datetime | None] = Slot()

# {model: public records and paths to it}, and those of them that it points to itself
_owners: dict[type[Model], list[tuple[type[Model], str]]] = defaultdict(list)
_pointing: dict[type[Model], list[tuple[type[Model], str]]] = defaultdict(list)
_unshown: dict[type[Model], frozenset[str]] = {}
_always: set[type[Model]] = set()


def shows(owner: type[Model], *paths: str, unshown: Iterable[str] = ()) -> None:
    """Declare that pages show the public records of a model and the rows at the end of these paths of relations.

    The empty path is the record itself, of which pages show all fields but those that are `unshown`.
    """
    for path in paths:
        model, lookup = model_at(owner, path), f"{path}__pk__in" if path else "pk__in"
        _owners[model].append((owner, lookup))
        if not path or not is_pointed_at(owner, path):
            _pointing[model].append((owner, lookup))
        _watch(model)
    _unshown[owner] = frozenset(unshown)


def shows_all(*models: type[Model]) -> None:
    """Declare models without a gate, each row of which pages may show."""
    for model in models:
        _always.add(model)
        _watch(model)


def shown_models() -> set[type[Model]]:
    """Return all models that are declared."""
    return {*_owners, *_always}


def unshown_fields(model: type[Model]) -> frozenset[str]:
    """Return the names of the fields of a model that no public page shows."""
    return _unshown.get(model, frozenset())


def is_shown(model: type[Model], pks: Iterable[Any], *, are_new: bool = False) -> bool:
    """Return whether public pages show any of these rows now. If they `are_new`, no other row points at them yet."""
    some = list(pks)
    owners = (_pointing if are_new else _owners)[model]
    return model in _always or any(_shown_records(owner, lookup)(pks=some) for owner, lookup in owners)


def is_pointed_at(owner: type[Model], path: str) -> bool:
    """Return whether the last step of a path of relations is a field of the row before it.

    No such field points at a row that has just been created. A relation to several rows sends signals of its own.
    """
    start, _, name = path.rpartition("__")
    return bool(model_at(owner, start)._meta.get_field(name).concrete)


def stored_row(instance: Model) -> Any:
    """Return the row of an instance as it is in the database, or None."""
    return next(iter(_rows(type(instance))(pk=instance.pk)), None) if instance.pk else None


@cache
def _rows(model: type[Model]) -> Prepared[Any]:
    def rows(pk: Any) -> QuerySet[Any]:
        return model._base_manager.filter(pk=pk)

    return prepared(rows)


@cache
def _shown_records(owner: type[Model], lookup: str) -> Prepared[Any]:
    def shown(pks: list[Any]) -> QuerySet[Any]:
        records = cast("Any", owner).objects.published().filter(**{lookup: pks})
        return cast("QuerySet[Any]", records.order_by().values("pk")[:1])

    return prepared(shown)


def note_change() -> None:
    """Note that what public pages show changes with the transaction that is under way."""
    PublicChange.objects.create()


def changed_fields(stored: Model, instance: Model, update_fields: Iterable[str] | None) -> Iterator[str]:
    """Yield the names of the fields that saving an instance changes."""
    deferred = instance.get_deferred_fields()
    for field in instance._meta.concrete_fields:
        name = field.attname
        is_saved = update_fields is None or field.name in update_fields or name in update_fields
        if is_saved and name not in deferred and getattr(stored, name) != getattr(instance, name):
            yield field.name


def _watch(model: type[Model]) -> None:
    """Receive the signals of a model and of its relations to several rows; connecting twice does nothing."""
    signals.pre_save.connect(_before_save, sender=model)
    signals.post_save.connect(_after_save, sender=model)
    signals.pre_delete.connect(_before_delete, sender=model)
    for field in model._meta.local_many_to_many:
        signals.m2m_changed.connect(_after_relation, sender=field.remote_field.through)


def _before_save(sender: type[Model], instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Note on the instance whether anything that is shown changes, and whether it was shown before."""
    stored = stored_row(instance)
    changed = stored is None or set(changed_fields(stored, instance, update_fields)) - unshown_fields(sender)
    instance._page_change = (instance.pk is None, bool(changed), bool(changed and stored and _is_shown(stored)))


def _after_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    is_new, is_changed, was_shown = instance.__dict__.pop("_page_change")
    if was_shown or (is_changed and _is_shown(instance, is_new=is_new)):
        note_change()


def _before_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if is_shown(sender, [instance.pk]):
        note_change()


def _is_shown(row: Model, *, is_new: bool = False) -> bool:
    """Return whether public pages show a row that was just read or saved. Drafts need no query."""
    return getattr(row, "published_at", True) is not None and is_shown(type(row), [row.pk], are_new=is_new)


def _after_relation(
    instance: Any, action: str, reverse: bool, model: type[Model], pk_set: set[Any] | None, **kwargs: Any
) -> None:
    """Note a change of a relation to several rows, if the record that has the relation is shown.

    Where it is cleared from its other end, it is not known which records had it.
    """
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    owner, pks = (model, pk_set) if reverse else (type(instance), [instance.pk])
    if pks is None or is_shown(owner, pks):
        note_change()
