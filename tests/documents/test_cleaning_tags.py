"""Markdown piece by piece: tags, code and blocks of properties, on both sides of each border."""

from collections import Counter

import pytest

from documents.cleaning.md.document import clean
from documents.cleaning.md.front_matter import without_front_matter
from documents.cleaning.md.tags import Tag


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("<b>", True),
        ("<script>", False),
        ("<IFRAME src='a'>", False),
        ("<b hidden>", False),
        ("<b HIDDEN=''>", False),
        ("<b data-hidden>", True),
        ('<input type="HIDDEN">', False),
        ('<input type="text">', True),
        ('<b type="hidden">', True),
        ('<b style="display:none">', False),
        ('<b style="DISPLAY : NONE !important">', False),
        ('<b style="display:block">', True),
        ('<b style="visibility:collapse">', False),
        ('<b style="opacity:0.0">', False),
        ('<b style="opacity:0%;">', False),
        ('<b style="opacity:0.1">', True),
        ('<b style="font-size:0">', False),
        ('<b style="font-size:1px">', False),
        ('<b style="font-size:0.5pt">', False),
        ('<b style="font-size:2px">', True),
        ('<b style="font-size:0.5em">', True),
        ('<b style="left:-99px">', True),
        ('<b style="text-indent:-100px">', False),
        ('<b style="clip-path:inset(50%)">', False),
        ('<b style="color:white">', False),
        ('<b style="color:#ffffff;">', False),
        ('<b style="color:rgba(255, 255, 255, 0.9)">', False),
        ('<b style="color:transparent">', False),
        ('<b style="color:white;background:navy">', True),
        ('<b style="border-color:white">', True),
        ('<font color="#FFF">', False),
        ('<font color="navy">', True),
        ('<b color="white">', True),
        ('<font color="white" style="background-color:navy">', True),
    ],
)
def test_content_of_an_element_is_shown_or_not(tag, shown):
    assert Tag(tag, 0).is_shown is shown


@pytest.mark.parametrize(
    ("text", "name", "attributes"),
    [
        ("<a b='c' d=\"e\" f=g h>", "a", [("b", "c"), ("d", "e"), ("f", "g"), ("h", None)]),
        ("<br/>", "br", []),
        ("<a/b = c />", "a", [("b", "c")]),
        ("<My-Tag a='\">\"'>", "my-tag", [("a", '">"')]),
    ],
)
def test_tag_is_read_with_its_attributes(text, name, attributes):
    tag = Tag(f"x {text} y", 2)
    assert (tag.name, tag.attributes, tag.end) == (name, attributes, 2 + len(text))


@pytest.mark.parametrize("text", ["<a", "<a b='c>", "<1>", "<a <b>", "a>"])
def test_text_without_a_tag_has_no_end(text):
    assert Tag(text, 0).end == 0


