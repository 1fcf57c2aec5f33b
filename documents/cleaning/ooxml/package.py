"""Clean copies of Word documents: a new package, built from the parts that show something (ECMA-376, part 2)."""

import posixpath
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from ...errors import UnreadableError
from ...packages import read_parts, write_parts
from ...xml_trees import (
    Element,
    all_text,
    attributes,
    local_name,
    parent_of,
    parse_xml,
    remove_element,
    serialize_xml,
    unwrap_element,
)
from ..images.embedded import MEDIA_TYPES, clean_picture
from ..links import is_public_link
from .drawings import drop_unshown_text
from .elements import KEPT_PARTS, REMOVED_PARTS, STRICT_NAMESPACE, R, W
from .looks import Looks, is_on, page_colour
from .names import WordNames, read_styles
from .part import clean_part
from .standard import finished
from .unseen import references, references_to_notes, remove_unused_notes, remove_unused_references

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"  # prefix of types of relationships
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
DRAWING = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
DATA_MODEL = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DML = "application/vnd.openxmlformats-officedocument.drawingml"
TYPES = {"document": f"{WML}.document.main+xml", "styles": f"{WML}.styles+xml", "numbering": f"{WML}.numbering+xml",
         "fontTable": f"{WML}.fontTable+xml", "settings": f"{WML}.settings+xml", "footnotes": f"{WML}.footnotes+xml",
         "endnotes": f"{WML}.endnotes+xml", "header": f"{WML}.header+xml", "footer": f"{WML}.footer+xml",
         "chart": f"{DML}.chart+xml", "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
         "diagramData": f"{DML}.diagramData+xml", "diagramLayout": f"{DML}.diagramLayout+xml",
         "diagramQuickStyle": f"{DML}.diagramStyle+xml", "diagramColors": f"{DML}.diagramColors+xml",
         "diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
         "chartUserShapes": f"{DML}.chartshapes+xml",
         "themeOverride": "application/vnd.openxmlformats-officedocument.themeOverride+xml"}  # fmt: skip
PROPERTIES = {"core-properties", "extended-properties", "custom-properties", "extendedProperties", "customProperties"}
ONCE = {"styles", "numbering", "fontTable", "settings", "footnotes", "endnotes"}
# Elements that are removed with the part to which they refer.
REFERENCES = {"headerReference", "footerReference", "userShapes", "hlinkClick", "hlinkHover"}


def clean_docx(data: bytes, found: Counter[str]) -> bytes:
    """Return a Word document without hidden details about people, files and machines; raise UnreadableError.

    `found` counts what was removed, by the values of `documents.models.Removed`.
    """
    parts = read_parts(data)
    _count_properties(parts, found)
    main = next((one.target for one in _relationships(parts, "") if one.kind == "officeDocument"), None)
    if main is None or main not in parts:
        raise UnreadableError("damaged")
    styles = _part_of(parts, main, "styles")
    settings = _part_of(parts, main, "settings")
    names = WordNames(found)
    if styles is not None:
        read_styles(styles, names)
    even = None if settings is None else settings.find(W + "evenAndOddHeaders")
    package = _CleanPackage(parts, found, names, Looks(styles, page_colour(_tree(parts[main]))))
    package.has_even_pages = even is not None and is_on(even)
    package.add(main, "document")
    return write_parts(package.all_parts())


@dataclass(frozen=True)
class _Relationship:
    id: str
    kind: str
    target: str
    is_external: bool


