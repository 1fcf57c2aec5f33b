"""Layers of a PDF (optional content, ISO 32000-2, 8.11): which of them a reader sees who just opens the file."""

import pikepdf

DEEPEST = 20  # of expressions in expressions


class Layers:
    """The layers of one PDF in their default state."""

    def __init__(self, pdf: pikepdf.Pdf):
        properties = _dictionary(pdf.Root.get("/OCProperties"))
        choice = _dictionary(properties.get("/D"))
        self.exist = bool(properties)
        self.off_first = choice.get("/BaseState") == pikepdf.Name.OFF
        self.on, self.off = ({one.objgen for one in _groups(choice.get(key))} for key in ("/ON", "/OFF"))
        self.off |= {one.objgen for one in _not_for_the_screen(choice)}

    def hides(self, membership) -> bool:
        """Tell whether what belongs to this layer, or to this choice of layers, is not shown."""
        if not isinstance(membership, pikepdf.Dictionary):
            return False
        if membership.get("/Type") != pikepdf.Name.OCMD:
            return not self._is_on(membership)
        if isinstance(membership.get("/VE"), pikepdf.Array):
            return not self._holds(membership.VE)
        states = [self._is_on(group) for group in _groups(membership.get("/OCGs"))]
        policies = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not policies.get(str(membership.get("/P")), any(states))

    def _is_on(self, group: pikepdf.Dictionary) -> bool:
        intents = group.get("/Intent", pikepdf.Name.View)
        names = {str(one) for one in intents} if isinstance(intents, pikepdf.Array) else {str(intents)}
        if not names & {"/View", "/All"}:
            return True  # a layer for designers has no say in what is seen
        return group.objgen not in self.off and (not self.off_first or group.objgen in self.on)

    def _holds(self, expression, depth: int = 0) -> bool:
        if isinstance(expression, pikepdf.Dictionary):
            return self._is_on(expression)
        if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > DEEPEST:
            return True
        operator, *rest = expression
        values = [self._holds(one, depth + 1) for one in rest]
        if operator == pikepdf.Name.Not:
            return not values[0]
        return any(values) if operator == pikepdf.Name.Or else all(values)


def _not_for_the_screen(choice: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """Return layers that turn themselves off where a page is looked at: watermarks for print, say (8.11.4.4)."""
    events = [event for event in _groups(choice.get("/AS")) if event.get("/Event") == pikepdf.Name.View]
    groups = [group for event in events for group in _groups(event.get("/OCGs"))]
    views = [(group, _dictionary(_dictionary(group.get("/Usage")).get("/View"))) for group in groups]
    return [group for group, view in views if view.get("/ViewState") == pikepdf.Name.OFF]


def _dictionary(thing) -> pikepdf.Dictionary:
    return thing if isinstance(thing, pikepdf.Dictionary) else pikepdf.Dictionary()


def _groups(thing) -> list[pikepdf.Dictionary]:
    things = thing if isinstance(thing, pikepdf.Array) else [thing]
    return [one for one in things if isinstance(one, pikepdf.Dictionary)]
