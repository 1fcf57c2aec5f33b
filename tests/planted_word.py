# ruff: noqa: E501  XML is easier to read without line breaks
"""Another Word document with a chart, SmartArt and names by its author, made independently of `planted_charts`."""

from tests.planted import ARABIC, SHOWN
from tests.planted_office import OFFICE, R, W, files_types, relations, zipped

C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
D = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
DSP = 'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
STRICT = "http://purl.oclc.org/ooxml"
EXTENSION = '<{0}:extLst><{0}:ext uri="PLANT"><PLANT xmlns="urn:PLANT">PLANT-extension</PLANT></{0}:ext></{0}:extLst>'


def _drawing(number, inside, uri):
    return (
        f'<w:p><w:r><w:drawing><wp:inline {WP} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="4000000" cy="2000000"/>'
        f'<wp:docPr id="{number}" name="PLANT-drawing"/><wp:cNvGraphicFramePr/><a:graphic {A}><a:graphicData uri="{uri}">{inside}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _field(code):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>UExBTlQ=</w:fldData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{SHOWN} {code.split()[0].lower()}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FIELDS = "".join(
    _field(code)
    for code in (" REF PLANT_bookmark \\h ", ' HYPERLINK \\l "PLANT_bookmark" ', " SEQ PLANT_series ",
                 ' STYLEREF "PLANT style" ', ' TOC \\t "PLANT style;1" ', ' QUOTE "PLANT" ')
)  # fmt: skip
CHART = _drawing(1, f'<c:chart {C} r:id="chart"/>', "http://schemas.openxmlformats.org/drawingml/2006/chart")
LOST_CHART = _drawing(3, f'<c:chart {C} r:id="nowhere"/>', "http://schemas.openxmlformats.org/drawingml/2006/chart")
DIAGRAM = _drawing(
    2,
    f'<dgm:relIds {D} r:dm="data" r:lo="layout" r:qs="quick" r:cs="colors"/>',
    "http://schemas.openxmlformats.org/drawingml/2006/diagram",
)
BODY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document {W} {R}><w:body>
<w:p><w:pPr><w:pStyle w:val="PLANTstyle"/></w:pPr><w:bookmarkStart w:id="1" w:name="PLANT_bookmark"/><w:r><w:rPr><w:rStyle
 w:val="PLANTrun"/></w:rPr><w:t>{SHOWN} styled {ARABIC}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:pPr><w:pStyle w:val="PLANTheading"/></w:pPr><w:r><w:t>{SHOWN} heading</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="PLANTundefined"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:hyperlink w:anchor="PLANT_bookmark" w:tgtFrame="PLANT" w:docLocation="PLANT"><w:r><w:t>{SHOWN} inner link</w:t></w:r></w:hyperlink></w:p>
<w:p>{FIELDS}
<w:fldSimple w:instr=" PAGEREF PLANT_bookmark "><w:r><w:t>{SHOWN} page</w:t></w:r></w:fldSimple></w:p>
{CHART}{LOST_CHART}{DIAGRAM}<w:sectPr/></w:body></w:document>"""
STYLES = f"""<w:styles {W}><w:latentStyles><w:lsdException w:name="PLANT-latent"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="PLANTnormal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="PLANTheading"><w:name w:val="heading 1"/><w:aliases w:val="PLANT-alias"/><w:basedOn w:val="PLANTnormal"/><w:link w:val="PLANTrun"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PLANTstyle"><w:name w:val="PLANT style"/><w:basedOn w:val="PLANTheading"/><w:next w:val="PLANTstyle"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="PLANTrun"><w:name w:val="PLANT run"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="numbering" w:styleId="PLANTlist"><w:name w:val="PLANT list"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="PLANT"/><w:name w:val="PLANT-list"/><w:styleLink w:val="PLANTlist"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="PLANTstyle"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
CHART_PART = f"""<c:chartSpace {C} {A} {R} xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart"><c:roundedCorners val="0"/>
<c:pivotSource><c:name>[PLANT.xlsx]PLANT!Pivot</c:name><c:fmtId val="0"/></c:pivotSource>
<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{SHOWN} chart</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>
<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>[C:\\PLANT.xlsx]PLANT!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{SHOWN} series</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:f>PLANT!$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>PLANT!$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="1"/><c:pt idx="0"><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val>{EXTENSION.format("c")}</c:ser>
<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>
<c:externalData r:id="book"><c:autoUpdate val="0"/></c:externalData><c:printSettings><c:headerFooter><c:oddHeader>PLANT-header</c:oddHeader></c:headerFooter></c:printSettings>
<c:userShapes r:id="shapes"/>{EXTENSION.format("c")}</c:chartSpace>"""
POINT = "<dgm:spPr/><dgm:t><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t>"
DATA = f"""<dgm:dataModel {D} {A}><dgm:ptLst><dgm:pt modelId="{{1}}" type="doc"><dgm:prSet loTypeId="urn:PLANT-layout" qsTypeId="urn:PLANT-quick" csTypeId="urn:PLANT-colors"/><dgm:spPr/></dgm:pt>
<dgm:pt modelId="{{2}}">{POINT.format(f"{SHOWN} box")}{EXTENSION.format("dgm")}</dgm:pt></dgm:ptLst>
<dgm:cxnLst><dgm:cxn modelId="{{3}}" srcId="{{1}}" destId="{{2}}" srcOrd="0" destOrd="0"/></dgm:cxnLst><dgm:bg/><dgm:whole/>{EXTENSION.format("dgm")}</dgm:dataModel>"""
TELLING = (
    '<dgm:title val="PLANT-title"/><dgm:desc val="PLANT-desc"/><dgm:catLst><dgm:cat type="PLANT" pri="1"/></dgm:catLst>'
)
LAYOUT = f"""<dgm:layoutDef {D} {A} uniqueId="urn:PLANT-layout">{TELLING}<dgm:sampData><dgm:dataModel><dgm:ptLst><dgm:pt modelId="0">{POINT.format("PLANT-sample")}</dgm:pt></dgm:ptLst></dgm:dataModel></dgm:sampData>
<dgm:layoutNode name="node"><dgm:alg type="lin"/><dgm:shape><dgm:adjLst/></dgm:shape><dgm:presOf/></dgm:layoutNode>{EXTENSION.format("dgm")}</dgm:layoutDef>"""
SHAPES = f"""<dsp:drawing {DSP} {A} {D}><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name="PLANT-group"/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>
<dsp:sp modelId="{{2}}"><dsp:nvSpPr><dsp:cNvPr id="1" name="PLANT-shape" descr="C:\\PLANT.jpg"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr/><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>{SHOWN} box</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"""
MICROSOFT = "http://schemas.microsoft.com/office"


