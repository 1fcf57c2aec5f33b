"""Layers of a PDF (optional content) that are not shown when it is opened: what is drawn on them goes."""

from collections import Counter

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator, Stream

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
SHOWING = {"Tj", "TJ", "Do", "sh", "DP", "MP"}
MOST_DEEP = 30  # forms within forms, conditions within conditions


def drop_hidden(pdf: pikepdf.Pdf, found: Counter) -> None:
    """Take out what stands in layers that are off, and the tags of the document with it, which repeat its words."""
    layers = Layers(pdf)
    if not layers.off:
        return
    for page in pdf.pages:
        _drop_annotations(page, layers)
        if "/Contents" in page.obj:
            page.contents_coalesce()
            layers.clean(page.obj.Contents, page.resources)
    if layers.dropped:
        found["hidden_text"] += layers.dropped
        for key in {"/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys()):
            del pdf.Root[key]


def _drop_annotations(page: pikepdf.Page, layers: "Layers") -> None:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        return
    shown = [one for one in annotations if not (isinstance(one, Dictionary) and layers.hides(one.get("/OC")))]
    layers.dropped += len(annotations) - len(shown)
    page.obj.Annots = Array(shown)


class Layers:
    """Which layers of a PDF are off, and a pass over all that is drawn."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.off, self.seen, self.dropped = set(), set(), 0
        properties = pdf.Root.get("/OCProperties")
        choice = properties.get("/D") if isinstance(properties, Dictionary) else None
        if isinstance(choice, Dictionary):
            everything = _groups(properties.get("/OCGs"))
            self.off = everything if choice.get("/BaseState") == Name.OFF else set()
            self.off = (self.off - _groups(choice.get("/ON"))) | _groups(choice.get("/OFF"))
            self._turn_by_usage(choice)

    def _turn_by_usage(self, choice: Dictionary) -> None:
        """Some layers say themselves that they are not for the screen."""
        for event in _listed(choice.get("/AS")):
            if not isinstance(event, Dictionary) or event.get("/Event") != Name.View:
                continue
            for group in _listed(event.get("/OCGs")):
                view = group.get("/Usage", {}).get("/View", {}) if isinstance(group, Dictionary) else {}
                if view.get("/ViewState") == Name.OFF:
                    self.off.add(group.objgen)

    def hides(self, group) -> bool:
        """Tell whether what belongs to a layer, or to several by a rule, is not shown (ISO 32000-2, 8.11.2)."""
        if not isinstance(group, Dictionary):
            return False
        if group.get("/Type") != Name.OCMD:
            return group.objgen in self.off
        if isinstance(group.get("/VE"), Array):
            return not self._holds(group.VE)
        shown = [one.objgen not in self.off for one in _listed(group.get("/OCGs")) if isinstance(one, Dictionary)]
        rules = {"/AllOn": all(shown), "/AnyOff": not all(shown), "/AllOff": not any(shown)}
        return bool(shown) and not rules.get(str(group.get("/P", "/AnyOn")), any(shown))

    def _holds(self, rule, depth: int = 0) -> bool:
        """Tell whether an expression over layers holds; one that is nonsense hides nothing."""
        if isinstance(rule, Dictionary):
            return rule.objgen not in self.off
        if not isinstance(rule, Array) or not len(rule) or depth > MOST_DEEP:
            return True
        parts = [self._holds(one, depth + 1) for one in list(rule)[1:]]
        return {"/And": all(parts), "/Or": any(parts), "/Not": not all(parts)}.get(str(rule[0]), True)

    def clean(self, stream: Stream, resources, depth: int = 0) -> None:
        """Take out of what a page, a form or a pattern draws what is on layers that are off."""
        if not isinstance(resources, Dictionary) or depth > MOST_DEEP:
            return
        if stream.is_indirect:
            if stream.objgen in self.seen:
                return
            self.seen.add(stream.objgen)
        for kind in ("/XObject", "/Pattern"):
            names = resources.get(kind)
            for thing in list(names.values()) if isinstance(names, Dictionary) else []:
                self._clean_drawn(thing, resources, depth)
        if b"BDC" in stream.read_bytes():
            self._clean_marked(stream, resources.get("/Properties", Dictionary()))

    def _clean_drawn(self, thing, resources: Dictionary, depth: int) -> None:
        if not isinstance(thing, Stream):
            return
        if self.hides(thing.get("/OC")):
            _empty(thing)
            self.dropped += 1
        elif thing.get("/Subtype") != Name.Image:
            self.clean(thing, thing.get("/Resources", resources), depth + 1)

    def _clean_marked(self, stream: Stream, properties) -> None:
        kept, marks, dropped = [], [], 0
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            if operator in ("BMC", "BDC"):
                marks.append(any(marks) or (operator == "BDC" and self._is_off(instruction, properties)))
            elif operator == "EMC" and marks:
                marks.pop()
            if any(marks) and (replaced := _unseen(instruction)) is not None:
                dropped += operator not in ("BMC", "BDC")
                kept += replaced
            else:
                kept.append(instruction)
        if dropped:
            self.dropped += 1
            stream.write(pikepdf.unparse_content_stream(kept))

    def _is_off(self, instruction, properties) -> bool:
        tag, group = instruction.operands[0], instruction.operands[1]
        if isinstance(group, Name) and isinstance(properties, Dictionary):
            group = properties.get(str(group))
        return tag == Name.OC and self.hides(group)


def _unseen(instruction) -> list | None:
    """Return what stands for an instruction that draws on a layer that is off; None for one that draws nothing."""
    if isinstance(instruction, ContentStreamInlineImage):
        return []
    operator = str(instruction.operator)
    if operator in SHOWING:
        return []
    if operator in PAINTING:
        return [ContentStreamInstruction([], Operator("n"))]
    if operator in ("'", '"'):  # the next line is where it was
        return [ContentStreamInstruction([], Operator("T*"))]
    if operator == "BDC":  # its properties may repeat the words
        return [ContentStreamInstruction([Name.Span], Operator("BMC"))]
    return None


def _empty(thing: Stream) -> None:
    for key in set(thing.keys()) - {"/Length"}:
        del thing[key]
    thing.Type, thing.Subtype, thing.BBox = Name.XObject, Name.Form, Array([0, 0, 0, 0])
    thing.write(b"\n")  # a stream of nothing would be written differently the second time


def _listed(value) -> list:
    if isinstance(value, Array):
        return list(value)
    return [] if value is None else [value]


def _groups(value) -> set:
    return {one.objgen for one in _listed(value) if isinstance(one, Dictionary)}
