"""What a PDF draws in layers that are off: nobody sees it who opens the file, and it is taken out of what is drawn."""

from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream

from documents.cleaning.layers import Layers
from documents.cleaning.spoken import Spoken
from documents.cleaning.typefaces import Typefaces

# What has no effect but to be seen. All else in a layer stays, as it may reach beyond it: colours, places, clips.
PATHS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
SHOWN = {"Tj", "TJ", "Do", "sh", "INLINE IMAGE"}
MARKS = {"BMC", "BDC"}
CHOSEN = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern"}
NOTHING = b"\n"  # a stream without a byte is written once packed and once not
TILE = {"/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Length"}


class Hidden:
    """One look at all that is drawn in a PDF; `found` counts what it takes out."""

    def __init__(self, pdf: pikepdf.Pdf, layers: Layers, found: Counter):
        self.pdf, self.layers, self.found = pdf, layers, found
        self.spoken, self.typefaces = Spoken(pdf), Typefaces()
        self.drawn: set[tuple[int, int]] = set()
        self.seen: set[tuple] = set()
        self.offered: list[Stream] = []
        self.named: set[tuple] = set()
        self.properties: dict[tuple, Dictionary] = {}
        self.waiting: list[tuple[Stream, Dictionary, tuple]] = []

    def run(self) -> None:
        """Take out what is drawn in layers that are off, and what is drawn nowhere but there."""
        for page in self.pdf.pages:
            if isinstance(page.obj.get("/Contents"), Array):
                page.contents_coalesce()
            if isinstance(page.obj.get("/Contents"), Stream):
                self.waiting.append((page.Contents, _inherited(page.obj), page.obj.objgen))
                self.spoken.numbers[page.Contents.objgen] = page.obj.get("/StructParents")
        while self.waiting:
            self._visit(*self.waiting.pop())
        for thing in self.offered:
            if thing.objgen not in self.drawn:
                self._empty(thing)
        self.typefaces.empty()
        for place in self.properties.keys() - self.named:
            self.found["hidden_text"] += self.spoken.strip(self.properties[place])

    def _visit(self, stream: Stream, resources: Dictionary, owner: tuple) -> None:
        if isinstance(stream.get("/Resources"), Dictionary):
            resources, owner = stream.Resources, stream.objgen
        owner = resources.objgen if resources.is_indirect else owner
        if (stream.objgen, owner) in self.seen:
            return
        self.seen.add((stream.objgen, owner))
        self._look_into(resources, owner)
        kept = list(self._kept(stream, resources, owner))
        if self.changed:
            self.found["hidden_text"] += self.changed
            stream.write(pikepdf.unparse_content_stream(kept) or NOTHING)

    def _look_into(self, resources: Dictionary, owner: tuple) -> None:
        for thing in _each(resources, "/XObject"):
            if isinstance(thing, Stream) and self.layers.hides(thing.get("/OC")):
                self.spoken.silence(thing.get("/StructParent"))
                self._empty(thing)
        self.offered += [one for kind in ("/XObject", "/Pattern") for one in _each(resources, kind)
                         if isinstance(one, Stream)]  # fmt: skip
        for name, thing in _pairs(resources, "/Properties"):
            if isinstance(thing, Dictionary):
                self.properties[_place(resources, owner, name)] = thing
        self.typefaces.offer(_each(resources, "/Font"))
        for font in _each(resources, "/Font"):
            for glyph in _each(font, "/CharProcs"):
                self._wait(glyph, font.get("/Resources", resources), owner)
        for state in _each(resources, "/ExtGState"):
            if isinstance(state, Dictionary) and "/Font" in state:
                self.typefaces.are_known = False
            mask = state.get("/SMask") if isinstance(state, Dictionary) else None
            self._wait(mask.get("/G") if isinstance(mask, Dictionary) else None, resources, owner)

    def _wait(self, stream, resources, owner: tuple) -> None:
        if isinstance(stream, Stream) and isinstance(resources, Dictionary):
            self.drawn.add(stream.objgen)
            if stream.get("/Subtype") != Name.Image:
                self.waiting.append((stream, resources, owner))

    def _kept(self, stream: Stream, resources: Dictionary, owner: tuple):
        """Yield the instructions of a stream that stay; `changed` tells afterwards how many had to go."""
        self.changed = 0
        self.typefaces.begin()
        open_marks: list[bool] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = instruction.operator.unparse().decode("latin-1"), list(instruction.operands)
            if operator in MARKS:
                open_marks.append(self._is_off(operands, resources))
            elif operator == "EMC" and open_marks:
                open_marks.pop()
            elif operator == "Tf" and operands:
                self.typefaces.choose(_named(resources, "/Font", operands[0]))
            self.typefaces.follow(operator, not any(open_marks))
            if any(open_marks):
                yield from self._unseen(operator, operands, instruction, stream, resources)
            else:
                self._follow(operator, operands, resources, owner)
                yield instruction

    def _is_off(self, operands: list, resources: Dictionary) -> bool:
        if len(operands) < 2 or operands[0] != Name.OC or not isinstance(operands[1], Name):
            return False
        return self.layers.hides(_named(resources, "/Properties", operands[1]))

    def _follow(self, operator: str, operands: list, resources: Dictionary, owner: tuple) -> None:
        if not operands or not isinstance(operands[-1], Name):
            return
        if operator == "BDC":
            self.named.add(_place(resources, owner, str(operands[-1])))
        elif operator in CHOSEN:
            self._wait(_named(resources, CHOSEN[operator], operands[-1]), resources, owner)

    def _unseen(self, operator: str, operands: list, instruction, stream: Stream, resources: Dictionary):
        """Yield what stands for an instruction in a layer that is off."""
        left = {"'": [([], "T*")], '"': [(operands[:1], "Tw"), (operands[1:2], "Tc"), ([], "T*")]}
        if operator == "Do" and operands:
            self.spoken.silence(getattr(_named(resources, "/XObject", operands[-1]), "StructParent", None))
        if operator in MARKS and len(operands) > 1:
            self._silence(operands, stream, resources)
            yield operands, instruction.operator
        elif operator in left or operator in PATHS:
            self.changed += 1
            yield from ((those, Operator(name)) for those, name in left.get(operator, [([], "n")]))
        elif operator in SHOWN:
            self.changed += 1
        else:
            yield instruction

    def _silence(self, operands: list, stream: Stream, resources: Dictionary) -> None:
        """Take out what is read aloud in place of something that is not seen."""
        properties = operands[1]
        if isinstance(properties, Name):
            properties = _named(resources, "/Properties", properties)
        if isinstance(properties, Dictionary):
            self.changed += self.spoken.strip(properties)
            number = self.spoken.numbers.get(stream.objgen, stream.get("/StructParents"))
            self.spoken.silence(number, properties.get("/MCID"))

    def _empty(self, thing: Stream) -> None:
        is_tile = "/PatternType" in thing
        if not _has_more_than_blanks(thing):
            return
        self.found["hidden_text"] += 1
        for key in set(thing.keys()) - (TILE if is_tile else {"/Length"}):
            del thing[key]
        if is_tile:
            thing.Resources = Dictionary()
        else:
            thing.Type, thing.Subtype, thing.BBox = Name.XObject, Name.Form, Array([0, 0, 0, 0])
        thing.write(NOTHING)


