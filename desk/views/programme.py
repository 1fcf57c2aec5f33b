"""The order of the programme: move a panel, or a person within a panel, up or down."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from dialogues.workflow import move

from ..kinds import find
from ..workspace import PartMixin, part_page


class MoveView(PartMixin, View):
    """Move the record of `record` to the place of `place`, counted from 0, or one up or down."""

    part = "programme"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        record = find(request.POST.get("record", ""), request.user, "change")
        if getattr(record, "dialogue_id", None) != self.dialogue.pk:
            raise PermissionDenied
        direction = request.POST.get("to", "")
        step = {"up": -1, "down": 1}.get(direction)
        if step is not None:
            move(record, by=request.user, step=step)
        elif direction.isdecimal():
            move(record, by=request.user, place=int(direction[:4]))
        if "application/json" in request.headers.get("Accept", ""):
            return HttpResponse(status=204)
        query = urlencode({"moved": request.POST["record"], "to": direction})
        return redirect(f"{part_page(self.part, self.dialogue)}?{query}")  # the page focuses the button again
