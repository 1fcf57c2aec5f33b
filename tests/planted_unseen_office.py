# ruff: noqa: E501  XML is easier to read without line breaks
"""Word documents and OpenDocument texts with words that a person does not see, and with words that only look hidden.

What must go holds PLANT, what must stay holds SHOWN.
"""

from tests.planted_office import NAMES, R, W, files_types, relations, zipped

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHITE = '<w:color w:val="FFFFFF"/>'


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(runs, look=""):
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def style(kind, name, look="", base="", more=""):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}><w:name w:val="{name}"/>{based}<w:rPr>{look}</w:rPr></w:style>'


def row(*cells):
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr>{look}</w:tcPr>{words}</w:tc>" for look, words in cells) + "</w:tr>"


def table(*rows, look=""):
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(words, fill):
    return f"""<w:r><w:drawing><wp:anchor {WP}><wp:docPr id="1" name="a"/><a:graphic {A}><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp {WPS}><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""


def solid(colour):
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def alternatives(choice, fallback):
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>'


def reference(kind, name, place="header"):
    return f'<w:{place}Reference w:type="{kind}" r:id="{name}"/>'


VANISH, NOT_HIDDEN = "<w:vanish/>", '<w:vanish w:val="0"/>'
DARK_CELL = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
TITLE = "<w:titlePg/>"
# For each case the body; then other parts: styles, settings, headers by name, notes.
HIDDEN = {
    "run": {"body": paragraph(run("PLANT", VANISH))},
    "run style": {"body": paragraph(run("PLANT", '<w:rStyle w:val="C"/>')), "styles": style("character", "C", VANISH)},
    "parent of a run style": {"body": paragraph(run("PLANT", '<w:rStyle w:val="D"/>')), "styles": style("character", "C", VANISH) + style("character", "D", base="C")},
    "paragraph style": {"body": paragraph(run("PLANT"), '<w:pStyle w:val="C"/>'), "styles": style("paragraph", "C", VANISH)},
    "parent of a paragraph style": {"body": paragraph(run("PLANT"), '<w:pStyle w:val="E"/>'), "styles": style("paragraph", "C", VANISH) + style("paragraph", "D", base="C") + style("paragraph", "E", base="D")},
    "default paragraph style": {"body": paragraph(run("PLANT")) + paragraph(run("SHOWN"), '<w:pStyle w:val="D"/>'), "styles": style("paragraph", "C", VANISH, more='w:default="1"') + style("paragraph", "D")},
    "defaults of the document": {"body": paragraph(run("PLANT")) + paragraph(run("SHOWN", '<w:vanish w:val="0"/>')), "styles": f"<w:docDefaults><w:rPrDefault><w:rPr>{VANISH}</w:rPr></w:rPrDefault></w:docDefaults>"},
    "table style": {"body": table(row(("", paragraph(run("PLANT")))), look='<w:tblStyle w:val="T"/>'), "styles": style("table", "T", VANISH)},
    "style separator": {"body": paragraph(run("PLANT", "<w:specVanish/>"))},
    "white": {"body": paragraph(run("PLANT", WHITE))},
    "white by style": {"body": paragraph(run("PLANT"), '<w:pStyle w:val="D"/>'), "styles": style("paragraph", "C", WHITE) + style("paragraph", "D", base="C")},
    "white by theme": {"body": paragraph(run("PLANT", '<w:color w:themeColor="background1"/>'))},
    "nearly white": {"body": paragraph(run("PLANT", '<w:color w:val="FDFDFD"/>'))},
    "white in a white cell": {"body": table(row(('<w:shd w:val="clear" w:fill="FFFFFF"/>', paragraph(run("PLANT", WHITE)))))},
    "white in a white box": {"body": paragraph(box(paragraph(run("PLANT", WHITE)), solid("FFFFFF")))},
    "black in a black cell": {"body": table(row(('<w:shd w:val="clear" w:fill="000000"/>', paragraph(run("PLANT", '<w:color w:val="000000"/>')))))},
    "black highlighter": {"body": paragraph(run("SHOWN ") + run("PLANT", '<w:highlight w:val="black"/>') + run(" SHOWN"))},
    "black shade": {"body": paragraph(run("PLANT", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'))},
    "speck": {"body": paragraph(run("PLANT", '<w:sz w:val="2"/>'))},
    "flat line": {"body": paragraph(run("PLANT"), '<w:spacing w:line="20" w:lineRule="exact"/>')},
    "no fill": {"body": paragraph(run("PLANT", "<w14:textFill><w14:noFill/></w14:textFill>"))},
    "transparent fill": {"body": paragraph(run("PLANT", '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>'))},
    "cell merged above": {"body": table(row(('<w:vMerge w:val="restart"/>', paragraph(run("SHOWN"))), ("", paragraph(run("SHOWN")))), row(("<w:vMerge/>", paragraph(run("PLANT"))), ("", paragraph(run("SHOWN")))))},
    "cell merged before": {"body": table(row(('<w:hMerge w:val="restart"/>', paragraph(run("SHOWN"))), ("<w:hMerge/>", paragraph(run("PLANT")))))},
    "hidden row": {"body": table("<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>PLANT</w:t></w:r></w:p></w:tc></w:tr>", row(("", paragraph(run("SHOWN")))))},
    "flat row": {"body": table('<w:tr><w:trPr><w:trHeight w:val="40" w:hRule="exact"/></w:trPr><w:tc><w:p><w:r><w:t>PLANT</w:t></w:r></w:p></w:tc></w:tr>', '<w:tr><w:trPr><w:trHeight w:val="40"/></w:trPr><w:tc><w:p><w:r><w:t>SHOWN</w:t></w:r></w:p></w:tc></w:tr>', '<w:tr><w:trPr><w:trHeight w:val="41" w:hRule="exact"/></w:trPr><w:tc><w:p><w:r><w:t>SHOWN</w:t></w:r></w:p></w:tc></w:tr>')},
    "hidden math": {"body": paragraph(f"<m:oMath><m:r><w:rPr>{VANISH}</w:rPr><m:t>PLANT</m:t></m:r><m:r><m:t>SHOWN</m:t></m:r></m:oMath>")},
    "math phantom": {"body": paragraph('<m:oMath><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>PLANT</m:t></m:r></m:e></m:phant></m:oMath>')},
    "other fallback": {"body": paragraph(alternatives(box(paragraph(run("SHOWN")), solid("FFFF00")), f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('PLANT'))}</w:txbxContent></v:textbox></v:shape></w:pict>"))},
    "second choice": {"body": paragraph(f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box(paragraph(run("SHOWN")), solid("FFFF00"))}</mc:Choice><mc:Choice Requires="w14"><w:t>PLANT</w:t></mc:Choice></mc:AlternateContent></w:r>')},
    "first header": {"body": paragraph(run("SHOWN")), "section": reference("first", "PLANThead"), "headers": {"PLANThead": run("PLANT")}},
    "even footer": {"body": paragraph(run("SHOWN")), "section": reference("even", "foot", "footer"), "headers": {"foot": run("PLANT")}},
    "even header turned off": {"body": paragraph(run("SHOWN")), "section": reference("even", "head"), "headers": {"head": run("PLANT")}, "settings": '<w:evenAndOddHeaders w:val="0"/>'},
    "header without a reference": {"body": paragraph(run("SHOWN")), "headers": {"head": run("PLANT")}},
    "footnote without a reference": {"body": paragraph(run("SHOWN") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), "notes": {"2": "SHOWN note", "3": "PLANT"}},
    "footnote of hidden text": {"body": paragraph(run("SHOWN") + f'<w:r><w:rPr>{VANISH}</w:rPr><w:footnoteReference w:id="2"/></w:r>'), "notes": {"2": "PLANT"}},
    "comment without a reference": {"body": paragraph(run("SHOWN")), "comments": "PLANT"},
    "account in a link": {"body": paragraph(f'<w:hyperlink r:id="link">{run("SHOWN")}</w:hyperlink>'), "link": "https://PLANT:secret@example.org/"},
}  # fmt: skip
GOOD = {
    "white on dark cells": {"body": table(row((DARK_CELL, paragraph(run("SHOWN", WHITE)))))},
    "white in a table with a style": {"body": table(row(("", paragraph(run("SHOWN", WHITE)))), look='<w:tblStyle w:val="T"/>'), "styles": '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr></w:style>'},
    "white on a dark paragraph": {"body": paragraph(run("SHOWN", WHITE), '<w:shd w:val="clear" w:fill="000000"/>')},
    "white on a dark paragraph style": {"body": paragraph(run("SHOWN", WHITE), '<w:pStyle w:val="C"/>'), "styles": '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr></w:style>'},
    "white in a dark box": {"body": paragraph(box(paragraph(run("SHOWN", WHITE)), solid("1F3864")))},
    "white on a dark shape behind": {"body": paragraph(box("", solid("1F3864")).replace("<wp:anchor ", '<wp:anchor behindDoc="1" ') + run("SHOWN", WHITE))},
    "white with an outline": {"body": paragraph(run("SHOWN", WHITE + "<w:outline/>"))},
    "white on a dark page": {"body": paragraph(run("SHOWN", WHITE)), "page": '<w:background w:color="1F3864"/>'},
    "highlighted": {"body": paragraph(run("SHOWN", '<w:highlight w:val="yellow"/>'))},
    "white on a black highlighter": {"body": paragraph(run("SHOWN", WHITE + '<w:highlight w:val="black"/>'))},
    "automatic in a black cell": {"body": table(row(('<w:shd w:val="clear" w:fill="000000"/>', paragraph(run("SHOWN")))))},
    "shown in a hidden style": {"body": paragraph(run("SHOWN", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="C"/>'), "styles": style("paragraph", "C", VANISH)},
    "hidden twice": {"body": paragraph(run("SHOWN", '<w:rStyle w:val="D"/>'), '<w:pStyle w:val="C"/>'), "styles": style("paragraph", "C", VANISH) + style("character", "D", VANISH)},
    "hidden on the web": {"body": paragraph(run("SHOWN", "<w:webHidden/>"))},
    "small print": {"body": paragraph(run("SHOWN", '<w:sz w:val="8"/>'))},
    "cell merged with nothing": {"body": table(row(("<w:vMerge/>", paragraph(run("SHOWN")))))},
    "same fallback": {"body": paragraph(alternatives(box(paragraph(run("SHOWN")), solid("FFFF00")), f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('SHOWN'))}</w:txbxContent></v:textbox></v:shape></w:pict>"))},
    "first header": {"body": paragraph(run("SHOWN")), "section": reference("first", "head") + TITLE, "headers": {"head": run("SHOWN")}},
    "first header of a later section": {"body": paragraph(run("SHOWN"), f"<w:sectPr>{reference('first', 'head')}</w:sectPr>") + paragraph(run("SHOWN")), "section": TITLE, "headers": {"head": run("SHOWN")}},
    "even header": {"body": paragraph(run("SHOWN")), "section": reference("even", "head"), "headers": {"head": run("SHOWN")}, "settings": "<w:evenAndOddHeaders/>"},
    "built-in style called custom": {"body": paragraph(run("SHOWN"), '<w:pStyle w:val="header"/>'), "styles": style("paragraph", "header", more='w:customStyle="1"')},
}  # fmt: skip


def docx(body, *, styles="", settings="", section="", headers=(), notes=(), comments="", link="", page="") -> bytes:
    """Return a Word document made of these pieces of XML."""
    inside = [("styles", "styles", "styles.xml"), ("settings", "settings", "settings.xml")]
    parts = {
        "[Content_Types].xml": files_types(),
        "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")]),
        "word/document.xml": f'<w:document {W} {R} {MATH} {MC} {WPS} {W14} xmlns:v="urn:schemas-microsoft-com:vml">{page}<w:body>{body}'
        f"{paragraph(run('SHOWN last', NOT_HIDDEN))}<w:sectPr>{section}</w:sectPr></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {W}>{settings}</w:settings>",
    }
    for name, words in dict(headers).items():
        kind = "footer" if "foot" in name else "header"
        inside.append((name, kind, f"{name}.xml"))
        parts[f"word/{name}.xml"] = (
            f"<w:{kind[0]}{'dr' if kind == 'header' else 'tr'} {W}>{paragraph(words)}</w:{kind[0]}{'dr' if kind == 'header' else 'tr'}>"
        )
    if notes:
        inside.append(("notes", "footnotes", "footnotes.xml"))
        lines = "".join(
            f'<w:footnote w:id="{number}">{paragraph(run(words))}</w:footnote>' for number, words in notes.items()
        )
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>{lines}</w:footnotes>'
        )
    if comments:
        inside.append(("comments", "comments", "comments.xml"))
        parts["word/comments.xml"] = (
            f'<w:comments {W}><w:comment w:id="9">{paragraph(run(comments))}</w:comment></w:comments>'
        )
    parts["word/_rels/document.xml.rels"] = relations(inside, [("link", "hyperlink", link)] if link else [])
    return zipped(parts)  # fmt: skip


FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def odf_style(name, look="", family="paragraph", parent="", more="", page=""):
    base = f'style:parent-style-name="{parent}"' if parent else ""
    master = f'style:master-page-name="{page}"' if page else ""
    return f'<style:style style:name="{name}" style:family="{family}" {base} {master}>{more}<style:text-properties {look}/></style:style>'


def text(words, name="", kind="p"):
    used = f'text:style-name="{name}"' if name else ""
    return f"<text:{kind} {used}>{words}</text:{kind}>"


def cell(words, look=""):
    return f"<table:table-cell {look}>{words}</table:table-cell>"


def odf_table(*rows, look=""):
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table table:name='T' {look}><table:table-column/>{lines}</table:table>"


NONE, PALE = 'text:display="none"', 'fo:color="#ffffff"'


def filled(kind, colour):
    return f'<style:{kind}-properties fo:background-color="{colour}"/>'


HIDDEN_ODT = {
    "span": {"body": text(text("PLANT", "S", "span") + "SHOWN"), "automatic": odf_style("S", NONE, "text")},
    "parent of a span": {"body": text(text("PLANT", "S", "span") + "SHOWN"), "automatic": odf_style("S", "", "text", "H"), "common": odf_style("H", NONE, "text")},
    "paragraph": {"body": text("PLANT", "P"), "automatic": odf_style("P", NONE)},
    "parent of a paragraph": {"body": text("PLANT", "P"), "automatic": odf_style("P", "", parent="Q"), "common": odf_style("Q", parent="R") + odf_style("R", NONE)},
    "all but a span": {"body": text("PLANT" + text("SHOWN", "S", "span") + "PLANT", "P"), "automatic": odf_style("P", NONE) + odf_style("S", 'text:display="true"', "text")},
    "heading": {"body": text("PLANT", "P", "h"), "automatic": odf_style("P", NONE)},
    "section": {"body": f'<text:section text:name="s" text:display="none">{text("PLANT")}</text:section>'},
    "conditional section": {"body": f'<text:section text:name="s" text:display="condition" text:condition="ooow:x==1" text:is-hidden="true">{text("PLANT")}</text:section>'},
    "section that is always hidden": {"body": f'<text:section text:name="s" text:display="condition" text:condition="ooow:1">{text("PLANT")}</text:section>'},
    "hidden paragraph": {"body": text('PLANT<text:hidden-paragraph text:condition="ooow:PLANT" text:is-hidden="true"/>')},
    "hidden text": {"body": text('SHOWN<text:hidden-text text:condition="ooow:1" text:string-value="PLANT">PLANT</text:hidden-text>')},
    "header not displayed": {"body": text("SHOWN"), "master": f'<style:master-page style:name="Standard"><style:header style:display="false">{text("PLANT")}</style:header></style:master-page>'},
    "first header not displayed": {"body": text("SHOWN"), "master": f'<style:master-page style:name="Standard"><style:header>{text("SHOWN")}</style:header><style:header-first style:display="false">{text("PLANT")}</style:header-first></style:master-page>'},
    "left footer not displayed": {"body": text("SHOWN"), "master": f'<style:master-page style:name="Standard"><style:footer-left style:display="false">{text("PLANT")}</style:footer-left></style:master-page>'},
    "unused page style": {"body": text("SHOWN"), "master": f'<style:master-page style:name="Standard"/><style:master-page style:name="Other"><style:header>{text("PLANT")}</style:header></style:master-page>'},
    "page style of an unused style": {"body": text("SHOWN"), "common": odf_style("P", page="Other"), "master": f'<style:master-page style:name="Standard"/><style:master-page style:name="Other"><style:footer>{text("PLANT")}</style:footer></style:master-page>'},
    "white": {"body": text("PLANT", "P"), "automatic": odf_style("P", PALE)},
    "white span": {"body": text("SHOWN" + text("PLANT", "S", "span")), "automatic": odf_style("S", 'fo:color="#fefefe"', "text")},
    "white by a parent": {"body": text("PLANT", "P"), "automatic": odf_style("P", parent="Q"), "common": odf_style("Q", PALE)},
    "white in a white cell": {"body": odf_table(cell(text("PLANT", "P"), 'table:style-name="C"')), "automatic": odf_style("P", PALE) + odf_style("C", "", "table-cell", more=filled("table-cell", "#ffffff"))},
    "black on black": {"body": text("SHOWN" + text("PLANT", "S", "span")), "automatic": odf_style("S", 'fo:color="#000000" fo:background-color="#000000"', "text")},
    "speck": {"body": text("PLANT", "P"), "automatic": odf_style("P", 'fo:font-size="1pt"')},
    "transparent": {"body": text("PLANT", "P"), "automatic": odf_style("P", 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" loext:opacity="0%"')},
    "covered cell": {"body": odf_table(cell(text("SHOWN"), 'table:number-columns-spanned="2"') + f"<table:covered-table-cell>{text('PLANT')}</table:covered-table-cell>")},
}  # fmt: skip
GOOD_ODT = {
    "white on a dark cell": {"body": odf_table(cell(text("SHOWN", "P"), 'table:style-name="C"')), "automatic": odf_style("P", PALE) + odf_style("C", "", "table-cell", more=filled("table-cell", "#1f3864"))},
    "white on a dark paragraph": {"body": text("SHOWN", "P"), "automatic": odf_style("P", PALE, more=filled("paragraph", "#1f3864"))},
    "white on a dark parent": {"body": text("SHOWN", "P"), "automatic": odf_style("P", PALE, parent="Q"), "common": odf_style("Q", more=filled("paragraph", "#1f3864"))},
    "white on a dark span": {"body": text(text("SHOWN", "S", "span")), "automatic": odf_style("S", f'{PALE} fo:background-color="#000000"', "text")},
    "white in a dark frame": {"body": text(f'<draw:frame draw:style-name="G"><draw:text-box>{text("SHOWN", "P")}</draw:text-box></draw:frame>'), "automatic": odf_style("P", PALE) + odf_style("G", "", "graphic", more='<style:graphic-properties draw:fill="solid" draw:fill-color="#1f3864"/>')},
    "white over a picture": {"body": text('<draw:frame draw:style-name="G"/>SHOWN', "P"), "automatic": odf_style("P", PALE) + odf_style("G", "", "graphic", more='<style:graphic-properties style:run-through="background"/>')},
    "highlighted": {"body": text(text("SHOWN", "S", "span")), "automatic": odf_style("S", 'fo:color="#000000" fo:background-color="#ffff00"', "text")},
    "shown section": {"body": f'<text:section text:name="s" text:display="condition" text:condition="ooow:x==1" text:is-hidden="false">{text("SHOWN")}</text:section>'},
    "shown paragraph": {"body": text('SHOWN<text:hidden-paragraph text:condition="ooow:x" text:is-hidden="false"/>')},
    "used page style": {"body": text("SHOWN", "P"), "automatic": odf_style("P", page="Other"), "master": f'<style:master-page style:name="Standard"/><style:master-page style:name="Other" style:next-style-name="Next"><style:header>{text("SHOWN")}</style:header></style:master-page><style:master-page style:name="Next"><style:footer>{text("SHOWN")}</style:footer></style:master-page>'},
    "same name in another part": {"body": text("SHOWN", "P"), "automatic": odf_style("P"), "of pages": odf_style("P", NONE)},
}  # fmt: skip


def odt(body, *, automatic="", common="", master="", **more) -> bytes:
    """Return an OpenDocument text made of these pieces of XML."""
    content = f"<office:document-content {NAMES} {FO}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}{text('SHOWN last')}</office:text></office:body></office:document-content>"
    styles = f"<office:document-styles {NAMES} {FO}><office:styles>{common}</office:styles><office:automatic-styles>{more.get('of pages', '')}</office:automatic-styles><office:master-styles>{master}</office:master-styles></office:document-styles>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": styles})
