"""Which addresses of the site are in its copy, and the names of their files.

`/fr/speakers/?page=2` is `fr/speakers/page-2.html`; the file at `/dialogues/one/papers/3/download/` is
`dialogues/one/papers/3/download/index.pdf`. A page is in the copy if its view declares it public, and a file if it is
named in `FILES`. Nothing else is: no searches, filters, forms or pages that need an account.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from documents import file_responses
from documents.models import Kind
from publishing.addresses import PREFIXES, language_of
from publishing.pages import ListPage, PublicPage, declared_by

# Names of public addresses whose views have no declaration.
FILES = {
    "accessibility",
    "contributions:citation", "contributions:file-download",
    "dialogues:feed", "dialogues:paper-file", "dialogues:paragraph-citation", "dialogues:paragraph-cite",
    "dialogues:photograph-picture", "dialogues:portrait", "dialogues:quote-citation", "dialogues:statement-citation",
    "dialogues:statement-file", "dialogues:summary", "dialogues:summary-citation", "dialogues:summary-file",
    "dialogues:summary-pdf",
}  # fmt: skip
# Public, but useless without the site: `opensearch.xml` tells browsers how to search it.
LEFT_OUT = {"opensearch", "search:search"}
COPY, ABSENT = "/copy/", "/404/"  # pages of the copy itself: what it is, and its 404
PAGE, PART = "page", "p"  # the query parameters of pages of lists, and of parts of the sitemap
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
MAX_NAME = 200  # characters of a part of a path; a name of a file may have 255 bytes
# By media type. Plain text and Markdown have the same, and the name of plain text.
EXTENSIONS = {
    **{file_responses.media_type(kind): str(kind) for kind in Kind if kind != Kind.MARKDOWN},
    "text/html": "html",
    "image/webp": "webp",
    "image/svg+xml": "svg",
    "image/png": "png",
    "application/xml": "xml",
    "application/atom+xml": "xml",
    "application/rss+xml": "xml",
    "text/calendar": "ics",
    "text/csv": "csv",
}
OTHER_EXTENSION = "bin"


@dataclass(frozen=True)
class Address:
    """An address in the copy: the path with the query that selects the page, and without a language (`bare`).

    `is_page` says that it is HTML: the name of any other file is known only from the answer.
    `is_lasting` says that the address always exists, as those of lists do.
    """

    text: str
    bare: str
    is_page: bool = True
    is_lasting: bool = False

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.text.partition("?")[0]

    @property
    def number(self) -> str:
        """The number of the page or part; empty for the first."""
        return self.text.partition("=")[2]

    def file(self, media_type: str = "text/html") -> str:
        """Return the name of its file, as a path below the folder of the copy."""
        path = unquote(self.path).lstrip("/")
        if self.bare == ABSENT:
            return path.rstrip("/") + ".html"
        if path and not path.endswith("/"):
            stem, dot, ending = path.rpartition(".")
            return f"{stem}-{self.number}{dot}{ending}" if self.number else path
        extension = EXTENSIONS.get(media_type.partition(";")[0].strip().lower(), OTHER_EXTENSION)
        return f"{path}page-{self.number}.{extension}" if self.number else f"{path}index.{extension}"


def own_page(bare: str, code: str) -> Address:
    """Return the address of a page of the copy itself in a language."""
    return Address(f"/{PREFIXES[code]}{bare}" if PREFIXES[code] else bare, bare, is_lasting=True)


def start_below(bare: str) -> str:
    """Return what all addresses below this one begin with. Below the home page are only its own further pages."""
    return bare if bare.endswith("/") and bare != "/" else f"{bare}?"


def without_language(path: str) -> str:
    """Return a path without the prefix of its language."""
    prefix = PREFIXES[language_of(path)]
    return path.removeprefix(f"/{prefix}") or "/" if prefix else path


def path_on_site(link: str, page: str) -> str | None:
    """Return the path and query that a link on a page leads to, or None if it leads elsewhere.

    Links that begin with BASE_URL belong to the site too.
    """
    base = f"{settings.BASE_URL}{page}"
    try:
        found, own = urlsplit(urljoin(base, link.strip())), urlsplit(settings.BASE_URL)
    except ValueError:
        return None
    if (found.scheme, found.netloc) != (own.scheme, own.netloc):
        return None
    return f"{found.path or '/'}?{found.query}" if found.query else found.path or "/"


@lru_cache(maxsize=20_000)
def address_of(target: str) -> Address | None:
    """Return the address in the copy of a path with its query, or None if the copy does not have it."""
    path, _, query = target.partition("?")
    if not _is_safe(unquote(path)):
        return None
    if path.startswith(settings.STATIC_URL):
        return Address(path, path, is_page=False, is_lasting=True)
    with override(language_of(path)):
        try:
            match = resolve(unquote(path))
        except Resolver404:
            return None
    declared = declared_by(match.func)
    name = match.view_name
    if name in LEFT_OUT or not (name in FILES or (declared and declared.is_kept)):
        return None
    selected = _selected(parse_qsl(query, keep_blank_values=True), declared, name)
    if selected is None:
        return None
    is_page = name in {"accessibility", "dialogues:summary", "dialogues:paragraph-cite"} or bool(
        declared and declared.head
    )
    is_lasting = isinstance(declared, ListPage) and not selected
    clean = quote(unquote(path), safe="/.-_~:@")
    return Address(clean + selected, without_language(clean) + selected, is_page, is_lasting)


def _selected(query: list[tuple[str, str]], declared: PublicPage | None, name: str) -> str | None:
    """Return the query as the copy has it; None for a query that selects anything but a page of a list."""
    if not query:
        return ""
    if len(query) > 1:
        return None
    [(parameter, value)] = query
    is_part = name == "sitemap-section" and parameter == PART
    is_page = parameter == PAGE and declared is not None and PAGE in declared.query
    if not (is_part or is_page) or not NUMBER.fullmatch(value):
        return None
    return "" if value == "1" else f"?{parameter}={value}"


def _is_safe(path: str) -> bool:
    """Return whether a path can be the name of a file in our folder."""
    parts: list[Any] = path.split("/")
    return (
        path.startswith("/")
        and "\0" not in path
        and "\\" not in path
        and all(part not in {".", ".."} and len(part) <= MAX_NAME for part in parts)
        and all(parts[1:-1])
    )
