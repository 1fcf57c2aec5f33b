"""What a clean PDF may contain: for each kind of dictionary a shape, which lists keys and the shapes of their values.

The pruner removes keys that a shape does not list (ISO 32000-2 defines them all; most others are traces of programs
and people). Besides the names of other shapes, a value's shape can be "any" (numbers, names and strings needed for
drawing), "each SHAPE" (a dictionary whose keys are chosen freely), "words" (kept unless they name a file), "layer name"
(replaced) and "back" (kept if its target is reached otherwise). "any" loses texts, and names of an author's own; "text"
is shown, and "language" is its tag. "font name", "map name", "tag" and "collection" are replaced where they are an
author's own.
"""

import re

STREAM = dict.fromkeys(["Length", "Filter", "DecodeParms"], "any")
FORM_KEYS = {"Matrix": "any", "BBox": "any", "Resources": "resources", "Group": "group"}
PAGE_BOXES = {"MediaBox": "any", "CropBox": "any", "Rotate": "any", "Resources": "resources"}

SHAPES: dict[str, dict[str, str]] = {
    "catalog": {
        "Type": "any", "Version": "any", "Lang": "language", "Pages": "pages", "Outlines": "outline",
        "PageLabels": "labels",
        "PageMode": "any", "PageLayout": "any", "StructTreeRoot": "structure", "MarkInfo": "marking",
        "OCProperties": "layers", "ViewerPreferences": "viewing",
    },
    "marking": {"Marked": "any", "Suspects": "any"},
    "viewing": {"Direction": "any"},
    "labels": {
        "Nums": "labels", "Kids": "labels", "Limits": "any", "Type": "any", "S": "any", "P": "text", "St": "any",
    },
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
        ["Alternate", "Functions", "Function", "ColorSpace"], "plain"
    ),
    "resources": {
        "ExtGState": "each gstate", "ColorSpace": "each plain", "Pattern": "each pattern", "Shading": "each plain",
        "XObject": "each xobject", "Font": "each font", "Properties": "each properties",
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
        "Type": "any", "Subtype": "any", "BaseFont": "font name", "FirstChar": "any", "LastChar": "any",
        "Widths": "any",
        "FontDescriptor": "descriptor", "Encoding": "encoding", "ToUnicode": "cmap", "DescendantFonts": "font",
        "CIDSystemInfo": "collection", "DW": "any", "W": "any", "DW2": "any", "W2": "any", "CIDToGIDMap": "bytes",
        "FontBBox": "any", "FontMatrix": "any", "CharProcs": "each content", "Resources": "resources",
    },
    "descriptor": dict.fromkeys(
        ["Type", "FontStretch", "FontWeight", "Flags", "FontBBox", "ItalicAngle", "Ascent",
         "Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth", "MissingWidth"],
        "any",
    ) | {"FontName": "font name", "FontFile": "program", "FontFile2": "program", "FontFile3": "program"},
    "program": STREAM | {"Length1": "any", "Length2": "any", "Length3": "any", "Subtype": "any"},
    "encoding": STREAM | {
        "Type": "any", "BaseEncoding": "any", "Differences": "glyphs", "CMapName": "map name",
        "CIDSystemInfo": "collection",
        "WMode": "any", "UseCMap": "encoding",
    },
    "cmap": STREAM | {
        "Type": "any", "CMapName": "map name", "CIDSystemInfo": "collection", "WMode": "any", "UseCMap": "encoding",
    },
    "properties": {
        "Type": "any", "MCID": "any", "Lang": "language", "ActualText": "text", "E": "text", "Subtype": "any",
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
        "Type": "any", "Title": "text", "Parent": "back", "First": "outline", "Next": "outline", "Prev": "back",
        "Last": "back", "Count": "any", "Dest": "any", "A": "action", "C": "any", "F": "any",
    },
    "annotation": {
        "Type": "any", "Subtype": "any", "Rect": "any", "QuadPoints": "any", "Border": "any", "BS": "any", "C": "any",
        "H": "any", "F": "any", "Dest": "any", "A": "action", "P": "back", "StructParent": "any",
    },
    "action": {"Type": "any", "S": "any", "URI": "text"},
    "structure": {
        "Type": "any", "K": "element", "ParentTree": "parents", "ParentTreeNextKey": "any",
    },
    "element": {
        "Type": "any", "S": "tag", "P": "back", "Pg": "back", "K": "element", "A": "look", "Lang": "language",
        "Alt": "words", "ActualText": "text", "E": "text", "MCID": "any", "Stm": "back", "StmOwn": "back",
        "Obj": "back",
    },
    "parents": {"Nums": "element", "Kids": "parents", "Limits": "any"},
    "look": dict.fromkeys(
        ["O", "Placement", "WritingMode", "BackgroundColor", "BorderColor", "BorderStyle", "BorderThickness", "Padding",
         "Color", "SpaceBefore", "SpaceAfter", "StartIndent", "EndIndent", "TextIndent", "TextAlign", "BBox", "Width",
         "Height", "BlockAlign", "InlineAlign", "LineHeight", "BaselineShift", "TextDecorationType", "ListNumbering",
         "RowSpan", "ColSpan", "Scope"], "any",
    ),
}  # fmt: skip

# The names that the standard defines for the values of shape "any".
NAME_LIST = (
    "Catalog Pages Page Outlines Annot Font FontDescriptor Encoding CMap XObject Pattern ExtGState Group Mask OCG "
    "OCMD StructTreeRoot StructElem MCR OBJR PageLabel Action Border Form Image Type0 Type1 MMType1 Type3 TrueType "
    "CIDFontType0 CIDFontType2 Type1C CIDFontType0C OpenType Link PS UseNone UseOutlines UseThumbs FullScreen UseOC "
    "UseAttachments SinglePage OneColumn TwoColumnLeft TwoColumnRight TwoPageLeft TwoPageRight L2R R2L D R r A a S C "
    "W DeviceGray DeviceRGB DeviceCMYK CalGray CalRGB Lab ICCBased Indexed Separation DeviceN NChannel Pattern All "
    "None Default Cyan Magenta Yellow Black Red Green Blue Gray FlateDecode LZWDecode ASCII85Decode ASCIIHexDecode "
    "RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode Crypt Fl LZW A85 AHx RL CCF DCT Normal "
    "Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion "
    "Hue Saturation Color Luminosity Alpha Identity AbsoluteColorimetric RelativeColorimetric Perceptual "
    "Transparency Round Ellipse SimpleDot StandardEncoding MacRomanEncoding MacExpertEncoding WinAnsiEncoding "
    "PDFDocEncoding Identity-H Identity-V ExtraCondensed Condensed SemiCondensed SemiExpanded Expanded ExtraExpanded "
    "UltraCondensed UltraExpanded ON OFF Unchanged View Design Print Export Zoom AllOn AnyOn AnyOff AllOff And Or "
    "Not Toggle XYZ Fit FitH FitV FitR FitB FitBH FitBV URI GoTo I N O P B U Layout List Table PrintField HTML CSS "
    "Block Inline Before Start End LrTb RlTb TbRl Hidden Dotted Dashed Solid Double Groove Ridge Inset Outset Center "
    "Justify Middle After Top Bottom Left Right Header Footer Pagination Page Background Watermark Underline "
    "Overline LineThrough Auto Disc Circle Square Decimal UpperRoman LowerRoman UpperAlpha LowerAlpha Row Column "
    "Both Rows Columns"
)
NAMES = {f"/{name}" for name in NAME_LIST.split()}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}|")
