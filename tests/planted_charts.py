# ruff: noqa: E501  XML is easier to read without line breaks
"""Word documents and OpenDocument texts with a chart and a diagram, and marks in all that these do not show."""

from tests.planted import SHOWN
from tests.planted_office import NAMES, R, W, files_types, relations, zipped

ODF_MIMETYPE = "application/vnd.oasis.opendocument.text"
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
DGM = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
DSP = 'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MICROSOFT = "http://schemas.microsoft.com/office"
GUID = "{{{}-0000-4000-8000-5050504C414E}}"  # {} is a number of eight digits
FORMULA = "'[PLANT.xlsx]PLANT-sheet'!$B$1"


def _drawing(content, attributes=""):
    return f"""<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="4000000" cy="2500000"/><wp:docPr id="1" name="PLANT-frame" {attributes}/><a:graphic {A}><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


CHART_FRAME = _drawing(f'chart"><c:chart {C} r:id="chart"/>', 'descr="SHOWN alt" title="C:\\PLANT\\a"')
DIAGRAM_FRAME = _drawing(f'diagram"><dgm:relIds {DGM} r:dm="data" r:lo="layout" r:qs="quick" r:cs="colors"/>')
HIDDEN_FRAME = _drawing('picture"><a:t>PLANT-hidden-frame</a:t>', 'hidden="1"')
NEW_CHART = f"""<w:r><mc:AlternateContent {MC}><mc:Choice Requires="cx1" xmlns:cx1="{MICROSOFT}/drawing/2015/9/8/chartex">
<w:drawing><cx:chart xmlns:cx="{MICROSOFT}/drawing/2014/chartex" r:id="chartex"/></w:drawing></mc:Choice><mc:Fallback>
<w:t>{SHOWN} instead of a new chart</w:t></mc:Fallback></mc:AlternateContent></w:r>"""
BODY = f"""<w:document {W} {R}><w:body><w:p><w:r><w:t>{SHOWN} before</w:t></w:r></w:p><w:p>{CHART_FRAME}</w:p>
<w:p>{DIAGRAM_FRAME}</w:p><w:p>{HIDDEN_FRAME}{NEW_CHART}</w:p></w:body></w:document>"""


def _cells(kind, values, more=""):
    points = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))
    return f"""<c:{kind}Ref><c:f>{FORMULA}</c:f><c:{kind}Cache>{more}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache>
<c:extLst><c:ext uri="{{02D57815-91ED-43cb-92C2-25804820EDAC}}" xmlns:c15="{MICROSOFT}/drawing/2012/chart"><c15:fullRef>
<c15:sqref>{FORMULA}</c15:sqref></c15:fullRef></c:ext></c:extLst></c:{kind}Ref>"""


SERIES_EXTENSION = f"""<c:extLst><c:ext uri="{{C3380CC4-5D6E-409C-BE32-E72D297353CC}}" xmlns:c16="{MICROSOFT}/drawing/2014/chart">
<c16:uniqueId val="{GUID.format("00000001")}"/></c:ext></c:extLst>"""
FILTERED = f"""<c:extLst><c:ext uri="{{02D57815-91ED-43cb-92C2-25804820EDAC}}" xmlns:c15="{MICROSOFT}/drawing/2012/chart">
<c15:filteredBarSeries><c15:ser><c:tx><c:v>PLANT-filtered</c:v></c:tx></c15:ser></c15:filteredBarSeries></c:ext></c:extLst>"""
CHART = f"""<c:chartSpace {C} {A} {R}><c:date1904 val="0"/><mc:AlternateContent {MC}><mc:Choice Requires="c14"
 xmlns:c14="{MICROSOFT}/drawing/2007/8/2/chart"><c14:style val="102"/></mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback>
