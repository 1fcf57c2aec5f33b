"""Word documents: written anew from the parts that show something, each of them cut down."""

import posixpath
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from documents.apart.faults import Unreadable
from documents.cleaning import pictures
from documents.cleaning.drawings import hide_unshown
from documents.cleaning.known import drop_unused_prefixes
from documents.cleaning.names import WordNames
from documents.cleaning.renaming import read_styles
from documents.cleaning.trees import attributes, is_open_link, local, parse, remove, unwrap, written
from documents.cleaning.wordml import clean_part, hidden_styles
from documents.cleaning.words import DROPPED, PARTS, STRICT, R, W
from documents.cleaning.zips import packed, unpacked

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
DRAWING = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
DATA_MODEL = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DML = "application/vnd.openxmlformats-officedocument.drawingml"
TYPES = {"document": f"{WML}.document.main+xml", "styles": f"{WML}.styles+xml", "numbering": f"{WML}.numbering+xml",
         "fontTable": f"{WML}.fontTable+xml", "settings": f"{WML}.settings+xml",
         "footnotes": f"{WML}.footnotes+xml", "endnotes": f"{WML}.endnotes+xml", "header": f"{WML}.header+xml",
         "footer": f"{WML}.footer+xml", "chart": f"{DML}.chart+xml",
         "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
         "diagramData": f"{DML}.diagramData+xml", "diagramLayout": f"{DML}.diagramLayout+xml",
         "diagramQuickStyle": f"{DML}.diagramStyle+xml", "diagramColors": f"{DML}.diagramColors+xml",
         "diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
         "chartUserShapes": f"{DML}.chartshapes+xml",
         "themeOverride": "application/vnd.openxmlformats-officedocument.themeOverride+xml"}  # fmt: skip
PROPERTIES = {"core-properties", "extended-properties", "custom-properties", "extendedProperties", "customProperties"}
ONCE = {"styles", "numbering", "fontTable", "settings", "footnotes", "endnotes"}
MEDIA = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp", "tif": "image/tiff",
         "webp": "image/webp"}  # fmt: skip
FALLING_AWAY = {
    "headerReference",
    "footerReference",
    "userShapes",
    "hlinkClick",
    "hlinkHover",
}  # elements that are nothing without the part they name


def clean(data: bytes, found: Counter, kind: str = "docx") -> bytes:
    """Return a Word document without what it tells of people, files and machines; raises Unreadable."""
    parts = unpacked(data)
    _count_properties(parts, found)
    main = next((one.target for one in _relations(parts, "") if one.kind == "officeDocument"), None)
    if main not in parts:
        raise Unreadable("damaged")
    styles = [one.target for one in _relations(parts, main) if one.kind == "styles" and one.target in parts]
    names, hidden = WordNames(found), set()
    if styles:
        tree = _tree(parts[styles[0]])
        read_styles(tree, names)
        hidden = hidden_styles(tree)
    making = _Making(parts, found, names, hidden)
    making.add(main, "document")
    return packed(making.package())


@dataclass(frozen=True)
class _Relation:
    id: str
    kind: str
    target: str
    is_external: bool