@dataclass
class _CleanPackage:
    """A new package (`made`) that is built from the parts of the old one (`parts`); `new_names` maps part names."""

    parts: dict[str, bytes]
    found: Counter[str]
    names: WordNames
    looks: Looks
    has_even_pages: bool = False
    notes: dict[str, set[str | None]] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    new_names: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    unused: set[str] = field(default_factory=set)

    def add(self, source: str, kind: str) -> str:
        """Add the clean copy of a part and of all parts that it refers to, unless it exists; return its new name."""
        if source in self.new_names:
            return self.new_names[source]
        if kind == "image":
            return self._add_picture(source)
        self.counts[kind] += 1
        number = "" if kind in ONCE or kind == "document" else self.counts[kind]
        name = self.new_names[source] = f"word/{'document' if kind == 'document' else KEPT_PARTS[kind]}{number}.xml"
        self.types[name] = TYPES[kind]
        self.made[name] = b""
        root = _tree(self.parts[source])
        clean_part(root, KEPT_PARTS.get(kind, kind), self.found, self.looks, self.names)
        if kind == "document":
            remove_unused_references(root, even=self.has_even_pages)
            self.notes = references_to_notes(root)
        elif kind in self.notes:
            remove_unused_notes(root, self.notes[kind], self.found)
        self._connect(source, name, root)
        self.made[name] = serialize_xml(finished(root))
        return name

    def _add_picture(self, source: str) -> str:
        content, extension = clean_picture(self.parts[source], self.found)
        self.counts["image"] += 1
        name = self.new_names[source] = f"word/media/image{self.counts['image']}.{extension}"
        self.made[name] = content
        return name

    def _connect(self, source: str, name: str, root: Element) -> None:
        """Write the relationships that stay under new ids, and put these into the tree."""
        ids: dict[str, str] = {}
        lines: list[str] = []
        used = references(root)
        for one in _relationships(self.parts, source):
            if one.kind in ("header", "footer") and one.id not in used:
                self._count_unused(one.target)
                continue
            target = self._target(one)
            if target is None:
                continue
            ids[one.id] = f"rId{len(ids) + 1}"
            mode = ' TargetMode="External"' if one.is_external else ""
            address = target if one.is_external else f"/{target}"
            type_name = DRAWING if one.kind == "diagramDrawing" else f"{OFFICE}/{one.kind}"
            lines.append(f'<Relationship Id="{ids[one.id]}" Type="{type_name}" Target="{_escaped(address)}"{mode}/>')
        _renumber(root, ids)
        self._update_diagrams(source, ids)
        if lines:
            folder, base = posixpath.split(name)
            self.made[f"{folder}/_rels/{base}.rels"] = _relations_file(lines)

    def _count_unused(self, source: str) -> None:
        """Count a header or footer that no page shows, if it says something. Each is parsed once."""
        if source in self.unused or source not in self.parts:
            return
        self.unused.add(source)
        self.found["hidden_text"] += bool(all_text(_tree(self.parts[source])).strip())

    def _target(self, one: _Relationship) -> str | None:
        if one.is_external:
            keep = one.kind == "hyperlink" and is_public_link(one.target)
            self.found["links"] += not keep
            if keep and one.target.startswith("#"):
                return "#" + self.names.bookmark(one.target[1:])
            return one.target if keep else None
        if one.target in self.parts and (one.kind == "image" or one.kind in KEPT_PARTS):
            return self.add(one.target, one.kind)
        if REMOVED_PARTS.get(one.kind):
            self.found[REMOVED_PARTS[one.kind]] += 1
        return None

    def _update_diagrams(self, source: str, ids: dict[str, str]) -> None:
        """Point each diagram to its new drawing, and remove what the drawing does not show."""
        relationships = _relationships(self.parts, source)
        drawings = {one.id: self.new_names.get(one.target) for one in relationships if one.kind == "diagramDrawing"}
        data = dict.fromkeys(one.target for one in relationships if one.kind == "diagramData")  # each is parsed once
        for name in [self.new_names[target] for target in data if target in self.new_names]:
            root = _tree(self.made[name])
            shown: set[str] = set()
            for pointer in list(root.iter(DATA_MODEL)):
                old_id = pointer.get("relId")
                drawing = None if old_id is None else drawings.get(old_id)
                if old_id is None or drawing is None:
                    remove_element(parent_of(parent_of(pointer)))
                    continue
                pointer.set("relId", ids[old_id])
                if drawing not in shown:
                    drop_unshown_text(root, _tree(self.made[drawing]), self.found)
                shown.add(drawing)
            self.made[name] = serialize_xml(root)

    def all_parts(self) -> dict[str, bytes]:
        """Return all parts of the new package, in the order in which they are to be written."""
        lines = [f'<Default Extension="{one}" ContentType="{kind}"/>' for one, kind in MEDIA_TYPES.items()]
        lines.append(f'<Default Extension="rels" ContentType="{RELATIONSHIPS}"/>')
        lines += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items()]
        types = f'<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'
        top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        return {"[Content_Types].xml": types.encode(), "_rels/.rels": _relations_file([top]), **self.made}


def _tree(data: bytes) -> Element:
    return parse_xml(STRICT_NAMESPACE.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data))


def _part_of(parts: dict[str, bytes], main: str, kind: str) -> Element | None:
    """Return the tree of the first part of this kind that the main part refers to."""
    names = (one.target for one in _relationships(parts, main) if one.kind == kind and one.target in parts)
    name = next(names, None)
    return None if name is None else _tree(parts[name])


def _relationships(parts: dict[str, bytes], source: str) -> list[_Relationship]:
    folder, base = posixpath.split(source)
    data = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if data is None:
        return []
    found: list[_Relationship] = []
    for line in parse_xml(data):
        target, external = line.get("Target", ""), line.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(_Relationship(line.get("Id", ""), line.get("Type", "").rpartition("/")[2], target, external))
    return found


def _renumber(root: Element, ids: dict[str, str]) -> None:
    for element in list(root.iter("{*}*")):
        for name, _short, value in attributes(element):
            if not name.startswith(R):
                continue
            if value in ids:
                element.set(name, ids[value])
            else:
                del element.attrib[name]
                # The anchor in a document to which the link no longer leads.
                if W + "anchor" in element.attrib:
                    del element.attrib[W + "anchor"]
                _remove_reference(element)


def _remove_reference(element: Element) -> None:
    """Remove what refers to a part that is gone; for a chart, the alternative that contains it."""
    if local_name(element) in REFERENCES:
        remove_element(element)
    elif local_name(element) in ("chart", "relIds"):
        above = {local_name(one): one for one in element.iterancestors()}
        choice = above.get("Choice")
        fallback = None if choice is None else choice.getnext()
        if choice is not None and fallback is not None:
            alternatives = parent_of(choice)
            remove_element(choice)
            unwrap_element(fallback)
            unwrap_element(alternatives)
        elif "drawing" in above:
            remove_element(above["drawing"])


def _relations_file(lines: list[str]) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _count_properties(parts: dict[str, bytes], found: Counter[str]) -> None:
    """Count the properties of the whole package, none of which is kept."""
    for one in _relationships(parts, ""):
        if one.kind in PROPERTIES and one.target in parts:
            _count_each(parse_xml(parts[one.target]), found)
        elif REMOVED_PARTS.get(one.kind):
            found[REMOVED_PARTS[one.kind]] += 1
    found["objects"] += sum(name.startswith("word/embeddings/") for name in parts)


def _count_each(root: Element, found: Counter[str]) -> None:
    for element in root.iter(etree.Element):
        if not len(element) and (element.text or "").strip():
            found["authors" if local_name(element) in ("creator", "lastModifiedBy", "Manager") else "properties"] += 1
