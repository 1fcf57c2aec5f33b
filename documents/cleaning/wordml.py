"""One part of a Word document: its tree, cut down to what the document shows."""

import re
from collections import Counter

from documents.cleaning.drawings import clean_drawings
from documents.cleaning.fields import clean_fields
from documents.cleaning.known import OOXML, drop_foreign, drop_words_between
from documents.cleaning.names import WordNames
from documents.cleaning.renaming import rename
from documents.cleaning.trees import attributes, local, remove, tells_a_file, unwrap
from documents.cleaning.words import (
    ABOUT_PEOPLE,
    ACCEPTED,
    AIDS,
    CHANGES,
    COMMENTS,
    FREE,
    MARKS,
    NAMED,
    OBJECTS,
    PEOPLE,
    SETTINGS,
    WRAPPERS,
    W,
)

VML_HIDDEN = re.compile(r"visibility:\s*hidden", re.IGNORECASE)
COMPATIBILITY = re.compile(r"(\d{1,3}|true|false|on|off)")
COMPATIBILITY_NAMES = {"compatibilityMode", "overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures",
                       "doNotFlipMirrorIndents", "differentiateMultirowTableHeaders",
                       "useWord2013TrackBottomHyphenation", "allowHyphenationAtTrackBottom",
                       "allowSpaceOfSameStyleInTable"}  # fmt: skip
VML = "{urn:schemas-microsoft-com:vml}"
OFF = {"0", "false", "off"}


def clean_part(root, kind: str, found: Counter, hidden_styles: set[str], names: WordNames) -> None:
    """Cut the tree of a part of this kind (see words.PARTS) in place."""
    drop_foreign(root, OOXML)
    if kind == "settings":
        _clean_settings(root, found)
    _accept_changes(root, found)
    _drop_elements(root, found)
    _unwrap_controls(root, found)
    _drop_hidden(root, found, hidden_styles)
    clean_fields(root, found, names)
    clean_drawings(root, found, names)
    for element in root.iter():
        _clean_attributes(element, found)
    rename(root, names)
    drop_words_between(root)


def hidden_styles(root) -> set[str]:
    """Return the ids of styles whose text is not shown, with those that are based on them."""
    hidden, based = set(), {}
    for style in root.iter(W + "style"):
        name, base = style.get(W + "styleId"), style.find(W + "basedOn")
        vanish = style.find(f"{W}rPr/{W}vanish")
        if vanish is not None and _is_on(vanish):
            hidden.add(name)
        elif vanish is None and base is not None:
            based[name] = base.get(W + "val")
    for _ in range(20):
        hidden |= {name for name, base in based.items() if base in hidden}
    return hidden


def _is_on(switch) -> bool:
    return switch.get(W + "val", "1").lower() not in OFF


def _clean_settings(root, found: Counter) -> None:
    for child in list(root):
        if local(child) not in SETTINGS:
            code = "changes" if local(child) == "trackRevisions" else "settings"
            found[{"rsids": "marks", "attachedTemplate": "links", "mailMerge": "links"}.get(local(child), code)] += 1
            remove(child)
        elif local(child) in FREE and re.search(FREE[local(child)], child.get(W + "val") or ""):
            remove(child)
    for setting in list(root.iter(W + "compatSetting")):
        name, value = setting.get(W + "name"), setting.get(W + "val") or ""
        if name not in COMPATIBILITY_NAMES or not COMPATIBILITY.fullmatch(value):
            remove(setting)
        else:
            setting.set(W + "uri", "http://schemas.microsoft.com/office/word")


def _accept_changes(root, found: Counter) -> None:
    """Make the text what it is once all tracked changes are accepted."""
    for row in [mark.getparent().getparent() for mark in root.iterfind(f".//{W}trPr/{W}del")]:
        found["changes"] += 1
        remove(row)
    for cell in [mark.getparent().getparent() for mark in root.iterfind(f".//{W}tcPr/{W}cellDel")]:
        found["changes"] += 1
        remove(cell)
    for gone in ("del", "moveFrom"):
        for mark in list(root.iterfind(f".//{W}pPr/{W}rPr/{W}{gone}")):
            _join_with_next(mark.getparent().getparent().getparent())
    for element in list(root.iter("{*}*")):
        name = local(element)
        if name in CHANGES and element.getparent() is not None:
            found["changes"] += 1
            remove(element)
        elif name in ACCEPTED and element.tag.startswith("{http") and element.getparent() is not None:
            found["changes"] += 1
            unwrap(element)