@dataclass
class _Making:
    """A package on its way from what was sent (`parts`) to what goes out (`made`)."""

    parts: dict[str, bytes]
    found: Counter
    new: WordNames
    hidden: set[str]
    made: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)

    def add(self, source: str, kind: str) -> str:
        """Make a part and all that hangs on it, unless that is done; return its new name."""
        if source in self.names:
            return self.names[source]
        if kind == "image":
            return self._add_picture(source)
        self.counts[kind] += 1
        number = "" if kind in ONCE or kind == "document" else self.counts[kind]
        name = self.names[source] = f"word/{'document' if kind == 'document' else PARTS[kind]}{number}.xml"
        self.types[name] = TYPES[kind]
        self.made[name] = b""
        root = _tree(self.parts[source])
        clean_part(root, PARTS.get(kind, kind), self.found, self.hidden, self.new)
        self._connect(source, name, root)
        drop_unused_prefixes(root, [])
        self.made[name] = written(root)
        return name

    def _add_picture(self, source: str) -> str:
        content, extension = pictures.clean(self.parts[source], self.found)
        self.counts["image"] += 1
        name = self.names[source] = f"word/media/image{self.counts['image']}.{extension}"
        self.made[name] = content
        return name

    def _connect(self, source: str, name: str, root) -> None:
        """Give the relations that stay new ids, in the tree too, and write them down."""
        ids, lines = {}, []
        for one in _relations(self.parts, source):
            target = self._target(one)
            if target is None:
                continue
            ids[one.id] = f"rId{len(ids) + 1}"
            mode = ' TargetMode="External"' if one.is_external else ""
            address = target if one.is_external else f"/{target}"
            type_name = DRAWING if one.kind == "diagramDrawing" else f"{OFFICE}/{one.kind}"
            lines.append(f'<Relationship Id="{ids[one.id]}" Type="{type_name}" Target="{_escaped(address)}"{mode}/>')
        _renumber(root, ids)
        self._settle_diagrams(source, ids)
        if lines:
            folder, base = posixpath.split(name)
            self.made[f"{folder}/_rels/{base}.rels"] = _relations_file(lines)

    def _target(self, one: _Relation) -> str | None:
        if one.is_external:
            keep = one.kind == "hyperlink" and is_open_link(one.target)
            self.found["links"] += not keep
            if keep and one.target.startswith("#"):
                return "#" + self.new.bookmark(one.target[1:])
            return one.target if keep else None
        if one.target in self.parts and (one.kind == "image" or one.kind in PARTS):
            return self.add(one.target, one.kind)
        if DROPPED.get(one.kind):
            self.found[DROPPED[one.kind]] += 1
        return None

    def _settle_diagrams(self, source: str, ids: dict[str, str]) -> None:
        """Tell each diagram where its drawing is now, and take out of it what that does not show."""
        relations = _relations(self.parts, source)
        drawings = {one.id: self.names.get(one.target) for one in relations if one.kind == "diagramDrawing"}
        for one in relations:
            if one.kind != "diagramData" or one.target not in self.names:
                continue
            name = self.names[one.target]
            root = _tree(self.made[name])
            for pointer in list(root.iter(DATA_MODEL)):
                drawing = drawings.get(pointer.get("relId"))
                if drawing is None:
                    remove(pointer.getparent().getparent())
                    continue
                pointer.set("relId", ids[pointer.get("relId")])
                hide_unshown(root, _tree(self.made[drawing]), self.found)
            self.made[name] = written(root)

    def package(self) -> dict[str, bytes]:
        """Return all parts of the new package, in the order in which they are written."""
        lines = [f'<Default Extension="{one}" ContentType="{kind}"/>' for one, kind in MEDIA.items()]
        lines.append(f'<Default Extension="rels" ContentType="{RELATIONSHIPS}"/>')
        lines += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items()]
        types = f'<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'
        top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        return {"[Content_Types].xml": types.encode(), "_rels/.rels": _relations_file([top]), **self.made}


def _tree(data: bytes):
    return parse(STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data))


def _relations(parts: dict[str, bytes], source: str) -> list[_Relation]:
    folder, base = posixpath.split(source)
    data = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if data is None:
        return []
    found = []
    for line in parse(data):
        target, external = line.get("Target", ""), line.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(_Relation(line.get("Id", ""), line.get("Type", "").rpartition("/")[2], target, external))
    return found


def _renumber(root, ids: dict[str, str]) -> None:
    for element in list(root.iter("{*}*")):
        for name, _short, value in attributes(element):
            if not name.startswith(R):
                continue
            if value in ids:
                element.set(name, ids[value])
            else:
                del element.attrib[name]
                # The place inside of what a link no longer leads to.
                element.attrib.pop(W + "anchor", None)
                _fall_away(element)


def _fall_away(element) -> None:
    """Take out what is nothing without the part that it named; a chart, with the choice that it is."""
    if local(element) in FALLING_AWAY:
        remove(element)
    elif local(element) in ("chart", "relIds"):
        above = {local(one): one for one in element.iterancestors()}
        choice = above.get("Choice")
        if choice is not None and choice.getnext() is not None:
            fallback, alternatives = choice.getnext(), choice.getparent()
            remove(choice)
            unwrap(fallback)
            unwrap(alternatives)
        elif "drawing" in above:
            remove(above["drawing"])


def _relations_file(lines: list[str]) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _count_properties(parts: dict[str, bytes], found: Counter) -> None:
    """Count what the whole package tells of itself, none of which is kept."""
    for one in _relations(parts, ""):
        if one.kind in PROPERTIES and one.target in parts:
            _count_each(parse(parts[one.target]), found)
        elif DROPPED.get(one.kind):
            found[DROPPED[one.kind]] += 1
    found["objects"] += sum(name.startswith("word/embeddings/") for name in parts)


def _count_each(root, found: Counter) -> None:
    for element in root.iter(etree.Element):
        if not len(element) and (element.text or "").strip():
            found["authors" if local(element) in ("creator", "lastModifiedBy", "Manager") else "properties"] += 1
