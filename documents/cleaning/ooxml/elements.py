"""Names of WordprocessingML (ECMA-376, part 1) by what a clean copy does with them."""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The namespaces of the standard's strict edition.
STRICT_NAMESPACE = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")

# Parts that are kept, by the last segment of their relationship type: the name that each gets.
KEPT_PARTS = {"styles": "styles", "numbering": "numbering", "fontTable": "fontTable", "theme": "theme/theme",
              "settings": "settings", "footnotes": "footnotes", "endnotes": "endnotes", "header": "header",
              "footer": "footer", "chart": "charts/chart", "diagramData": "diagrams/data",
              "diagramLayout": "diagrams/layout", "diagramQuickStyle": "diagrams/quickStyle",
              "diagramColors": "diagrams/colors", "diagramDrawing": "diagrams/drawing",
              "chartUserShapes": "drawings/drawing", "themeOverride": "theme/themeOverride"}  # fmt: skip
# What is counted for parts that are removed ("" for nothing).
REMOVED_PARTS = {"comments": "comments", "commentsExtended": "", "commentsIds": "", "commentsExtensible": "",
                 "people": "authors", "customXml": "properties", "glossaryDocument": "objects",
                 "printerSettings": "settings", "webSettings": "settings", "attachedTemplate": "links",
                 "vbaProject": "programs", "keyMapCustomizations": "programs", "aFChunk": "attachments",
                 "package": "attachments", "oleObject": "objects", "control": "programs", "font": "objects",
                 "mailMergeSource": "links", "recipientData": "links", "subDocument": "links", "thumbnail": "previews",
                 "origin": "signatures", "chartEx": "objects"}  # fmt: skip

REMOVED_CHANGES = {"del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange",
                   "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellMerge",
                   "conflictDel", "delText", "delInstrText"}  # fmt: skip
ACCEPTED_CHANGES = {"ins", "moveTo", "conflictIns"}
COMMENT_ELEMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
# Elements that are removed without counting: aids of the program, and marks whose counterpart is removed.
UNCOUNTED_ELEMENTS = {"proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "rsid", "rsids", "nsid", "tmpl",
                      "imgProps", "svgBlip", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
                      "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
                      "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
                      "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "customXmlConflictInsRangeStart",
                      "customXmlConflictInsRangeEnd", "customXmlPr", "smartTagPr", "ffData", "fldData", "paperSrc",
                      "printerSettings", "divId", "signatureline", "ink", "headers"}  # fmt: skip
OBJECT_ELEMENTS = {"OLEObject": "objects", "control": "programs", "altChunk": "attachments", "subDoc": "links",
                   "embedRegular": "objects", "embedBold": "objects", "embedItalic": "objects",
                   "embedBoldItalic": "objects", "externalData": "attachments", "attachedTemplate": "links",
                   "contentPart": "objects", "objectEmbed": "objects", "objectLink": "links",
                   "movie": "objects"}  # fmt: skip
WRAPPER_ELEMENTS = {"smartTag", "customXml"}
IDENTIFYING_ATTRIBUTES = {"paraId", "textId", "anchorId", "editId", "durableId", "uid", "spid", "gfxdata", "dateUtc",
                          "userId", "providerId", "presetID", "tplc", "equationxml", "conformance", "althref",
                          "class"}  # fmt: skip
PERSON_ATTRIBUTES = {"author", "date", "initials"}
NAMED_DRAWINGS = {"docPr", "cNvPr"}  # drawings, whose name is often that of a file

KEPT_SETTINGS = {"defaultTabStop", "characterSpacingControl", "footnotePr", "endnotePr", "compat", "evenAndOddHeaders",
                 "mirrorMargins", "autoHyphenation", "hyphenationZone", "consecutiveHyphenLimit", "doNotHyphenateCaps",
                 "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator", "gutterAtTop", "mathPr",
                 "bookFoldPrinting", "bookFoldRevPrinting", "bookFoldPrintingSheets", "bordersDoNotSurroundHeader",
                 "bordersDoNotSurroundFooter", "displayBackgroundShape", "noLineBreaksAfter", "noLineBreaksBefore",
                 "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "strictFirstAndLastChars",
                 "noPunctuationKerning"}  # fmt: skip
# What disqualifies the free text of some settings.
REFUSED_SETTING_VALUES = {
    "decimalSymbol": "..|[a-zA-Z]",
    "listSeparator": "..|[a-zA-Z]",
    "noLineBreaksAfter": "[a-zA-Z]",
    "noLineBreaksBefore": "[a-zA-Z]",
}

# Fields whose displayed result is removed too.
PERSONAL_FIELDS = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE",
                   "COMMENTS", "XE", "TC", "TA", "RD", "PRIVATE"}  # fmt: skip
PROPERTY_FIELDS = {"DOCPROPERTY", "INFO"}
PERSONAL_PROPERTIES = ("author", "lastsavedby", "lastmodifiedby", "creator", "company", "manager", "filename",
                       "template", "comments", "description")  # fmt: skip


NAMESPACES = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/",
              "urn:schemas-microsoft-com:", "http://www.w3.org/XML/1998/namespace")  # fmt: skip

# Elements whose text is words or a number of the layout; other elements have no text.
TEXT_ELEMENTS = {"t", "instrText", "v", "f", "posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset",
                 "pctPosVOffset", "formatCode", "separator", "name", "tableStyleId", "x", "y"}  # fmt: skip