def docx(*, strict=False) -> bytes:
    """Return the document, optionally in the strict edition of the standard."""
    inside = [("styles", "styles", "styles.xml"), ("numbering", "numbering", "numbering.xml"),
              ("chart", "chart", "charts/PLANT.xml"), ("data", "diagramData", "diagrams/PLANT-data.xml"),
              ("layout", "diagramLayout", "diagrams/PLANT-layout.xml"), ("quick", "diagramQuickStyle", "diagrams/q.xml"),
              ("colors", "diagramColors", "diagrams/c.xml"), ("drawing", "DRAWING", "diagrams/PLANT-drawing.xml")]  # fmt: skip
    of_chart = [("book", "package", "../embeddings/PLANT.xlsx"), ("shapes", "chartUserShapes", "../drawings/PLANT.xml"),
                ("style", "STYLE", "PLANT-style.xml"), ("colors", "COLORS", "PLANT-colors.xml")]  # fmt: skip
    parts = {
        "[Content_Types].xml": files_types(),
        "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")]),
        "word/document.xml": BODY, "word/styles.xml": STYLES, "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": relations(inside).replace(f"{OFFICE}/DRAWING", f"{MICROSOFT}/2007/relationships/diagramDrawing"),
        "word/charts/PLANT.xml": CHART_PART,
        "word/charts/_rels/PLANT.xml.rels": relations(of_chart).replace(f"{OFFICE}/STYLE", f"{MICROSOFT}/2011/relationships/chartStyle").replace(f"{OFFICE}/COLORS", f"{MICROSOFT}/2011/relationships/chartColorStyle"),
        "word/diagrams/PLANT-data.xml": DATA, "word/diagrams/PLANT-layout.xml": LAYOUT,
        "word/diagrams/q.xml": f'<dgm:styleDef {D} {A} uniqueId="urn:PLANT-quick">{TELLING}</dgm:styleDef>',
        "word/diagrams/c.xml": f'<dgm:colorsDef {D} {A} uniqueId="urn:PLANT-colors">{TELLING}</dgm:colorsDef>',
        "word/diagrams/PLANT-drawing.xml": SHAPES,
    }  # fmt: skip
    rest = ["word/embeddings/PLANT.xlsx", "word/drawings/PLANT.xml", "word/charts/PLANT-style.xml",
            "word/charts/PLANT-colors.xml"]  # fmt: skip
    parts |= dict.fromkeys(rest, f'<c:userShapes {C}><PLANT xmlns="urn:PLANT">PLANT-other-part</PLANT></c:userShapes>')
    return zipped({name: in_strict(text) for name, text in parts.items()} if strict else parts)


def in_strict(part):
    """Return a part with the namespaces of the strict edition; parts outside the standard keep theirs."""
    if isinstance(part, bytes):
        return part
    for room in ("wordprocessingml", "drawingml", "officeDocument"):
        part = part.replace(f"http://schemas.openxmlformats.org/{room}/2006/", f"{STRICT}/{room}/")
    return part.replace("<w:document ", '<w:document w:conformance="strict" ')
