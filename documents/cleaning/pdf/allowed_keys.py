"""What a clean PDF may contain: for each kind of dictionary a shape, which lists keys and the shapes of their values.

The pruner removes keys that a shape does not list (ISO 32000-2 defines them all; most others are traces of programs
and people). Besides the names of other shapes, a value's shape can be "any" (numbers, names and strings needed for
drawing), "each SHAPE" (a dictionary whose keys are chosen freely), "words" (kept unless they name a file), "layer name"
(replaced) and "back" (kept if its target is reached otherwise).
"""

STREAM = dict.fromkeys(["Length", "Filter", "DecodeParms"], "any")
FORM_KEYS = {"Matrix": "any", "BBox": "any", "Resources": "resources", "Group": "group"}
PAGE_BOXES = {"MediaBox": "any", "CropBox": "any", "Rotate": "any", "Resources": "resources"}

SHAPES: dict[str, dict[str, str]] = {
    "catalog": {
        "Type": "any", "Version": "any", "Lang": "any", "Pages": "pages", "Outlines": "outline", "PageLabels": "labels",
        "PageMode": "any", "PageLayout": "any", "StructTreeRoot": "structure", "MarkInfo": "marking",
        "OCProperties": "layers", "ViewerPreferences": "viewing",
    },
    "marking": {"Marked": "any", "Suspects": "any"},
    "viewing": {"Direction": "any"},
    "labels": {"Nums": "labels", "Kids": "labels", "Limits": "any", "Type": "any", "S": "any", "P": "any", "St": "any"},
    "pages": PAGE_BOXES | {"Type": "any", "Parent": "back", "Kids": "pages or page", "Count": "any"},
    "page": PAGE_BOXES | {
        "Type": "any", "Parent": "back", "Contents": "content", "Annots": "annotation", "Group": "group",
        "BleedBox": "any", "TrimBox": "any", "ArtBox": "any", "StructParents": "any", "Tabs": "any", "UserUnit": "any",
    },
    "content": STREAM,
    "bytes": STREAM,
    # Colour spaces, functions, shadings.
    "plain": STREAM | dict.fromkeys(
        ["WhitePoint", "BlackPoint", "Gamma", "Matrix", "Range", "N", "Domain", "FunctionType", "Size", "BitsPerSample",
         "Order", "Encode", "Decode", "C0", "C1", "Bounds", "ShadingType", "Background", "BBox", "AntiAlias", "Coords",
         "Extend", "VerticesPerRow", "BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "Subtype", "Solidities",
         "PrintingOrder", "DotGain", "Type", "PatternType"], "any",
    ) | dict.fromkeys(
        ["Alternate", "Functions", "Function", "ColorSpace", "Process", "Components", "MixingHints"], "plain"
    ) | {"Colorants": "each plain"},
    "resources": {
        "ExtGState": "each gstate", "ColorSpace": "each plain", "Pattern": "each pattern", "Shading": "each plain",
        "XObject": "each xobject", "Font": "each font", "ProcSet": "any", "Properties": "each properties",
    },
    "group": {"Type": "any", "S": "any", "CS": "plain", "I": "any", "K": "any"},
    "gstate": dict.fromkeys(
        ["Type", "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "BM", "CA", "ca", "AIS", "TK", "SA", "FL", "SM"],
        "any",
    ) | {"Font": "font", "SMask": "mask"},
    "mask": {"Type": "any", "S": "any", "G": "form", "BC": "any", "TR": "plain"},
    "pattern": STREAM | FORM_KEYS | {
        "Type": "any", "PatternType": "any", "PaintType": "any", "TilingType": "any", "XStep": "any", "YStep": "any",
        "Shading": "plain", "ExtGState": "gstate",
    },
    "form": STREAM | FORM_KEYS | {
        "Type": "any", "Subtype": "any", "FormType": "any", "StructParent": "any", "StructParents": "any",
        "OC": "layer",
    },
    "image": STREAM | dict.fromkeys(
        ["Type", "Subtype", "Width", "Height", "BitsPerComponent", "Intent", "ImageMask", "Decode", "Interpolate",
         "SMaskInData", "Matte", "StructParent"], "any",
    ) | {"ColorSpace": "plain", "Mask": "image", "SMask": "image", "OC": "layer"},
    "font": {
        "Type": "any", "Subtype": "any", "BaseFont": "any", "FirstChar": "any", "LastChar": "any", "Widths": "any",
        "FontDescriptor": "descriptor", "Encoding": "encoding", "ToUnicode": "cmap", "DescendantFonts": "font",
        "CIDSystemInfo": "any", "DW": "any", "W": "any", "DW2": "any", "W2": "any", "CIDToGIDMap": "bytes",
        "FontBBox": "any", "FontMatrix": "any", "CharProcs": "each content", "Resources": "resources",
    },
    "descriptor": dict.fromkeys(
        ["Type", "FontName", "FontFamily", "FontStretch", "FontWeight", "Flags", "FontBBox", "ItalicAngle", "Ascent",
         "Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth", "MissingWidth",
         "CharSet"], "any",
    ) | {"FontFile": "program", "FontFile2": "program", "FontFile3": "program", "CIDSet": "bytes"},
    "program": STREAM | {"Length1": "any", "Length2": "any", "Length3": "any", "Subtype": "any"},
    "encoding": STREAM | {
        "Type": "any", "BaseEncoding": "any", "Differences": "any", "CMapName": "any", "CIDSystemInfo": "any",
        "WMode": "any", "UseCMap": "encoding",
    },
    "cmap": STREAM | {"Type": "any", "CMapName": "any", "CIDSystemInfo": "any", "WMode": "any", "UseCMap": "encoding"},
    "properties": {
        "Type": "any", "MCID": "any", "Lang": "any", "ActualText": "any", "E": "any", "Subtype": "any",
        "Attached": "any", "BBox": "any", "Name": "layer name", "Intent": "any", "Usage": "usage", "OCGs": "layer",
        "P": "any", "VE": "any",
    },
    "layer": {
        "Type": "any", "Name": "layer name", "Intent": "any", "Usage": "usage", "OCGs": "layer", "P": "any",
        "VE": "any",
    },
    "usage": {"Export": "any", "Print": "any", "View": "any", "Zoom": "any"},
    "layers": {"OCGs": "layer", "D": "layer choice"},
    "layer choice": {
        "BaseState": "any", "ON": "layer", "OFF": "layer", "Intent": "any", "AS": "layer event", "Locked": "layer",
    },
    "layer event": {"Event": "any", "OCGs": "layer", "Category": "any"},
    "outline": {
        "Type": "any", "Title": "any", "Parent": "back", "First": "outline", "Next": "outline", "Prev": "back",
        "Last": "back", "Count": "any", "Dest": "any", "A": "action", "C": "any", "F": "any",
    },
    "annotation": {
        "Type": "any", "Subtype": "any", "Rect": "any", "QuadPoints": "any", "Border": "any", "BS": "any", "C": "any",
        "H": "any", "F": "any", "Dest": "any", "A": "action", "P": "back", "StructParent": "any",
    },
    "action": {"Type": "any", "S": "any", "URI": "any"},
    "structure": {
        "Type": "any", "K": "element", "ParentTree": "parents", "ParentTreeNextKey": "any", "RoleMap": "any",
        "ClassMap": "each look",
    },
    "element": {
        "Type": "any", "S": "any", "P": "back", "Pg": "back", "K": "element", "A": "look", "C": "any", "Lang": "any",
        "Alt": "words", "ActualText": "any", "E": "any", "MCID": "any", "Stm": "back", "StmOwn": "back", "Obj": "back",
    },
    "parents": {"Nums": "element", "Kids": "parents", "Limits": "any"},
    "look": dict.fromkeys(
        ["O", "Placement", "WritingMode", "BackgroundColor", "BorderColor", "BorderStyle", "BorderThickness", "Padding",
         "Color", "SpaceBefore", "SpaceAfter", "StartIndent", "EndIndent", "TextIndent", "TextAlign", "BBox", "Width",
         "Height", "BlockAlign", "InlineAlign", "LineHeight", "BaselineShift", "TextDecorationType", "ListNumbering",
         "RowSpan", "ColSpan", "Scope"], "any",
    ),
}  # fmt: skip
