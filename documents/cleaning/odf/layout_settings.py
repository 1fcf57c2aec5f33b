"""Settings of an OpenDocument text that affect page layout; all others, such as those of printers, are removed."""

import re
from collections import Counter

from ...xml_trees import parse_xml

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
CONFIG = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
NAME, TYPE = f"{{{CONFIG}}}name", f"{{{CONFIG}}}type"
# Switches of LibreOffice for the ways in which it and other programs have laid out pages over the years.
LAYOUT_NAMES = (
    "AddExternalLeading AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells AddParaTableSpacing "
    "AddParaTableSpacingAtStart AddVerticalFrameOffsets AlignTabStopPosition ApplyParagraphMarkFormatToNumbering "
    "AutoFirstLineIndentDisregardLineSpace BackgroundParaOverDrawings CharacterCompressionType "
    "ClipAsCharacterAnchoredWriterFlyFrames ClippedPictures CollapseEmptyCellPara ConsiderTextWrapOnObjPos "
    "ContinuousEndnotes DisableOffPagePositioning DoNotCaptureDrawObjsOnPage DoNotJustifyLinesWithManualBreak "
    "DoNotResetParaAttrsForNumFont DropCapPunctuation EmptyDbFieldHidesPara FloattableNomargins "
    "FootnoteInColumnToPageEnd FrameAutowidthWithMorePara GutterAtTop HeaderSpacingBelowLastPara "
    "HyphenateURLs IgnoreFirstLineIndentInNumbering IgnoreTabsAndBlanksForLineCalculation InvertBorderSpacing "
    "IsKernAsianPunctuation MathBaselineAlignment MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks "
    "NoGapAfterNoteNumber NoNumberingShowFollowBy OutlineLevelYieldsNumbering ParaSpaceMax ParaSpaceMaxAtPages "
    "PrinterIndependentLayout PropLineSpacingShrinksFirstLine SmallCapsPercentage66 StylesNoDefault "
    "SubtractFlysAnchoredAtFlys SurroundTextWrapSmall TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing "
    "TabOverflow TableRowKeep TabsRelativeToIndent TreatSingleColumnBreakAsPageBreak UnbreakableNumberings "
    "UnxForceZeroExtLeading UseFormerLineSpacing UseFormerObjectPositioning UseFormerTextWrapping UseOldNumbering "
    "UseOldPrinterMetrics WordLikeWrapForAsCharFlys"
)
LAYOUT = set(LAYOUT_NAMES.split())
VALUE = re.compile(r"true|false|\d{1,2}|disabled|enabled|(low|high)-resolution")
TYPES = {"boolean", "short", "int", "string"}


def clean_settings(data: bytes, found: Counter[str]) -> bytes:
    """Return a new settings part with only the settings that affect page layout."""
    lines: list[str] = []
    dropped = 0
    for item in parse_xml(data).iter(f"{{{CONFIG}}}config-item"):
        name, kind, value = item.get(NAME), item.get(TYPE), (item.text or "").strip()
        if name in LAYOUT and kind in TYPES and VALUE.fullmatch(value):
            lines.append(f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>')
        else:
            dropped += 1
    found["settings"] += bool(dropped)
    names = f'xmlns:office="{OFFICE}" xmlns:config="{CONFIG}" xmlns:ooo="http://openoffice.org/2004/office"'
    head = f'<office:document-settings {names} office:version="1.3">'
    items = (
        f'<config:config-item-set config:name="ooo:configuration-settings">{"".join(lines)}</config:config-item-set>'
    )
    return f"{head}<office:settings>{items}</office:settings></office:document-settings>".encode()
