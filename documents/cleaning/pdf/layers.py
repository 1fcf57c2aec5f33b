"""Layers of a PDF (optional content, ISO 32000-2, 8.11): which of them a viewer shows when the file is opened."""

from typing import Any

import pikepdf

MAX_DEPTH = 20  # of nested visibility expressions


class Layers:
    """The layers of one PDF in their default state; `exist` is false if there are none."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        properties = _dictionary(pdf.Root.get("/OCProperties"))
        default = _dictionary(properties.get("/D"))
        self.exist = bool(properties)
        self.off_by_default = default.get("/BaseState") == pikepdf.Name.OFF
        self.on, self.off = ({one.objgen for one in _groups(default.get(key))} for key in ("/ON", "/OFF"))
        self.off |= {one.objgen for one in _off_on_screen(default)}

    def hides(self, membership: Any) -> bool:
        """Return whether content that belongs to this layer, or to this combination of layers, is not shown."""
        if not isinstance(membership, pikepdf.Dictionary):
            return False
        if membership.get("/Type") != pikepdf.Name.OCMD:
            return not self._is_on(membership)
        if isinstance(membership.get("/VE"), pikepdf.Array):
            return not self._is_true(membership["/VE"])
        states = [self._is_on(group) for group in _groups(membership.get("/OCGs"))]
        policies = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not policies.get(str(membership.get("/P")), any(states))

    def _is_on(self, group: pikepdf.Object) -> bool:
        intents = group.get("/Intent", pikepdf.Name.View)
        names = {str(one) for one in intents} if isinstance(intents, pikepdf.Array) else {str(intents)}
        if not names & {"/View", "/All"}:
            return True  # a layer for designers does not affect what is shown
        return group.objgen not in self.off and (not self.off_by_default or group.objgen in self.on)

    def _is_true(self, expression: Any, depth: int = 0) -> bool:
        if isinstance(expression, pikepdf.Dictionary):
            return self._is_on(expression)
        if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > MAX_DEPTH:
            return True
        operator, *operands = expression
        values = [self._is_true(one, depth + 1) for one in operands]
        if operator == pikepdf.Name.Not:
            return not values[0]
        return any(values) if operator == pikepdf.Name.Or else all(values)


def _off_on_screen(default: pikepdf.Object) -> list[pikepdf.Object]:
    """Return layers that turn themselves off on screen, such as watermarks for print (8.11.4.4)."""
    events = [event for event in _groups(default.get("/AS")) if event.get("/Event") == pikepdf.Name.View]
    groups = [group for event in events for group in _groups(event.get("/OCGs"))]
    views = [(group, _dictionary(_dictionary(group.get("/Usage")).get("/View"))) for group in groups]
    return [group for group, view in views if view.get("/ViewState") == pikepdf.Name.OFF]


def _dictionary(value: Any) -> pikepdf.Object:
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def _groups(value: Any) -> list[pikepdf.Object]:
    values = value if isinstance(value, pikepdf.Array) else [value]
    return [one for one in values if isinstance(one, pikepdf.Dictionary)]
