"""Markdown with words that the reader of the formatted text does not see, and with words that only look hidden.

What must go holds PLANT, what must stay holds SHOWN. The texts of LONG are slow for a search that goes back.
"""

import base64

from tests import planted

HIDDEN = {
    "YAML": "---\nauthor: PLANT\ntags:\n  - PLANT\n---\nSHOWN",
    "YAML after empty lines": "\n\n---\nauthor: PLANT\n---\nSHOWN",
    "YAML after text": "SHOWN\n\n---\nauthor: PLANT\n...\n\nSHOWN",
    "TOML": '+++\ntitle = "PLANT"\n[params]\nauthor = "PLANT"\n+++\nSHOWN',
    "MultiMarkdown": "Title: PLANT\nAuthor: PLANT\n    PLANT\nBase Header Level: 2\n\nSHOWN",
    "Pandoc": "% PLANT title\n% PLANT author\n\nSHOWN",
    "comment": "SHOWN <!-- PLANT --> SHOWN",
    "comment of lines": "SHOWN\n\n<!-- PLANT\n\nPLANT -->\n\nSHOWN",
    "open comment": "SHOWN\n\n<!-- PLANT\n\nPLANT",
    "open comment in a line": "SHOWN <!-- PLANT\nPLANT\n\nSHOWN",
    "comment as a definition": "[//]: # (PLANT)\n[any label]: # 'PLANT'\nSHOWN",
    "instruction": "SHOWN <?php PLANT ?> SHOWN",
    "hidden element": "SHOWN\n\n<div hidden>\n\nPLANT <div>PLANT</div>\n\nPLANT</div>\n\nSHOWN",
    "hidden element without an end": "SHOWN\n\n<div hidden>\n\nPLANT",
    "not displayed": 'SHOWN <span class="a" style="color: red; display : none">PLANT</span> SHOWN',
    "not visible": "SHOWN <span style='visibility:hidden'>PLANT</span> SHOWN",
    "without opacity": 'SHOWN <span style="opacity: 0">PLANT</span> SHOWN',
    "without size": 'SHOWN <span style="font-size:0px;">PLANT</span> SHOWN',
    "off the page": 'SHOWN <span style="position:absolute; left:-9999px">PLANT</span> SHOWN',
    "white": 'SHOWN <span style="color:#FFF">PLANT</span> <font color="white">PLANT</font> SHOWN',
    "script and style": "SHOWN <script>PLANT</script><style>PLANT</style><template>PLANT</template> SHOWN",
    "meta": 'SHOWN <meta name="author" content="PLANT"> SHOWN',
    "hidden input": 'SHOWN <input type="hidden" value="PLANT"> SHOWN',
    "attributes for programs": '<p data-author="PLANT" onclick="PLANT">SHOWN</p>',
    "link to a file": "[SHOWN](file:///home/PLANT/a.odt) SHOWN",
    "link to a drive": "[SHOWN](C:\\PLANT\\My file.docx) SHOWN",
    "picture from a drive": "![SHOWN](C:/PLANT/a.png) SHOWN",
    "definition of a file": "[SHOWN][a]\n\n[a]: file:///C:/PLANT.docx\n",
    "file in a tag": '<a href="file:///C:/PLANT.docx">SHOWN</a>',
    "share in a tag": '<img alt="SHOWN" src="\\\\PLANT\\share\\a.png">',
    "picture in the text": f"![SHOWN](data:image/jpeg;base64,{base64.b64encode(planted.jpeg()).decode()})",
    "picture in a tag": f'<img alt="SHOWN" src="data:image/png;base64,{base64.b64encode(planted.png()).decode()}">',
    "drawing in the text": "![SHOWN](data:image/svg+xml,PLANT)",
    "broken picture": "![SHOWN](data:image/png;base64,UExBTlQ)",
}
GOOD = {
    "code": "```\n<!-- SHOWN -->\n<div hidden>SHOWN</div>\n---\nauthor: SHOWN\n---\n```\nSHOWN",
    "code in a line": "`<!-- SHOWN` and ``<b hidden>` SHOWN`` and <b>SHOWN</b>",
    "rules and headings": "SHOWN\n\n---\n\nNote: SHOWN\n\n---\n\nSHOWN\n---\n",
    "lines like properties": "To: SHOWN\nFrom: SHOWN\nSubject: SHOWN\n\nSHOWN",
    "one line like a property": "Title: SHOWN\n\nSHOWN",
    "links": '[SHOWN](https://example.org/a_(b) "SHOWN") [a](#b) [c][d] <https://example.org/SHOWN>\n\n[d]: https://SHOWN\n',
    "tags": '<div lang="fr">SHOWN</div> <a href="https://example.org/SHOWN">SHOWN</a> 1 < 2 > SHOWN <SHOWN',
    "colours": '<span style="color:white;background:navy">SHOWN</span> <span style="opacity:0.8">SHOWN</span>',
    "small": '<span style="font-size:0.8em">SHOWN</span> <details><summary>a</summary>SHOWN</details>',
    "path in words": "The file is C:\\SHOWN\\a.docx, at file:///SHOWN.",
}

LONG = {
    "comments": "<!--" * 400_000,
    "comments in quotes": "\n> <!--" * 200_000,
    "hidden elements": "<div hidden>" * 100_000,
    "hidden and open elements": "<div hidden>\n" + "<div>" * 200_000,
    "quotes": '<a b="' * 200_000,
    "marks of code": "`a ``b " * 150_000,
    "instructions": "<?" * 400_000,
    "brackets": "[" * 500_000 + "](" * 200_000,
    "rules": "---\na: b\n" * 100_000,
    "spaces before keys": "---\na: b\n" + "  a: b\n" * 100_000,
    "fences": "~~~~\n```\n" * 100_000,
    "addresses of data": "[x](data:;" * 100_000,
}
