"""The order of a programme, and a next edition that begins as a copy of the last one."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from publishing.workflow import locked, require_permission

from ..models import Appearance, Dialogue, ExpectedDocument, Panel


@transaction.atomic
def move(record: Panel | Appearance, *, by: Any, step: int = 0, place: int | None = None) -> None:
    """Move a panel within its dialogue, or a person among those of the same panel or dialogue.

    It moves by `step` places, or to `place`, counted from 0. Panels exchange their numbers, and with them their
    addresses. Raises PermissionDenied.
    """
    require_permission(by, "change", record)
    locked(record.dialogue)
    rows: list[Any] = list(_neighbours(record))
    old = next(index for index, row in enumerate(rows) if row.pk == record.pk)
    new = max(0, min(old + step if place is None else place, len(rows) - 1))
    rows.insert(new, rows.pop(old))
    if isinstance(record, Panel):
        _number(rows)
    else:
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


@transaction.atomic
def move_to_panel(appearance: Appearance, panel: Panel | None, *, by: Any, place: int) -> None:
    """Move a person to a place among those of another panel, or of the dialogue as a whole if `panel` is None.

    Raises PermissionDenied, and ValidationError if the person has the same role there already.
    """
    require_permission(by, "change", appearance)
    current = locked(appearance)
    current.panel = panel
    current.full_clean()
    current.save(update_fields=["panel"])
    move(current, by=by, place=place)


def _neighbours(record: Panel | Appearance) -> Any:
    if isinstance(record, Panel):
        return record.dialogue.panels.order_by("number")
    return Appearance.objects.filter(dialogue=record.dialogue_id, panel=record.panel_id)


def _number(panels: list[Panel]) -> None:
    """Give panels their numbers in this order. Numbers are unique, so all move past the highest first."""
    numbers = sorted(panel.number for panel in panels)
    changed = [(panel, number) for panel, number in zip(panels, numbers, strict=True) if panel.number != number]
    highest = max(numbers, default=0)
    for offset, (panel, _number) in enumerate(changed, start=1):
        Panel.objects.filter(pk=panel.pk).update(number=highest + offset)
    for panel, number in changed:
        panel.number = number
        panel.save(update_fields=["number"])


@transaction.atomic
def begin_next_edition(dialogue: Dialogue, *, by: Any, slug: str) -> Dialogue:
    """Create the next edition of a dialogue as a draft, and return it.

    It has the place, languages, topics, panels without times, and expected documents of `dialogue`, and no date and
    nobody who appeared. Raises PermissionDenied.
    """
    require_permission(by, "add", dialogue)
    copied = [
        "series", "title", "timezone", "venue", "city", "format", "languages", "follows", "description",
        "original_language",
    ]  # fmt: skip
    last = Dialogue.objects.filter(series=dialogue.series).aggregate(last=Max("edition"))["last"]
    made = Dialogue(
        **{name: getattr(dialogue, name) for name in copied}, slug=slug, edition=last + 1 if last else None,
        translations=dialogue.translations_of(*copied),
    )  # fmt: skip
    made.full_clean()
    made.save()
    made.topics.set(dialogue.topics.all())
    for panel in dialogue.panels.prefetch_related("topics"):
        new = Panel.objects.create(
            dialogue=made, number=panel.number, kind=panel.kind, title=panel.title, description=panel.description,
            guiding_questions=panel.guiding_questions, original_language=panel.original_language,
            translations=panel.translations,
        )  # fmt: skip
        new.topics.set(panel.topics.all())
    for document in dialogue.expected.all():
        ExpectedDocument.objects.create(dialogue=made, kind=document.kind, language=document.language)
    return made
