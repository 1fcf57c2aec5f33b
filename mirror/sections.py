"""What the desk and the health check show of the copy."""

from pathlib import Path

from django.conf import settings

from desk.health import Part, more_parts

from .state import mirror_state

PATIENCE = 60  # seconds within which a take-down must leave the copy


@more_parts.add
def mirror_part() -> Part | None:
    """Return the state of the copy, if MIRROR_DIR is set."""
    if not settings.MIRROR_DIR:
        return None
    state = mirror_state(Path(settings.MIRROR_DIR))
    if state is None:
        return Part("mirror", "unreadable")
    is_late = not state.is_looked_through and state.age > PATIENCE
    numbers = {"waiting": state.waiting, "age": state.age, "failed": state.failed, "kept_out": state.kept_out}
    return Part("mirror", "late" if is_late else "ok", numbers)
