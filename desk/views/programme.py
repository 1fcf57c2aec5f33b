"""The order of the programme: move a panel, or a person within a panel or to another, up or down."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from dialogues.models import Appearance, Panel
from dialogues.workflow import move, move_to_panel

from ..kinds import find, pk_in
from ..workspace import PartMixin, part_page


class MoveView(PartMixin, View):
    """Move the record of `record` to the place of `to`, counted from 0, or one up or down.

    With `panel`, a person moves to that panel; an empty one stands for the dialogue as a whole. If `to` is previous or
    next, a person moves to the end of the panel before, or to the beginning of the one after.
    """

    part = "programme"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        record = find(request.POST.get("record", ""), request.user, "change")
        if not isinstance(record, Panel | Appearance) or record.dialogue_id != self.dialogue.pk:
            raise PermissionDenied
        direction = request.POST.get("to", "")
        step = {"up": -1, "down": 1}.get(direction)
        if step is not None:
            move(record, by=request.user, step=step)
        elif direction.isdecimal():
            self.move_to(record, int(direction[:4]), request.POST.get("panel"))
        elif direction in ("previous", "next") and isinstance(record, Appearance):
            self.move_on(record, -1 if direction == "previous" else 1)
        if "application/json" in request.headers.get("Accept", ""):
            return HttpResponse(status=204)
        query = urlencode({"moved": request.POST["record"], "to": direction})
        return redirect(f"{part_page(self.part, self.dialogue)}?{query}")  # the page focuses the button again

    def move_to(self, record: Any, place: int, panel: str | None) -> None:
        """Move a record to a place in its list, or in that of another panel. The page says why it cannot move there."""
        if panel is None or not isinstance(record, Appearance):
            move(record, by=self.request.user, place=place)
            return
        to = get_object_or_404(self.dialogue.panels, pk=pk_in(panel)) if panel else None
        self.move_into(record, to, place)

    def move_on(self, person: Appearance, step: int) -> None:
        """Move a person to the panel before or after theirs, and say so. The whole dialogue is before all panels."""
        panels = [None, *self.dialogue.panels.order_by("number")]
        at = [panel and panel.pk for panel in panels].index(person.panel_id) + step
        if not 0 <= at < len(panels):
            return
        to = panels[at]
        end = Appearance.objects.filter(dialogue=self.dialogue, panel=to).count()
        if self.move_into(person, to, end if step < 0 else 0):
            words = {"person": person.name, "panel": to or _("The whole dialogue")}
            messages.success(self.request, _("“%(person)s” is now in “%(panel)s”.") % words)

    def move_into(self, person: Appearance, panel: Panel | None, place: int) -> bool:
        """Move a person to a place in another panel, and return whether that succeeded; if not, the page says why."""
        try:
            move_to_panel(person, panel, by=self.request.user, place=place)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return False
        return True
