# ruff: noqa: E501  XML is easier to read without line breaks
"""An OpenDocument text whose styles, bookmarks, fields and tables have revealing names; see `planted`."""

from tests.planted import SHOWN
from tests.planted_office import NAMES, zipped

CONTENT = f"""<?xml version="1.0"?><office:document-content {NAMES} xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="PLANT_20_style" style:master-page-name="PLANT_20_page"/>
</office:automatic-styles><office:body><office:text>
<text:variable-decls><text:variable-decl text:name="PLANT_variable" office:value-type="string"/></text:variable-decls>
<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="PLANT_sequence"/></text:sequence-decls>
<text:h text:style-name="PLANT_20_heading" text:outline-level="1" text:class-names="PLANT">{SHOWN} heading</text:h>
<text:p text:style-name="P1"><text:bookmark-start text:name="PLANT_bookmark"/>{SHOWN} bookmarked<text:bookmark-end text:name="PLANT_bookmark"/><text:bookmark text:name="PLANT_other"/>
<text:reference-mark text:name="PLANT_mark"/><text:toc-mark text:string-value="PLANT_toc"/><text:alphabetical-index-mark text:string-value="PLANT_index" text:key1="PLANT"/></text:p>
<text:p text:style-name="P1"><text:a xlink:href="#PLANT_bookmark" office:target-frame-name="PLANT" office:name="PLANT">{SHOWN} link</text:a>
<text:a xlink:href="#PLANT_table|table">{SHOWN} table link</text:a> <text:a xlink:href="#1.{SHOWN} heading|outline">{SHOWN} heading link</text:a>
<draw:a xlink:href="file:///home/PLANT/a.odt"><draw:frame draw:name="PLANT"><draw:text-box><text:p>{SHOWN} framed</text:p></draw:text-box></draw:frame></draw:a></text:p>
<text:p><text:variable-set text:name="PLANT_variable" text:formula="ooow:PLANT" office:string-value="PLANT" text:display="none">PLANT</text:variable-set><text:variable-get
 text:name="PLANT_variable">{SHOWN} variable</text:variable-get><text:sequence text:name="PLANT_sequence" text:formula="ooow:PLANT_sequence+1">{SHOWN} sequence</text:sequence>
<text:bookmark-ref text:ref-name="PLANT_bookmark">{SHOWN} reference</text:bookmark-ref><text:placeholder text:placeholder-type="text" text:description="PLANT">{SHOWN} placeholder</text:placeholder>
<loext:content-control loext:alias="PLANT" loext:tag="PLANT">{SHOWN} controlled</loext:content-control></text:p>
<text:section text:style-name="S1" text:name="PLANT_section"><text:p>{SHOWN} section</text:p></text:section>
<table:table table:name="PLANT_table" table:template-name="PLANT"><table:table-column/><table:table-row><table:table-cell table:formula="ooow:PLANT"><text:p>{SHOWN} cell</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
STYLES = f"""<office:document-styles {NAMES} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:styles>
<draw:gradient draw:name="PLANT_gradient" draw:display-name="PLANT gradient"/>
<style:style style:name="Standard" style:family="paragraph"/><style:style style:name="Heading_20_1" style:display-name="PLANT" style:family="paragraph" style:default-outline-level="1"/>
<style:style style:name="PLANT_20_heading" style:display-name="PLANT heading" style:family="paragraph" style:parent-style-name="Heading_20_1" style:next-style-name="PLANT_20_style"/>
<style:style style:name="PLANT_20_style" style:display-name="PLANT style" style:family="paragraph" style:parent-style-name="Standard" style:list-style-name="PLANT_20_list"><style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="PLANT_20_list" style:display-name="PLANT list"/></office:styles><office:automatic-styles><style:page-layout style:name="PLANT_layout"/></office:automatic-styles>
<office:master-styles><style:master-page style:name="PLANT_20_page" style:display-name="PLANT page" style:page-layout-name="PLANT_layout"/></office:master-styles></office:document-styles>"""


def odt() -> bytes:
    """Return the text as a complete package."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "styles.xml": STYLES,
        "META-INF/manifest.xml": "<manifest>PLANT</manifest>",
    })  # fmt: skip
