"""Text that people type into a PDF: answers in form fields, and text that they put on its pages (FreeText).

Both are content: they become part of the pages that they are on. Other properties, such as an author, are removed.
Passwords, paths of files, signatures and hidden fields are not drawn (ISO 32000-2, 12.5.6.6 and 12.7).
"""

from collections import Counter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from ...errors import UnreadableError
from .appearances import TypedText, draw_typed_text, helvetica, is_cut_off, shows, shows_text
from .streams import drop_keys

HIDDEN_FLAGS = 0b100011  # the annotation flags Invisible, Hidden and NoView
MULTILINE, PASSWORD, FILE_PATH = 1 << 12, 1 << 13, 1 << 20  # flags of text fields
MAX_FIELD_DEPTH = 20
MAX_TYPED = 2_000  # fields and texts of a file


def annotations_of(page: pikepdf.Page) -> list[Object]:
    """Return the annotations of a page."""
    annotations: Any = page.obj.get("/Annots", [])
    if not isinstance(annotations, Array):
        return []
    return [one for one in annotations if isinstance(one, Dictionary)]


def set_annotations(page: pikepdf.Page, annotations: list[Object]) -> None:
    """Replace the annotations of a page."""
    if annotations:
        page.obj["/Annots"] = Array(annotations)
    else:
        drop_keys(page.obj, ["/Annots"])


def is_widget(annotation: Object) -> bool:
    """Return whether an annotation shows a form field."""
    return bool(annotation.get("/Subtype") == Name.Widget)


def is_typed_on_page(annotation: Object) -> bool:
    """Return whether an annotation is text on a page. One that replies to another is a comment."""
    is_reply = "/IRT" in annotation and annotation.get("/RT") != Name.Group
    return bool(annotation.get("/Subtype") == Name.FreeText) and not is_reply


def flatten_typed_text(pdf: pikepdf.Pdf, found: Counter[str]) -> None:
    """Draw typed text on its pages; `found` counts what was kept and what was removed.

    Raise UnreadableError("not_drawn"), with the pages, if text that somebody typed cannot be drawn.
    """
    form = pdf.Root.get("/AcroForm")
    form = form if isinstance(form, Dictionary) else Dictionary()
    found["settings"] += "/XFA" in form
    font = helvetica(pdf)
    others: list[list[Object]] = []
    missing: list[int] = []
    count = 0
    for number, page in enumerate(pdf.pages, 1):
        annotations = annotations_of(page)
        typed = [one for one in annotations if _is_drawn(one, found)]
        others.append([one for one in annotations if not is_widget(one) and not is_typed_on_page(one)])
        if not all(_is_shown(pdf, one, form, font, found) for one in typed):
            missing.append(number)
        set_annotations(page, typed)
        count += len(typed)
        if count > MAX_TYPED:
            raise UnreadableError("too_many_parts", pages=[number])
    if missing:
        raise UnreadableError("not_drawn", pages=missing)
    drop_keys(form, ["/NeedAppearances"])
    shared = form.get("/DR")
    if isinstance(shared, Dictionary):  # qpdf copies it, which is impossible with a stream
        drop_keys(shared, [key for key, value in shared.items() if not isinstance(value, Dictionary | Array)])
    pdf.flatten_annotations()
    for page, annotations in zip(pdf.pages, others, strict=True):
        set_annotations(page, annotations)


def _is_drawn(annotation: Object, found: Counter[str]) -> bool:
    """Return whether an annotation is text that becomes part of its page, and count it if it is removed instead."""
    if not is_widget(annotation) and not is_typed_on_page(annotation):
        return False
    code = _reason_to_remove(annotation)
    found[code] += bool(code)
    found["forms"] += is_widget(annotation) and not code
    return not code


def _reason_to_remove(annotation: Object) -> str:
    kind, flags = _inherited(annotation, "/FT"), _whole_number(_inherited(annotation, "/Ff"))
    if is_widget(annotation) and kind == Name.Sig:
        return "signatures"
    if is_widget(annotation) and kind != Name.Btn and flags & (PASSWORD | FILE_PATH):
        return "passwords" if flags & PASSWORD else "file_names"
    return "hidden_text" if _whole_number(annotation.get("/F")) & HIDDEN_FLAGS else ""


def _is_shown(pdf: pikepdf.Pdf, annotation: Object, form: Object, font: Object, found: Counter[str]) -> bool:
    """Return whether an annotation shows its text, if necessary in an appearance that we draw."""
    if is_widget(annotation) and _inherited(annotation, "/FT") == Name.Btn:
        found["answers"] += annotation.get("/AS", Name.Off) != Name.Off
        return True
    typed = _typed_in_field(annotation, form) if is_widget(annotation) else _typed_on_page(annotation)
    has_text = bool(typed.text.strip())
    found["answers" if is_widget(annotation) else "typed_text"] += has_text
    is_drawn = shows_text(annotation)
    if not has_text:
        return is_drawn or "/RC" not in annotation
    is_outdated = is_widget(annotation) and form.get("/NeedAppearances", False) and not shows(annotation, typed.text)
    if is_drawn and not is_outdated and not is_cut_off(annotation, typed):
        return True
    return draw_typed_text(pdf, annotation, typed, font) or is_drawn


def _typed_on_page(annotation: Object) -> TypedText:
    return TypedText(
        _text(annotation.get("/Contents")), _text(annotation.get("/DA")), is_multiline=True, paper=annotation.get("/C")
    )


def _typed_in_field(widget: Object, form: Object) -> TypedText:
    look = _inherited(widget, "/DA")
    details: Any = widget.get("/MK")
    details = details if isinstance(details, Dictionary) else Dictionary()
    return TypedText(
        _value(widget),
        _text(form.get("/DA") if look is None else look),
        is_multiline=bool(_whole_number(_inherited(widget, "/Ff")) & MULTILINE) or _is_list(widget),
        turn=_whole_number(details.get("/R")),
        paper=details.get("/BG"),
        frame=details.get("/BC"),
    )


def _value(widget: Object) -> str:
    """Return the value of a field as it is shown; of a choice, the words for what was chosen."""
    value = _inherited(widget, "/V")
    chosen = [_text(one) for one in value] if isinstance(value, Array) else [_text(value)]
    options = _inherited(widget, "/Opt")
    pairs = [one for one in options if isinstance(one, Array) and len(one) > 1] if isinstance(options, Array) else []
    words = {_text(pair[0]): _text(pair[1]) for pair in pairs}
    return "\n".join(words.get(one, one) for one in chosen)


def _is_list(widget: Object) -> bool:
    return isinstance(_inherited(widget, "/V"), Array)


def _inherited(field: Object, key: str) -> Any:
    """Return the value of a key of a field, or of the nearest field above it that has one."""
    for _ in range(MAX_FIELD_DEPTH):
        if field.get(key) is not None:
            return field[key]
        if not isinstance(field.get("/Parent"), Dictionary):
            break
        field = field["/Parent"]
    return None


def _text(value: Any) -> str:
    if isinstance(value, Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, String) else ""


def _whole_number(value: Any) -> int:
    return value if isinstance(value, int) else 0