</mc:AlternateContent><c:pivotSource><c:name>[PLANT.xlsx]PLANT</c:name><c:fmtId val="0"/></c:pivotSource>
<c:protection><c:userInterface/></c:protection><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{SHOWN} chart title</a:t>
</a:r></a:p></c:rich></c:tx></c:title><c:pivotFmts><c:pivotFmt><c:idx val="0"/></c:pivotFmt></c:pivotFmts><c:plotArea><c:layout/>
<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx>
{_cells("str", [f"{SHOWN} series"])}</c:tx><c:cat>{_cells("str", ["one", f"{SHOWN} two"])}</c:cat><c:val>
{_cells("num", [3, 5], "<c:formatCode>General</c:formatCode>")}</c:val>{SERIES_EXTENSION}</c:ser><c:axId val="1"/><c:axId val="2"/>
{FILTERED}</c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea>
<c:legend><c:legendPos val="r"/></c:legend></c:chart><c:externalData r:id="book"><c:autoUpdate val="1"/></c:externalData>
<c:printSettings><c:headerFooter><c:oddHeader>PLANT-print</c:oddHeader></c:headerFooter></c:printSettings>
<c:userShapes r:id="shapes"/></c:chartSpace>"""
USER_SHAPES = f"""<c:userShapes {C} {A} xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:relSizeAnchor>
<cdr:from><cdr:x>0.1</cdr:x><cdr:y>0.1</cdr:y></cdr:from><cdr:to><cdr:x>0.5</cdr:x><cdr:y>0.3</cdr:y></cdr:to>
<cdr:sp macro="PLANT-macro" textlink="PLANT-cell"><cdr:nvSpPr><cdr:cNvPr id="2" name="PLANT-shape" descr="PLANT.jpg"><a:hlinkClick
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="no" invalidUrl="PLANT-url" tgtFrame="PLANT"
 action="PLANT"><a:snd r:embed="no" name="PLANT-sound"/></a:hlinkClick></cdr:cNvPr><cdr:cNvSpPr/></cdr:nvSpPr><cdr:spPr><a:prstGeom
 prst="rect"><a:avLst/></a:prstGeom></cdr:spPr><cdr:txBody><a:bodyPr/><a:p><a:fld id="{GUID.format("00000002")}" type="TXLINK"><a:t>{SHOWN} on the
 chart</a:t></a:fld></a:p></cdr:txBody></cdr:sp></cdr:relSizeAnchor></c:userShapes>"""


def _point(number, kind, text="", more=""):
    words = f"<dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
    return f'<dgm:pt modelId="{GUID.format(number)}" type="{kind}">{more}<dgm:spPr/>{words}</dgm:pt>'


LAYOUTS = 'loTypeId="urn:PLANT-layout" loCatId="PLANT" qsTypeId="urn:PLANT-quick" qsCatId="PLANT" csTypeId="urn:PLANT-colors" csCatId="PLANT"'
ALT = f"""<dgm:extLst><a:ext uri="{{E40237B7-FDA0-4F09-8148-C483321AD2D9}}"><dgm14:cNvPr
 xmlns:dgm14="{MICROSOFT}/drawing/2010/diagram" id="0" name="PLANT-node" descr="C:\\PLANT\\alt.png"/></a:ext></dgm:extLst>"""
DATA = f"""<dgm:dataModel {DGM} {A}><dgm:ptLst>{_point("00000010", "doc", more=f"<dgm:prSet {LAYOUTS} phldr='0'/>")}
{_point("00000011", "node", f"{SHOWN} node", "<dgm:prSet phldrT='PLANT-placeholder'/>")}{_point("00000012", "node", "PLANT-not-drawn")}
{_point("00000013", "pres", more=f'<dgm:prSet presAssocID="{GUID.format("00000011")}" presName="PLANT-part" presStyleLbl="node1">{ALT}</dgm:prSet>')}
{_point("00000014", "parTrans")}{_point("00000015", "sibTrans")}</dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="{GUID.format("00000016")}"
 srcId="{GUID.format("00000010")}" destId="{GUID.format("00000011")}" srcOrd="0" destOrd="0" parTransId="{GUID.format("00000014")}"
 sibTransId="{GUID.format("00000015")}"/><dgm:cxn modelId="{GUID.format("00000017")}" type="presOf" srcId="{GUID.format("00000011")}"
 destId="{GUID.format("00000013")}" srcOrd="0" destOrd="0" presId="urn:PLANT-layout"/></dgm:cxnLst><dgm:bg/><dgm:whole/><dgm:extLst>
<a:ext uri="{MICROSOFT}/drawing/2008/diagram"><dsp:dataModelExt {DSP} relId="drawing"/></a:ext><a:ext uri="PLANT"><PLANT xmlns="urn:PLANT"/>
</a:ext></dgm:extLst></dgm:dataModel>"""
LAYOUT = f"""<dgm:layoutDef {DGM} {A} uniqueId="urn:PLANT-layout"><dgm:title val="PLANT-title"/><dgm:desc val="PLANT-desc"/><dgm:catLst>
<dgm:cat type="PLANT-cat" pri="1"/></dgm:catLst><dgm:sampData><dgm:dataModel><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>PLANT</a:t>
</a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel></dgm:sampData><dgm:layoutNode name="PLANT-part"><dgm:alg type="lin"/><dgm:shape/>
<dgm:constrLst><dgm:constr type="w" for="ch" forName="PLANT-part"/></dgm:constrLst><dgm:forEach name="PLANT-each" axis="ch"/>
</dgm:layoutNode></dgm:layoutDef>"""
DRAWING = f"""<dsp:drawing {DSP} {DGM} {A}><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name="PLANT"/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr>
<dsp:grpSpPr/><dsp:sp modelId="{GUID.format("00000013")}"><dsp:nvSpPr><dsp:cNvPr id="0" name="PLANT"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></dsp:spPr><dsp:txBody>
<a:bodyPr/><a:p><a:r><a:t>{SHOWN} node</a:t></a:r></a:p></dsp:txBody></dsp:sp><dsp:sp modelId="{GUID.format("00000018")}"><dsp:nvSpPr>
<dsp:cNvPr id="1" name="PLANT" hidden="1"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></a:xfrm></dsp:spPr><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>PLANT-unseen</a:t></a:r>
</a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"""


def _definition(root, kind):
    return f"""<dgm:{root} {DGM} {A} uniqueId="urn:PLANT-{kind}"><dgm:title val="PLANT-title"/><dgm:desc val="PLANT-desc"/><dgm:catLst>
