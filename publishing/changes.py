"""When records were last changed, as sitemaps and calendars say it."""

from typing import Any, cast

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.lookups import Exact

from .page_sources import unshown_fields


def last_change(model: type[Model], published: str | None = "published_at") -> Any:
    """Return an expression for when a record was published or, if that was later and is known, changed.

    `published` names the field with the time of publication, if there is one. Without one, the value is NULL for a
    record whose changes are not known.
    """
    moment = F(published) if published else None
    if not hasattr(model, "history"):
        return moment
    rows = visible_changes(model).filter(id=OuterRef("pk")).order_by("-history_date")
    changed = Subquery(rows.values("history_date")[:1])
    # History is kept for a time only, and on SQLite the greatest of a date and NULL is NULL.
    return Greatest(moment, Coalesce(changed, moment)) if moment else changed


def visible_changes(model: type[Model]) -> QuerySet:
    """Return the rows of a model's history that changed something that public pages show.

    A row is written whichever field changed. One that changed only, say, the account of a speaker does not count, so
    that no date reveals when that was.
    """
    history = cast("Any", model).history.model
    fields = [field for field in history.tracked_fields if field.name not in unshown_fields(model)]
    before = Q(history_date__lt=OuterRef("history_date"))
    before |= Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id"))
    earlier = history.objects.filter(before, id=OuterRef("id")).order_by("-history_date", "-history_id")
    same = history.objects.filter(
        *(Exact(as_text(field.attname), as_text(OuterRef(field.attname))) for field in fields),
        history_id=OuterRef("earlier"),
    )
    rows = history.objects.annotate(earlier=Subquery(earlier.values("history_id")[:1]))
    return cast("QuerySet", rows.exclude(Exists(same)))


def as_text(value: str | OuterRef) -> Coalesce:
    """Return the text of a column, so that two are compared whatever their type, and NULL equals NULL.

    No column has both NULL and an empty text.
    """
    return Coalesce(Cast(value, TextField()), Value("", TextField()))
