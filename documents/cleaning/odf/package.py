"""Clean copies of OpenDocument texts: a new package, built from what the document shows (OASIS ODF 1.3, part 2)."""

import base64
import posixpath
from collections import Counter

from ...errors import UnreadableError
from ...packages import read_parts, write_parts
from ...xml_trees import Element, local_name, parse_xml, remove_element, serialize_xml
from ..images.embedded import MEDIA_TYPES, clean_picture
from ..links import is_public_link
from ..new_names import NewNames
from .content import HREF, clean_tree, is_inside
from .layout_settings import clean_settings
from .looks import Looks
from .names import rename_in_trees
from .standard import finished, keep_known_names, rename_fonts
from .unseen import remove_unused_pages

MIMETYPE = b"application/vnd.oasis.opendocument.text"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
META = f'<office:document-meta xmlns:office="{OFFICE}" office:version="1.3"><office:meta/></office:document-meta>'
# What is counted for parts that are removed, by the start of their name.
DROPPED = {"Thumbnails/": "previews", "Configurations2/": "settings",
           "Basic/": "programs", "Scripts/": "programs", "Dialogs/": "programs", "manifest.rdf": "properties",
           "META-INF/documentsignatures": "signatures", "META-INF/macrosignatures": "signatures",
           "layout-cache": "settings", "Object": "objects", "Fonts/": "objects", "Versions/": "history",
           "VersionList": "history"}  # fmt: skip


def clean_odt(data: bytes, found: Counter[str]) -> bytes:
    """Return a text without hidden details about people, files and machines; raise UnreadableError.

    `found` counts what was removed, by the values of `documents.models.Removed`.
    """
    parts = read_parts(data)
    if "content.xml" not in parts:
        raise UnreadableError("damaged")
    _count_dropped(parts, found)
    trees = {name: parse_xml(parts[name]) for name in ("content.xml", "styles.xml") if name in parts}
    styles = trees.get("styles.xml")
    if styles is not None:
        remove_unused_pages(trees["content.xml"], styles, found)
    looks = {name: Looks.of(tree, styles) for name, tree in trees.items()}
    media: dict[str, bytes] = {}
    for name, tree in trees.items():
        clean_tree(tree, found, looks[name])
        _replace_pictures(tree, parts, media, found)
    names = NewNames(found)
    rename_in_trees(list(trees.values()), names)
    for name, tree in trees.items():
        rename_fonts(tree, names)
        keep_known_names(tree, found)
        trees[name] = finished(tree)
    made = {"mimetype": MIMETYPE, "meta.xml": META.encode()}
    if "settings.xml" in parts:
        made["settings.xml"] = clean_settings(parts["settings.xml"], found)
    made |= {name: serialize_xml(tree) for name, tree in trees.items()} | media
    return write_parts(made | {"META-INF/manifest.xml": _manifest(made)}, stored=("mimetype",))


def _count_dropped(parts: dict[str, bytes], found: Counter[str]) -> None:
    for name in parts:
        code = next((code for start, code in DROPPED.items() if name.startswith(start)), None)
        if code:
            found[code] += 1
    if "meta.xml" in parts:
        for element in parse_xml(parts["meta.xml"]).iter("{*}*"):
            if (element.text or "").strip() and not len(element):
                people = local_name(element) in ("creator", "initial-creator", "printed-by")
                found["authors" if people else "properties"] += 1


def _replace_pictures(tree: Element, parts: dict[str, bytes], media: dict[str, bytes], found: Counter[str]) -> None:
    """Replace pictures that the tree refers to or contains by clean ones; those from outside are removed."""
    names: dict[str, str] = {}
    for element in list(tree.iter("{*}*")):
        address = element.get(HREF, "")
        source = posixpath.normpath(address)
        if local_name(element) == "binary-data":
            content, _extension = clean_picture(base64.b64decode(element.text or ""), found)
            element.text = base64.b64encode(content).decode()
        elif is_inside(address) and source in parts:
            if source not in names:
                content, extension = clean_picture(parts[source], found)
                names[source] = f"Pictures/image{len(media) + 1}.{extension}"
                media[names[source]] = content
            element.set(HREF, names[source])
        elif local_name(element) in ("image", "fill-image", "background-image", "list-level-style-image") and address:
            found["links"] += 1
            if local_name(element) == "image":
                remove_element(element)
            else:
                del element.attrib[HREF]
        elif address and not is_public_link(address):
            found["links"] += 1
            del element.attrib[HREF]


def _manifest(made: dict[str, bytes]) -> bytes:
    types = {"/": MIMETYPE.decode()}
    for name in made:
        extension = name.rpartition(".")[2]
        types[name] = "text/xml" if extension == "xml" else MEDIA_TYPES.get(extension, "")
    lines = [
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in types.items()
        if kind
    ]
    head = f'<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="1.3">'
    return f"{head}{''.join(lines)}</manifest:manifest>".encode()
