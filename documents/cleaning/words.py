"""The names in WordprocessingML (ECMA-376) that a clean copy is made by."""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The same names as the stricter edition of the standard writes them.
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")

# Parts that are kept, by the last word of their relationship's type: the name that each gets.
PARTS = {"styles": "styles", "numbering": "numbering", "fontTable": "fontTable", "theme": "theme/theme",
         "settings": "settings", "footnotes": "footnotes", "endnotes": "endnotes", "header": "header",
         "footer": "footer", "chart": "charts/chart", "diagramData": "diagrams/data",
         "diagramLayout": "diagrams/layout", "diagramQuickStyle": "diagrams/quickStyle",
         "diagramColors": "diagrams/colors", "diagramDrawing": "diagrams/drawing",
         "chartUserShapes": "drawings/drawing", "themeOverride": "theme/themeOverride"}  # fmt: skip
# What is counted of those that are not.
DROPPED = {"comments": "comments", "commentsExtended": "", "commentsIds": "", "commentsExtensible": "",
           "people": "authors", "customXml": "properties", "glossaryDocument": "objects",
           "printerSettings": "settings", "webSettings": "settings", "attachedTemplate": "links",
           "vbaProject": "programs", "keyMapCustomizations": "programs", "aFChunk": "attachments",
           "package": "attachments", "oleObject": "objects", "control": "programs", "font": "objects",
           "mailMergeSource": "links", "recipientData": "links", "subDocument": "links", "thumbnail": "previews",
           "origin": "signatures", "chartEx": "objects"}  # fmt: skip

CHANGES = {"del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
           "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellMerge", "conflictDel", "delText",
           "delInstrText"}  # fmt: skip
ACCEPTED = {"ins", "moveTo", "conflictIns"}
COMMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
# Gone without a word: aids of the program, and marks that pair with something that is gone.
AIDS = {"proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "rsid", "rsids", "nsid", "tmpl", "imgProps",
        "svgBlip", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd", "customXmlConflictInsRangeStart", "customXmlConflictInsRangeEnd",
        "customXmlPr", "smartTagPr", "ffData", "fldData", "paperSrc", "printerSettings", "divId", "signatureline",
        "ink", "headers"}  # fmt: skip
OBJECTS = {"OLEObject": "objects", "control": "programs", "altChunk": "attachments", "subDoc": "links",
           "embedRegular": "objects", "embedBold": "objects", "embedItalic": "objects", "embedBoldItalic": "objects",
           "externalData": "attachments", "attachedTemplate": "links", "contentPart": "objects",
           "objectEmbed": "objects", "objectLink": "links", "movie": "objects"}  # fmt: skip
WRAPPERS = {"smartTag", "customXml"}
MARKS = {"paraId", "textId", "anchorId", "editId", "durableId", "uid", "spid", "gfxdata", "dateUtc", "userId",
         "providerId", "presetID", "tplc", "equationxml", "conformance", "althref", "class"}  # fmt: skip
ABOUT_PEOPLE = {"author", "date", "initials"}
NAMED = {"docPr", "cNvPr"}  # drawings, whose name is often that of a file

SETTINGS = {"defaultTabStop", "characterSpacingControl", "footnotePr", "endnotePr", "compat", "evenAndOddHeaders",
            "mirrorMargins", "autoHyphenation", "hyphenationZone", "consecutiveHyphenLimit", "doNotHyphenateCaps",
            "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator", "gutterAtTop", "mathPr",
            "bookFoldPrinting", "bookFoldRevPrinting", "bookFoldPrintingSheets", "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter", "displayBackgroundShape", "noLineBreaksAfter", "noLineBreaksBefore",
            "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "strictFirstAndLastChars",
            "noPunctuationKerning"}  # fmt: skip
# What is wrong in the free words of some of them.
FREE = {
    "decimalSymbol": "..|[a-zA-Z]",
    "listSeparator": "..|[a-zA-Z]",
    "noLineBreaksAfter": "[a-zA-Z]",
    "noLineBreaksBefore": "[a-zA-Z]",
}

# Fields of which not even what they show stays.
TELLING = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "COMMENTS",
           "XE", "TC", "TA", "RD", "PRIVATE"}  # fmt: skip
PROPERTIES = {"DOCPROPERTY", "INFO"}
PEOPLE = ("author", "lastsavedby", "lastmodifiedby", "creator", "company", "manager", "filename", "template",
          "comments", "description")  # fmt: skip
