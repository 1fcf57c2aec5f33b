"""Layers of a PDF (optional content, ISO 32000-2, 8.11): which are hidden when the file is opened, and their removal.

The content of hidden layers is removed from the content streams, with what only it refers to.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream

from .hidden_traces import TextAlternatives, UsedFonts
from .streams import NO_CONTENT, drop_keys

# Operators that only paint (ISO 32000-2, annex A). All others in a hidden layer stay, as their effect may reach beyond
# it: colours, positions, clipping.
PATH_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
PAINTING = {"Tj", "TJ", "Do", "sh", "INLINE IMAGE"}
BEGIN_MARKS = {"BMC", "BDC"}
RESOURCE_KINDS = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern"}
TILING_PATTERN_KEYS = {"/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Length"}
MAX_PAGE_DEPTH = 50
MAX_EXPRESSION_DEPTH = 20  # of nested visibility expressions

ObjectId = tuple[int, int]  # number and generation, as in `Object.objgen`
PropertyKey = tuple[Any, ...]  # what identifies a property list: its object id, or that of its resources and its name


class Layers:
    """The layers of one PDF in their default state; `exist` is false if there are none."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        properties = _dictionary(pdf.Root.get("/OCProperties"))
        default = _dictionary(properties.get("/D"))
        self.exist = bool(properties)
        self.off_by_default = default.get("/BaseState") == Name.OFF
        self.on, self.off = ({one.objgen for one in _groups(default.get(key))} for key in ("/ON", "/OFF"))
        self.off |= {one.objgen for one in _off_on_screen(default)}

    def hides(self, membership: Any) -> bool:
        """Return whether content that belongs to this layer, or to this combination of layers, is not shown."""
        if not isinstance(membership, Dictionary):
            return False
        if membership.get("/Type") != Name.OCMD:
            return not self._is_on(membership)
        if isinstance(membership.get("/VE"), Array):
            return not self._is_true(membership["/VE"])
        states = [self._is_on(group) for group in _groups(membership.get("/OCGs"))]
        policies = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not policies.get(str(membership.get("/P")), any(states))

    def _is_on(self, group: Object) -> bool:
        intents = group.get("/Intent", Name.View)
        names = {str(one) for one in intents} if isinstance(intents, Array) else {str(intents)}
        if not names & {"/View", "/All"}:
            return True  # a layer for designers does not affect what is shown
        return group.objgen not in self.off and (not self.off_by_default or group.objgen in self.on)

    def _is_true(self, expression: Any, depth: int = 0) -> bool:
        if isinstance(expression, Dictionary):
            return self._is_on(expression)
        if not isinstance(expression, Array) or len(expression) < 2 or depth > MAX_EXPRESSION_DEPTH:
            return True
        operator, *operands = expression
        values = [self._is_true(one, depth + 1) for one in operands]
        if operator == Name.Not:
            return not values[0]
        return any(values) if operator == Name.Or else all(values)