<dgm:cat type="PLANT-cat" pri="1"/></dgm:catLst></dgm:{root}>"""


def docx() -> bytes:
    """Return a Word document with a chart, a chart of the newer type, a diagram, and marks in all their parts."""
    own = [("data", "diagramData", "diagrams/PLANT1.xml"), ("layout", "diagramLayout", "diagrams/PLANT2.xml"),
           ("quick", "diagramQuickStyle", "diagrams/PLANT3.xml"), ("colors", "diagramColors", "diagrams/PLANT4.xml"),
           ("chart", "chart", "charts/PLANT.xml")]  # fmt: skip
    microsoft = [("drawing", "2007/relationships/diagramDrawing", "diagrams/PLANT5.xml"),
                 ("chartex", "2014/relationships/chartEx", "charts/PLANTex.xml")]  # fmt: skip
    of_chart = [("book", "package", "../embeddings/PLANT.xlsx"), ("shapes", "chartUserShapes", "../drawings/PLANT.xml")]
    of_office = [("s", "2011/relationships/chartStyle", "PLANT-style.xml"),
                 ("c", "2011/relationships/chartColorStyle", "PLANT-colors.xml")]  # fmt: skip
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")]),
        "word/document.xml": BODY,
        "word/_rels/document.xml.rels": relations(own).replace("</Rel", _microsoft(microsoft) + "</Rel"),
        "word/charts/PLANT.xml": CHART,
        "word/charts/_rels/PLANT.xml.rels": relations(of_chart).replace("</Rel", _microsoft(of_office) + "</Rel"),
        "word/drawings/PLANT.xml": USER_SHAPES,
        "word/diagrams/PLANT1.xml": DATA, "word/diagrams/PLANT2.xml": LAYOUT, "word/diagrams/PLANT5.xml": DRAWING,
        "word/diagrams/PLANT3.xml": _definition("styleDef", "quick"),
        "word/diagrams/PLANT4.xml": _definition("colorsDef", "colors"),
    }  # fmt: skip
    rest = [
        "word/charts/PLANTex.xml",
        "word/charts/PLANT-style.xml",
        "word/charts/PLANT-colors.xml",
        "word/embeddings/PLANT.xlsx",
    ]
    return zipped(parts | dict.fromkeys(rest, "PLANT-other-part"))


def _types():
    kinds = {"charts/PLANT": "drawingml.chart", "diagrams/PLANT1": "drawingml.diagramData", "diagrams/PLANT2": "drawingml.diagramLayout",
             "diagrams/PLANT3": "drawingml.diagramStyle", "diagrams/PLANT4": "drawingml.diagramColors",
             "drawings/PLANT": "drawingml.chartshapes"}  # fmt: skip
    lines = [f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
             for name, kind in kinds.items()]  # fmt: skip
    lines.append(
        '<Override PartName="/word/diagrams/PLANT5.xml" ContentType="application/vnd.ms-office.drawingml.diagramDrawing+xml"/>'
    )
    return files_types().replace("</Types>", "".join(lines) + "</Types>")


def _microsoft(lines):
    return "".join(
        f'<Relationship Id="{one}" Type="{MICROSOFT}/{kind}" Target="{target}"/>' for one, kind, target in lines
    )


def odt(replacement: bytes) -> bytes:
    """Return an OpenDocument text with a chart as an object, and this picture of it."""
    content = f"""<office:document-content {NAMES}><office:body><office:text><text:p>{SHOWN} first<draw:frame
 draw:name="PLANT-chart"><draw:object xlink:href="./Object 1" draw:notify-on-update-of-ranges="PLANT-table"/><draw:image
 xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p></office:text></office:body></office:document-content>"""
    rest = dict.fromkeys(["Object 1/content.xml", "Object 1/meta.xml", "Object 1/styles.xml"], "PLANT-object")
    manifest = "<manifest>PLANT</manifest>"
    return zipped(
        {"mimetype": ODF_MIMETYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
        | rest | {"ObjectReplacements/Object 1": replacement}
    )  # fmt: skip
