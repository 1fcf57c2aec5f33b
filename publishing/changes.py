"""When records were last changed, as sitemaps and calendars say it."""

from typing import Any

from django.db.models import F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest


def last_change(model: type[Model], published: str | None = "published_at") -> Any:
    """Return an expression for when a record was published or, if that was later and is known, changed.

    `published` names the field with the time of publication, if there is one. Without one, the value is NULL for a
    record whose changes are not known.
    """
    moment = F(published) if published else None
    if not hasattr(model, "history"):
        return moment
    rows = model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date")
    changed = Subquery(rows.values("history_date")[:1])
    # History is kept for a time only, and on SQLite the greatest of a date and NULL is NULL.
    return Greatest(moment, Coalesce(changed, moment)) if moment else changed