@pytest.mark.parametrize(("tag", "empty"), [("<img>", True), ("<hr/>", True), ("<meta>", True), ("<div>", False)])
def test_element_without_content(tag, empty):
    assert Tag(tag, 0).is_empty is empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a ` <!-- b``", "``a ` <!-- b``"),
        ("`a`` <!-- b --> `", "`a`` <!-- b --> `"),
        ("`a``b` <!-- c -->", "`a``b` "),
        ("`a ``` b ```` <!-- c -->", "`a ``` b ```` "),
        ("`a\n\n<!-- b -->`", "`a\n\n`"),
        ("``` `a`", "``` `a`"),
        ("```\n<!-- a -->\n~~~\n<!-- b -->\n```\n<!-- c -->", "```\n<!-- a -->\n~~~\n<!-- b -->\n```\n"),
        ("````\n<!-- a -->\n```\n<!-- b -->\n````", "````\n<!-- a -->\n```\n<!-- b -->\n````"),
        ("```\n<!-- a -->", "```\n<!-- a -->"),
        ("    ```\n<!-- a -->b", "    ```\nb"),
        ("a <? b", "a <? b"),
        ("a <? b <? c", "a <? b <? c"),
        ("a <? b ?> c <? d", "a  c <? d"),
        ("a <? b ?> c", "a  c"),
        ("a <!-- b\nc\n\nd", "a \n\nd"),
        ("<!-- b\nc\n\nd", ""),
        ("a < b <1>", "a < b <1>"),
        ("a<div hidden>b<div>c</div>d</div>e", "ae"),
        ("a<div hidden>b</DIV >c", "ac"),
        ("a<div hidden>b<divx>c</divx></div>d", "ad"),
        ("a<img hidden src='b'>c", "ac"),
        ("<a onclick='b' href='c'>d</a>", '<a href="c">d</a>'),
        ("<a data-b='c' title='\"'>d</a>", "<a>d</a>"),
        ("<a data-b hidden2>c</a>", "<a hidden2>c</a>"),
        ("<a href='C:\\x\\y' name=z>c</a>", "<a>c</a>"),
        ('<a name="z">c</a> [d](#z)', '<a name="z">c</a> [d](#z)'),
        ('<p class="b" id="z">c</p>', "<p>c</p>"),
        ("<dialog>b</dialog><dialog open>c</dialog>", "<dialog open>c</dialog>"),
        ("<noscript>b</noscript><svg><desc>b</desc></svg>", "<svg></svg>"),
        ("a <![CDATA[b > c]]> d <!B c> e", "a  d  e"),
        ("# a {#b .c d=e}\n{: #b}\nc {d}", "# a\n\nc {d}"),
        ("```python b\nc {#d}\n```", "```python\nc {#d}\n```"),
        ("```{.python b='c'}\nd\n```", "```\nd\n```"),
        ("# a\n---\nb: c\n---\nd", "# a\nd"),
        ('{\n "a": "b",\n "c": ["d",\n "e"]\n}\nf', "f"),
        ("{\n a\n}\nf", "{\n a\n}\nf"),
        ("[a](https://b:c@example.org/) d", "a d"),
        ("<a href='https://b:c@example.org/'>d</a>", "<a>d</a>"),
        ("[a][b]\n\n[b]: https://c:d@example.org/", "[a][b]\n\n"),
        ("[a][B c]\n\n[b  C]: https://example.org/", "[a][B c]\n\n[b  C]: https://example.org/"),
        ("<a title='C:\\x\\y'>c</a>", "<a>c</a>"),
        ("[a]: <> (b)\nc", "c"),
        ("[a]: #b\n", ""),
        ("[a]\n\n[a]: #b\n", "[a]\n\n[a]: #b\n"),
        ("[^a]: b\n", "[^a]: b\n"),
        ("[comment]: b\nc", "c"),
        ("    [//]: # (b)\n", "    [//]: # (b)\n"),
        ("[a](<C:\\x y>) b", "[a] b"),
        ("[a](<C:\\x (1)\\y.doc> 'b') c", "[a] c"),
        ("![a](<file:///home/x y.png>) c", "![a] c"),
        ("[<b>a</b>](<C:\\x y>)", "[<b>a</b>]"),
        ("[<b hidden>a</b>b](<https://c>)", "[b](<https://c>)"),
        ("[a](<https://example.org/x (1)> 'b') c", "[a](<https://example.org/x (1)>) c"),
        ("[a](<b>) <!-- c -->d", "[a](<b>) d"),
        ("![a](<data:text/plain,b>) c", "![a](<>) c"),
        ("`[a](<C:\\x y>)` b", "`[a](<C:\\x y>)` b"),
        ("![a](data:text/plain,b) c", "![a]() c"),
        ("a data:text/plain,b", "a data:text/plain,b"),
    ],
)
def test_markdown_piece_by_piece(text, expected):
    assert clean(text, Counter()) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [("<!-- a -->", "comments"), ("<? a ?>", "comments"), ("[//]: # (a)", "comments"), ("<meta a>", "properties"),
     ("<b hidden>a</b>", "hidden_text"), ("<b onclick='a'>", "properties"), ("<a href='C:\\a'>", "links"),
     ("[a](C:\\a)", "links"), ("[a](<C:\\a b>)", "links"), ("[a]: C:\\a", "links"), ("![a](data:b/c,d)", "pictures"),
     ("![a](data:image/png;base64,PLANT)", "pictures")],
)  # fmt: skip
def test_each_removed_piece_is_counted_once(text, code):
    found = Counter()
    clean(f"{text}\n\n", found)
    assert +found == {code: 1}
    clean(f"{text}\n\n", found)
    assert found[code] == 2


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("---\nauthor: a\n---\nb", "b", 1),
        ("---\nauthor: a\ntags:\n- b\n  - c\n# d\n\n...\ne", "e", 2),
        ("---\nauthor: a\nb\n---\nc", "---\nauthor: a\nb\n---\nc", 0),
        ("---\nauthor: a\n", "---\nauthor: a\n", 0),
        ("---\n", "---\n", 0),
        ("---\n\nauthor: a\n---\n", "---\n\nauthor: a\n---\n", 0),
        ("a\n---\nauthor: a\n---\nb", "a\n---\nauthor: a\n---\nb", 0),
        ("a\n\n---\nauthor: a\n---\nb", "a\n\nb", 1),
        ("```\n---\nauthor: a\n---\n```\n\n---\nb: c\n---\nd", "```\n---\nauthor: a\n---\n```\n\nd", 1),
        ("```\n~~~\n---\nauthor: a\n---\n```", "```\n~~~\n---\nauthor: a\n---\n```", 0),
        ('+++\na = "b"\n\n# c\n[d]\nx = [\n  1\n]\n+++\ne', "e", 2),
        ("+++\na b\n+++\nc", "+++\na b\n+++\nc", 0),
        ('+++\na = "b"', '+++\na = "b"', 0),
        ("% a\n% b\n\nc", "\nc", 2),
        ("% a", "", 1),
        ("%a\nb", "%a\nb", 0),
        ("Author: a\n    b\nDate: c\n\nd", "d", 2),
        ("Author: a", "", 1),
        ("Title: a\n\nb", "Title: a\n\nb", 0),
        ("Author: a\nOther: b\n\nc", "Author: a\nOther: b\n\nc", 0),
        ("Author: a\nb\n\nc", "Author: a\nb\n\nc", 0),
        ("", "", 0),
        ("\n\nAuthor: a\n\nb", "b", 1),
    ],
)
def test_block_of_properties(text, expected, count):
    found = Counter()
    assert without_front_matter(text, found) == expected
    assert found["properties"] == count


@pytest.mark.parametrize(
    "key",
    ["Title", "Subtitle", "Date", "Language", "Lang", "Subject", "Version", "Abstract", "Address", "Phone", "Comment",
     "Authors", "Email", "Affiliation", "Copyright", "Keywords", "Format", "Revision", "Web", "Generator", "CSS"],
)  # fmt: skip
def test_properties_go_together_with_that_of_the_author(key):
    found = Counter()
    assert without_front_matter(f"Author: PLANT\n{key}: PLANT\n\nSHOWN", found) == "SHOWN"
    assert found["properties"] == 2