def _inherited(page: Dictionary) -> Dictionary:
    for _ in range(50):
        if isinstance(page.get("/Resources"), Dictionary):
            return page.Resources
        if not isinstance(page.get("/Parent"), Dictionary):
            break
        page = page.Parent
    return Dictionary()


def _pairs(holder, key: str) -> list:
    things = holder.get(key) if isinstance(holder, Dictionary) else None
    return list(things.items()) if isinstance(things, Dictionary) else []


def _each(holder, key: str) -> list:
    return [thing for _, thing in _pairs(holder, key)]


def _place(resources: Dictionary, owner: tuple, name: str) -> tuple:
    """Return what tells one dictionary of properties from another, however many resources lead to it."""
    thing, things = _named(resources, "/Properties", name), resources.get("/Properties")
    if isinstance(thing, Dictionary) and thing.is_indirect:
        return thing.objgen
    return (things.objgen if isinstance(things, Dictionary) and things.is_indirect else owner, name)


def _named(resources: Dictionary, kind: str, name):
    things = resources.get(kind)
    return things.get(str(name)) if isinstance(things, Dictionary) else None


def _has_more_than_blanks(stream: Stream) -> bool:
    try:
        return bool(stream.read_bytes().strip())
    except pikepdf.PdfError:  # a picture that is packed in its own way
        return True