class HiddenContent:
    """One pass over all that is drawn in a PDF; `found` counts what it removes, as "hidden_text"."""

    def __init__(self, pdf: pikepdf.Pdf, layers: Layers, found: Counter[str]) -> None:
        self.pdf, self.layers, self.found = pdf, layers, found
        self.alternatives, self.fonts = TextAlternatives(pdf), UsedFonts()
        self.drawn: set[ObjectId] = set()
        self.seen: set[tuple[ObjectId, ObjectId]] = set()
        self.drawable: list[Object] = []
        self.used_properties: set[PropertyKey] = set()
        self.properties: dict[PropertyKey, Object] = {}
        self.waiting: list[tuple[Object, Object, ObjectId]] = []
        self.removed = 0

    def remove(self) -> None:
        """Remove what is drawn in hidden layers, and what is drawn nowhere else."""
        for page in self.pdf.pages:
            if isinstance(page.obj.get("/Contents"), Array):
                page.contents_coalesce()
            contents = page.obj.get("/Contents")
            if isinstance(contents, Stream):
                self.waiting.append((contents, _inherited_resources(page.obj), page.obj.objgen))
                self.alternatives.numbers[contents.objgen] = page.obj.get("/StructParents")
        while self.waiting:
            self._visit(*self.waiting.pop())
        for item in self.drawable:
            if item.objgen not in self.drawn:
                self._empty(item)
        self.fonts.empty_unused()
        for key in self.properties.keys() - self.used_properties:
            self.found["hidden_text"] += self.alternatives.strip(self.properties[key])

    def _visit(self, stream: Object, resources: Object, owner: ObjectId) -> None:
        """Clean a content stream; `owner` is the object that the resources belong to."""
        if isinstance(stream.get("/Resources"), Dictionary):
            resources, owner = stream["/Resources"], stream.objgen
        owner = resources.objgen if resources.is_indirect else owner
        if (stream.objgen, owner) in self.seen:
            return
        self.seen.add((stream.objgen, owner))
        self._register(resources, owner)
        kept = list(self._visible(stream, resources, owner))
        if self.removed:
            self.found["hidden_text"] += self.removed
            stream.write(pikepdf.unparse_content_stream(kept) or NO_CONTENT)

    def _register(self, resources: Object, owner: ObjectId) -> None:
        """Note the resources that a stream can use, and visit the streams that it need not draw by name."""
        for item in _resources(resources, "/XObject"):
            if isinstance(item, Stream) and self.layers.hides(item.get("/OC")):
                self.alternatives.silence(item.get("/StructParent"))
                self._empty(item)
        self.drawable += [item for kind in ("/XObject", "/Pattern") for item in _resources(resources, kind)
                          if isinstance(item, Stream)]  # fmt: skip
        for name, item in _named_resources(resources, "/Properties"):
            if isinstance(item, Dictionary):
                self.properties[_property_key(resources, owner, name)] = item
        self.fonts.add(_resources(resources, "/Font"))
        for font in _resources(resources, "/Font"):
            for glyph in _resources(font, "/CharProcs"):
                self._schedule(glyph, font.get("/Resources", resources), owner)
        for state in _resources(resources, "/ExtGState"):
            if isinstance(state, Dictionary) and "/Font" in state:
                self.fonts.are_known = False
            mask = state.get("/SMask") if isinstance(state, Dictionary) else None
            self._schedule(mask.get("/G") if isinstance(mask, Dictionary) else None, resources, owner)

    def _schedule(self, stream: Any, resources: Any, owner: ObjectId) -> None:
        if isinstance(stream, Stream) and isinstance(resources, Dictionary):
            self.drawn.add(stream.objgen)
            if stream.get("/Subtype") != Name.Image:
                self.waiting.append((stream, resources, owner))

    def _visible(self, stream: Object, resources: Object, owner: ObjectId) -> Iterator[Any]:
        """Yield the instructions of a stream that stay; `removed` counts those that do not."""
        self.removed = 0
        self.fonts.begin_stream()
        open_marks: list[bool] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operator = instruction.operator.unparse().decode("latin-1")
            operands: list[Any] = list(instruction.operands)
            if operator in BEGIN_MARKS:
                open_marks.append(self._begins_hidden(operands, resources))
            elif operator == "EMC" and open_marks:
                open_marks.pop()
            elif operator == "Tf" and operands:
                self.fonts.select(_resource(resources, "/Font", operands[0]))
            self.fonts.follow(operator, is_visible=not any(open_marks))
            if any(open_marks):
                yield from self._without_painting(operator, operands, instruction, stream, resources)
            else:
                self._follow(operator, operands, resources, owner)
                yield instruction

    def _begins_hidden(self, operands: list[Any], resources: Object) -> bool:
        if len(operands) < 2 or operands[0] != Name.OC or not isinstance(operands[1], Name):
            return False
        return self.layers.hides(_resource(resources, "/Properties", operands[1]))

    def _follow(self, operator: str, operands: list[Any], resources: Object, owner: ObjectId) -> None:
        if not operands or not isinstance(operands[-1], Name):
            return
        if operator == "BDC":
            self.used_properties.add(_property_key(resources, owner, str(operands[-1])))
        elif operator in RESOURCE_KINDS:
            self._schedule(_resource(resources, RESOURCE_KINDS[operator], operands[-1]), resources, owner)

    def _without_painting(
        self, operator: str, operands: list[Any], instruction: Any, stream: Object, resources: Object
    ) -> Iterator[Any]:
        """Yield what replaces an instruction in a hidden layer."""
        remaining = {"'": [([], "T*")], '"': [(operands[:1], "Tw"), (operands[1:2], "Tc"), ([], "T*")]}
        if operator == "Do" and operands:
            self.alternatives.silence(getattr(_resource(resources, "/XObject", operands[-1]), "StructParent", None))
        if operator in BEGIN_MARKS and len(operands) > 1:
            self._silence_mark(operands, stream, resources)
            yield operands, instruction.operator
        elif operator in remaining or operator in PATH_PAINTING:
            self.removed += 1
            yield from ((those, Operator(name)) for those, name in remaining.get(operator, [([], "n")]))
        elif operator in PAINTING:
            self.removed += 1
        else:
            yield instruction

    def _silence_mark(self, operands: list[Any], stream: Object, resources: Object) -> None:
        """Remove the text alternatives of marked content that is not shown."""
        properties = operands[1]
        if isinstance(properties, Name):
            properties = _resource(resources, "/Properties", properties)
        if isinstance(properties, Dictionary):
            self.removed += self.alternatives.strip(properties)
            number = self.alternatives.numbers.get(stream.objgen, stream.get("/StructParents"))
            self.alternatives.silence(number, properties.get("/MCID"))

    def _empty(self, item: Object) -> None:
        """Replace a form, picture or pattern by one that draws nothing."""
        is_pattern = "/PatternType" in item
        if not _has_content(item):
            return
        self.found["hidden_text"] += 1
        drop_keys(item, set(item.keys()) - (TILING_PATTERN_KEYS if is_pattern else {"/Length"}))
        if is_pattern:
            item["/Resources"] = Dictionary()
        else:
            item["/Type"], item["/Subtype"], item["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 0, 0])
        item.write(NO_CONTENT)


def _inherited_resources(page: Object) -> Object:
    for _ in range(MAX_PAGE_DEPTH):
        if isinstance(page.get("/Resources"), Dictionary):
            return page["/Resources"]
        if not isinstance(page.get("/Parent"), Dictionary):
            break
        page = page["/Parent"]
    return Dictionary()


def _named_resources(holder: Any, kind: str) -> list[tuple[str, Any]]:
    named = holder.get(kind) if isinstance(holder, Dictionary) else None
    return list(named.items()) if isinstance(named, Dictionary) else []


def _resources(holder: Any, kind: str) -> list[Any]:
    return [item for _, item in _named_resources(holder, kind)]


def _resource(resources: Object, kind: str, name: Any) -> Any:
    named = resources.get(kind)
    return named.get(str(name)) if isinstance(named, Dictionary) else None


def _property_key(resources: Object, owner: ObjectId, name: str) -> PropertyKey:
    """Return what identifies a property list, however many resource dictionaries lead to it."""
    item, named = _resource(resources, "/Properties", name), resources.get("/Properties")
    if isinstance(item, Dictionary) and item.is_indirect:
        return item.objgen
    return (named.objgen if isinstance(named, Dictionary) and named.is_indirect else owner, name)


def _has_content(stream: Object) -> bool:
    try:
        return bool(stream.read_bytes().strip())
    except pikepdf.PdfError:  # a picture in a compression of its own
        return True


def _off_on_screen(default: Object) -> list[Object]:
    """Return layers that turn themselves off on screen, such as watermarks for print (8.11.4.4)."""
    events = [event for event in _groups(default.get("/AS")) if event.get("/Event") == Name.View]
    groups = [group for event in events for group in _groups(event.get("/OCGs"))]
    views = [(group, _dictionary(_dictionary(group.get("/Usage")).get("/View"))) for group in groups]
    return [group for group, view in views if view.get("/ViewState") == Name.OFF]


def _dictionary(value: Any) -> Object:
    return value if isinstance(value, Dictionary) else Dictionary()


def _groups(value: Any) -> list[Object]:
    values = value if isinstance(value, Array) else [value]
    return [one for one in values if isinstance(one, Dictionary)]
