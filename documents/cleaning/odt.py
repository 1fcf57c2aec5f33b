"""OpenDocument texts: written anew from what they show."""

import base64
import posixpath
from collections import Counter

from documents.apart.faults import Unreadable
from documents.cleaning import odfsettings, pictures
from documents.cleaning.names import Names
from documents.cleaning.odf import HREF, clean_tree, hidden_styles, is_inside
from documents.cleaning.odfnames import rename
from documents.cleaning.trees import is_open_link, local, parse, remove, written
from documents.cleaning.zips import packed, unpacked

MIMETYPE = b"application/vnd.oasis.opendocument.text"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
MEDIA = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp", "tif": "image/tiff",
         "webp": "image/webp"}  # fmt: skip
META = f'<office:document-meta xmlns:office="{OFFICE}" office:version="1.3"><office:meta/></office:document-meta>'
# What is counted of the parts that are not kept, by how their name begins.
DROPPED = {"Thumbnails/": "previews", "Configurations2/": "settings",
           "Basic/": "programs", "Scripts/": "programs", "Dialogs/": "programs", "manifest.rdf": "properties",
           "META-INF/documentsignatures": "signatures", "META-INF/macrosignatures": "signatures",
           "layout-cache": "settings", "Object": "objects", "Fonts/": "objects", "Versions/": "history",
           "VersionList": "history"}  # fmt: skip


def clean(data: bytes, found: Counter, kind: str = "odt") -> bytes:
    """Return a text without what it tells of people, files and machines; raises Unreadable."""
    parts = unpacked(data)
    if "content.xml" not in parts:
        raise Unreadable("damaged")
    _count_dropped(parts, found)
    trees = {name: parse(parts[name]) for name in ("content.xml", "styles.xml") if name in parts}
    hidden = set().union(*(hidden_styles(tree) for tree in trees.values()))
    media: dict[str, bytes] = {}
    for tree in trees.values():
        clean_tree(tree, found, hidden)
        _clean_pictures(tree, parts, media, found)
    rename(list(trees.values()), Names(found))
    made = {"mimetype": MIMETYPE, "meta.xml": META.encode()}
    if "settings.xml" in parts:
        made["settings.xml"] = odfsettings.clean(parts["settings.xml"], found)
    made |= {name: written(tree) for name, tree in trees.items()} | media
    return packed(made | {"META-INF/manifest.xml": _manifest(made)}, stored=("mimetype",))


def _count_dropped(parts: dict[str, bytes], found: Counter) -> None:
    for name in parts:
        code = next((code for start, code in DROPPED.items() if name.startswith(start)), None)
        if code:
            found[code] += 1
    if "meta.xml" in parts:
        for element in parse(parts["meta.xml"]).iter("{*}*"):
            if (element.text or "").strip() and not len(element):
                people = local(element) in ("creator", "initial-creator", "printed-by")
                found["authors" if people else "properties"] += 1


def _clean_pictures(tree, parts: dict[str, bytes], media: dict[str, bytes], found: Counter) -> None:
    """Put clean pictures under new names in the place of those that the tree names or holds."""
    names: dict[str, str] = {}
    for element in list(tree.iter("{*}*")):
        address = element.get(HREF, "")
        source = posixpath.normpath(address)
        if local(element) == "binary-data":
            content, _extension = pictures.clean(base64.b64decode(element.text or ""), found)
            element.text = base64.b64encode(content).decode()
        elif is_inside(address) and source in parts:
            if source not in names:
                content, extension = pictures.clean(parts[source], found)
                names[source] = f"Pictures/image{len(media) + 1}.{extension}"
                media[names[source]] = content
            element.set(HREF, names[source])
        elif local(element) in ("image", "fill-image", "background-image", "list-level-style-image") and address:
            found["links"] += 1
            remove(element) if local(element) == "image" else element.attrib.pop(HREF)
        elif address and not is_open_link(address):
            found["links"] += 1
            del element.attrib[HREF]


def _manifest(made: dict[str, bytes]) -> bytes:
    types = {"/": MIMETYPE.decode()}
    for name in made:
        extension = name.rpartition(".")[2]
        types[name] = "text/xml" if extension == "xml" else MEDIA.get(extension, "")
    lines = [
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in types.items()
        if kind
    ]
    head = f'<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="1.3">'
    return f"{head}{''.join(lines)}</manifest:manifest>".encode()