def _join_with_next(paragraph) -> None:
    """Undo the end of a paragraph: what it holds begins the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != W + "p":
        return
    start = 1 if following.find(W + "pPr") is not None else 0
    for offset, child in enumerate(child for child in list(paragraph) if child.tag != W + "pPr"):
        following.insert(start + offset, child)
    remove(paragraph)


def _drop_elements(root, found: Counter) -> None:
    for element in list(root.iter("{*}*")):
        name = local(element)
        if element.getparent() is None:
            continue
        if name in COMMENTS:
            found["comments"] += name == "commentReference"
            remove(element)
        elif name in AIDS:
            remove(element)
        elif name in OBJECTS:
            found[OBJECTS[name]] += 1
            remove(element)
        elif name == "bookmarkStart" and element.get(W + "name") == "_GoBack":
            remove(element)
        elif name in WRAPPERS and element.tag.startswith(W):
            unwrap(element)
        else:
            _drop_unshown(element, name, found)


def _drop_unshown(element, name: str, found: Counter) -> None:
    if name == "name" and local(element.getparent()) in ("abstractNum", "lvl"):
        remove(element)
    elif name in ("tblCaption", "tblDescription") and tells_a_file(element.get(W + "val") or ""):
        found["file_names"] += 1
        remove(element)
    elif element.tag.startswith(VML) and VML_HIDDEN.search(element.get("style") or ""):
        found["hidden_text"] += 1
        remove(element)


def _unwrap_controls(root, found: Counter) -> None:
    """Put what content controls show in their place; one that is bound to a name of a person goes as a whole."""
    for control in list(root.iter(W + "sdt")):
        binding, content = control.find(f"{W}sdtPr/{W}dataBinding"), control.find(W + "sdtContent")
        bound = "" if binding is None else (binding.get(W + "xpath") or "").lower()
        if any(one in bound for one in PEOPLE):
            found["fields"] += 1
            for text in control.iter(W + "t"):
                text.text = None
        for child in list(control):
            if child is not content:
                remove(child)
        if content is not None:
            unwrap(content)
        unwrap(control)


def _drop_hidden(root, found: Counter, styles: set[str]) -> None:
    for switch in list(root.iterfind(f".//{W}tr/{W}trPr/{W}hidden")):
        if _is_on(switch) and switch.getparent() is not None:
            found["hidden_text"] += 1
            remove(switch.getparent().getparent())
    for run in list(root.iter(W + "r")):
        if _is_hidden(run, styles):
            children = [child for child in run if child.tag not in (W + "rPr", W + "fldChar", W + "instrText")]
            found["hidden_text"] += bool(children)
            for child in children:
                remove(child)


def _is_hidden(run, styles: set[str]) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    if vanish is not None:
        return _is_on(vanish)
    paragraph = next(run.iterancestors(W + "p"), run)
    used = [run.find(f"{W}rPr/{W}rStyle"), paragraph.find(f"{W}pPr/{W}pStyle")]
    return any(style is not None and style.get(W + "val") in styles for style in used)


def _clean_attributes(element, found: Counter) -> None:
    kind = local(element)
    for name, short, value in attributes(element):
        if short.startswith("rsid") or short in MARKS:
            found["marks"] += short == "userId"
            del element.attrib[name]
        elif short in ABOUT_PEOPLE and name.startswith(W):
            found["authors"] += short == "author"
            del element.attrib[name]
        elif (kind == "tc" and short == "id") or (kind == "hyperlink" and short in ("tgtFrame", "docLocation")):
            del element.attrib[name]
        elif kind in NAMED and short == "name":
            found["file_names"] += tells_a_file(value)
            element.set(name, "Picture")
        elif (
            short in ("descr", "title", "alt", "tooltip", "href", "src", "hint")
            and (tells_a_file(value) or (kind == "imagedata" and short in ("title", "href", "src")))
        ) or (tells_a_file(value) and short not in ("val", "uri", "id", "embed", "link")):
            found["file_names"] += 1
            del element.attrib[name]
