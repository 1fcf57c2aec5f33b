import re
from html import unescape

import pytest

from text.markup import plain_text, render, strip_heading, strip_markdown

LINK = re.compile(r"<a [^>]*href")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("<script>\nalert(1)\n</script>", "&lt;script&gt;\nalert(1)\n&lt;/script&gt;"),
        ('<img src=x onerror="alert(1)">', '&lt;img src=x onerror="alert(1)"&gt;'),
        ("<svg/onload=alert(1)>", "&lt;svg/onload=alert(1)&gt;"),
        ("<!-- hidden -->", "&lt;!-- hidden --&gt;"),
        ("&#60;script&#62;", "&lt;script&gt;"),
        ("![words](https://example.org/x.png)", "![words](https://example.org/x.png)"),
        ("`<i>`", "<code>&lt;i&gt;</code>"),
        ("\x02wzxhzdk:0\x03", "wzxhzdk:0"),
    ],
)
def test_raw_html_and_images_show_as_typed(typed, seen):
    assert render(typed) == f"<p>{seen}</p>"


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "http://example.org", "HTTPS://example.org"])
def test_an_address_with_a_scheme_is_a_link(address):
    assert render(f"[x]({address})") == f'<p><a href="{address}" rel="nofollow noopener">x</a></p>'


def test_an_email_address_is_a_link_in_both_notations():
    link = '<p><a href="mailto:a@example.org" rel="nofollow noopener">%s</a></p>'
    assert render("[write](mailto:a@example.org)") == link % "write"
    assert render("<a@example.org>") == link % "a@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)",
        "javascript\\x3Aalert(1)", "\x01javascript:alert(1)", "java\tscript:alert(1)", "vbscript:x", "ftp://host/",
        "data:text/html,<b>", "data:text/html;base64,PGI+", "file:///etc/passwd", "//host/path", "\\\\host", "/path",
        "path", "?q", "#p1", "https:host", "https:/host", "http:\\\\host", "",
    ],
)  # fmt: skip
def test_any_other_address_is_not_a_link(address):
    for typed in (f"[x]({address})", f"[x](<{address}>)", f"[x][1]\n\n[1]: {address}", f"<{address}>"):
        assert not LINK.search(render(typed))


def test_the_title_of_a_link_is_shown_as_text():
    titles = {
        "[x](https://example.org 'a \"b\" onclick=c')": '(a "b" onclick=c)',
        "[x](https://example.org 'a <b> & *c*')": "(a &lt;b&gt; &amp; *c*)",
        '[x][1] y\n\n[1]: https://example.org "t"': "(t) y",
        '[x](file:///a "t")': "(t)",
        "[x](https://example.org)": "",
    }
    for typed, shown in titles.items():
        html = render(typed)
        assert "title=" not in html
        assert html.partition("</a>")[2].removesuffix("</p>").strip() == shown or f"x {shown}" in html
        assert plain_text(typed) == unescape(f"x {shown}".strip())


@pytest.mark.parametrize(
    ("typed", "below", "tag"), [("# x", 2, "h3"), ("x\n===", 2, "h3"), ("## x", 2, "h4"), ("# x", 1, "h2"),
                                ("###### x", 2, "h6"), ("##### x", 2, "h6")],
)  # fmt: skip
def test_headings_are_lowered(typed, below, tag):
    assert render(typed, below) == f"<{tag}>x</{tag}>"


def test_lists_nest_and_keep_their_start():
    assert render("3. a\n4. b") == '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'
    assert render("- a\n    - b") == "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"


def test_a_table_keeps_its_header_and_alignment():
    assert render("| a | b |\n| :-- | --: |\n| 1 | 2 |").replace("\n", "") == (
        '<div class="table-region" role="region" tabindex="0" aria-label="Table: a, b">'
        '<table><thead><tr><th>a</th><th class="at-end">b</th></tr></thead>'
        '<tbody><tr><td>1</td><td class="at-end">2</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ('| **Who** | <b>"x"</b> & y |', "Table: Who, &lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; y"),
        ('| a | `onfocus="x"` |', "Table: a, onfocus=&quot;x&quot;"),
        ("|  |  |", "Table"),
    ],
)
def test_a_table_is_named_after_its_columns_with_escaped_names(columns, name):
    html = render(f"{columns}\n| --- | --- |\n| 1 | 2 |")
    assert html.startswith(f'<div class="table-region" role="region" tabindex="0" aria-label="{name}"><table>')


def test_text_that_looks_like_an_aligned_cell_stays_text():
    html = render('| a |\n| :-: |\n| <td align="right"> |')
    assert '<th class="at-centre">a</th>' in html
    assert '&lt;td align="right"&gt;' in html


def test_each_table_has_a_region_and_text_that_looks_like_one_has_not():
    table = "| a |\n| --- |\n| 1 |"
    assert render(f"{table}\n\nWords <table> and </table>.\n\n{table}").count('role="region"') == 2
    assert "region" not in render("Words <table> and </table>.")


def test_emphasis_quotes_and_code():
    assert render("*a* **b** `c`") == "<p><em>a</em> <strong>b</strong> <code>c</code></p>"
    assert render("> a") == "<blockquote>\n<p>a</p>\n</blockquote>"


@pytest.mark.parametrize("typed", ["- " * 500 + "x", "1. " * 800 + "x", "[" * 50_000, "[a" * 5000 + "]" * 5000])
def test_a_text_too_costly_to_convert_shows_as_typed(typed):
    assert render(typed) == f"<p>{typed}</p>"
    assert strip_markdown(typed) == typed.strip()


def test_a_text_too_costly_to_convert_is_escaped():
    assert "<script" not in render("<script>" + "[" * 50_000)


def test_strip_markdown_leaves_plain_text():
    assert (
        strip_markdown("# Head\n\nOne *two* [three](https://example.org).\n\n- a\n- b")
        == "Head\n\nOne two three.\n\na\n\nb"
    )
    assert strip_markdown("a < b & <b>c</b> &amp; d") == "a < b & <b>c</b> & d"
    assert strip_markdown("") == ""


def test_none_is_an_empty_text():
    assert render(None) == ""
    assert strip_markdown(None) == ""
    assert render("# x", 1) == "<h2>x</h2>"


def test_footnotes_have_raised_numbers():
    assert render("Word[^1].\n\n[^1]: Ibid.") == '<p>Word<sup>1</sup>.</p>\n<p class="note"><sup>1</sup> Ibid.</p>'
    assert strip_markdown("Word[^1].\n\n[^1]: Ibid.") == "Word.\n\nIbid."


def test_a_list_with_labels_of_its_own_has_a_class():
    assert render("- (a) one\n- (b) two\n    - (i) in it").count('<ul class="labelled">') == 2
    assert render("- 3.1 one\n- 3.2 two").count('<ul class="labelled">') == 1
    assert 'class="' not in render("- (a) one\n- two")
    assert 'class="' not in render("1. one\n2. two")


@pytest.mark.parametrize("heading", ["1. Ledgers", "I. Opening", "- B", "(a) One", "3"])
def test_a_heading_keeps_its_number(heading):
    assert strip_heading(heading) == heading
    assert strip_heading(f"**{heading}**") == heading
