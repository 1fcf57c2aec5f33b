"""A page of the copy is the page of the site, with links to files and without what needs the site."""

import pytest
from django.utils.translation import override

from mirror.rewriting import PageWriter, links_in_style, moved_page

FILES = {
    "/quotes/1/": "fr/quotes/1/index.html",
    "/static/a.css": "static/a.css",
    "/fr/speakers/": "fr/speakers/index.html",
}


@pytest.fixture(autouse=True)
def site(settings):
    settings.BASE_URL = "https://portal.example"


def written(html, **options):
    return PageWriter("/fr/quotes/2/", "fr/quotes/2/index.html", "fr/copy/index.html", FILES.get, **options).write(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/quotes/1/#p3">One</a>', '<a href="../1/index.html#p3">One</a>'),
        ('<a href="https://portal.example/fr/speakers/">x</a>', '<a href="../../speakers/index.html">x</a>'),
        ('<link rel="stylesheet" href="/static/a.css">', '<link rel="stylesheet" href="../../../static/a.css">'),
        ('<a href="/search/?q=a">x</a>', '<a href="../../copy/index.html#search">x</a>'),
        ('<a href="/accounts/sign-in/">x</a>', '<a href="../../copy/index.html#sending">x</a>'),
        ('<img src="/gone.png" srcset="/gone.png 320w, /static/a.css 640w">',
         '<img src="data:," srcset="data:, 320w, ../../../static/a.css 640w">'),
        ('<svg viewBox="0 0 1 1"><use href="/static/a.css#mark"/></svg>',
         '<svg viewBox="0 0 1 1"><use href="../../../static/a.css#mark" /></svg>'),
    ],
)  # fmt: skip
def test_a_link_leads_to_a_file(html, expected):
    assert written(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<!doctype html>\n<p title="a &amp; b">1 &lt; 2 &#8212; é <!-- so --> <br/></p>',
        '<a href="https://example.org/">x</a><a href="#here">y</a><a href="mailto:a@b.c">z</a>',
        '<link rel="canonical" href="https://portal.example/fr/speakers/">',
        '<link rel="alternate" hreflang="en" href="https://portal.example/quotes/1/">',
        '<svg viewBox="0 0 9 9"><clippath id="a"></clippath><path d="M1 1"/></svg>',
    ],
)
def test_all_else_stays_as_it_is(html):
    assert written(html) == html


@pytest.mark.parametrize(
    "html",
    ["<script>if (1 < 2) { '</p>' }</script>", '<script src="/static/a.js"></script>', "<button>Undo</button>",
     "<noscript>Switch them on</noscript>", "<template><p>x</p></template>", '<input name="q">',
     '<link rel="search" href="/opensearch.xml">'],
)  # fmt: skip
def test_elements_that_do_nothing_are_left_out(html):
    assert written(f"<p>a</p>{html}<p>b</p>") == "<p>a</p><p>b</p>"


def test_a_form_gives_way_to_a_sentence():
    html = '<p>a</p><form method="post" action="/x/"><input name="token" value="s3"><p>In it</p></form><p>b</p>'
    assert written(html) == (
        '<p>a</p><p class="meta"><a href="../../copy/index.html#sending">Forms need the site itself.</a></p><p>b</p>'
    )


def test_a_search_form_says_that_searching_needs_the_site():
    html = written('<form action="/search/"><select><option>x</select><button>Go</button></form><p>b</p>')
    assert html.endswith('#search">Searching and filtering need the site itself.</a></p><p>b</p>')


def test_each_page_says_that_it_is_a_copy_in_its_language():
    with override("fr"):
        french = written("<main><h1>A</h1></main>")
    english = written("<main><h1>A</h1></main>")
    assert english.startswith('<main><p class="notice calm">You are reading a copy of the site. <a href="../../copy/')
    assert french != english
    assert french.endswith("<h1>A</h1></main>")


def test_a_page_at_any_address_has_links_from_the_root():
    assert written('<a href="/quotes/1/">x</a>', is_anywhere=True) == '<a href="/fr/quotes/1/index.html">x</a>'


def test_a_style_sheet_names_what_it_loads():
    css = 'a { src: url("font.woff2"); b: url(../icon.svg) } c { d: url(data:image/png;base64,xx); e: url(#f) }'
    assert list(links_in_style(css)) == ["font.woff2", "../icon.svg"]


def test_a_page_that_has_moved_leads_on():
    html = moved_page("speakers/old/index.html", "speakers/new/index.html")
    assert 'content="0; url=../new/index.html"' in html
    assert '<a href="../new/index.html">' in html
