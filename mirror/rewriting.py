"""Turns a page of the site into a page of its copy: links lead to files, and a sentence replaces what needs the site.

Everything else stays as it was sent, character by character. Links are relative, so a copy can be read from any folder.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

from django.utils.translation import gettext as _

from .addresses import path_on_site

Attributes = list[tuple[str, str | None]]

LINKS = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src",), "source": ("src",), "audio": ("src",),
    "video": ("src", "poster"), "track": ("src",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
    "object": ("data",), "iframe": ("src",), "embed": ("src",),
}  # fmt: skip
# Elements that do nothing without scripts, or that send something.
LEFT_OUT = {"script", "noscript", "template", "button", "select", "textarea", "datalist", "dialog"}
VOID_LEFT_OUT = {"input"}
STYLE_URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")

Resolve = Callable[[str], str | None]  # from a path with its query to the name of a file in the copy, or None


class PageWriter(HTMLParser):
    """Writes the page at `page` as the file `file`. `resolve` names the file of each link; other links lead to `copy`.

    With `is_anywhere` the page is served at any address, so its links begin at the root of the site.
    """

    def __init__(self, page: str, file: str, copy: str, resolve: Resolve, *, is_anywhere: bool = False) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.file, self.copy, self.resolve, self.is_anywhere = page, file, copy, resolve, is_anywhere
        self.written: list[str] = []
        self.skipped: list[str] = []  # open elements inside one that is left out, itself included

    def write(self, html: str) -> str:
        """Return the page of the copy."""
        self.feed(html)
        self.close()
        return "".join(self.written)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._start(tag, attrs, is_open=True)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._start(tag, attrs, is_open=False)

    def handle_endtag(self, tag: str) -> None:
        if not self.skipped:
            self.written.append(f"</{tag}>")
        elif tag == self.skipped[-1]:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._keep(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self.skipped:
            self.written.append(text)

    def _start(self, tag: str, attrs: Attributes, *, is_open: bool) -> None:
        known = dict(attrs)
        if self.skipped:
            if is_open and tag == self.skipped[-1]:
                self.skipped.append(tag)
            return
        if tag in VOID_LEFT_OUT or (tag == "link" and known.get("rel") in {"search", "preload", "modulepreload"}):
            return
        if tag in LEFT_OUT or tag == "form":
            if tag == "form":
                self.written.append(self._instead_of(known))
            if is_open:
                self.skipped.append(tag)
            return
        self.written.append(self._tag(tag, attrs))
        if tag == "main":
            self.written.append(self._note())

    def _tag(self, tag: str, attrs: Attributes) -> str:
        source = self.get_starttag_text() or ""
        known = dict(attrs)
        leads_to_site = tag == "link" and (known.get("rel") == "canonical" or "hreflang" in known)
        names = () if leads_to_site else LINKS.get(tag, ())
        changed = [
            (name, self._srcset(value) if name == "srcset" else self._link(value, is_page=tag in {"a", "area"}))
            if value and (name in names or name == "srcset")
            else (name, value)
            for name, value in attrs
        ]
        if changed == attrs:
            return source
        # The parser gives names in lower case, which in SVG is right for a browser too.
        parts = [name if value is None else f'{name}="{escape(value)}"' for name, value in changed]
        return f"<{' '.join([tag, *parts])}{' /' if source.endswith('/>') else ''}>"

    def _link(self, link: str, *, is_page: bool = True) -> str:
        if link.startswith("#"):
            return link
        target = path_on_site(link, self.page)
        if target is None:
            return link
        fragment = link.partition("#")[2]
        if found := self.resolve(target):
            return self._to(found) + (f"#{fragment}" if fragment else "")
        return self._to(self.copy) + f"#{_part_of_copy(target)}" if is_page else "data:,"

    def _srcset(self, value: str) -> str:
        pairs = (each.strip().partition(" ") for each in value.split(","))
        return ", ".join(f"{self._link(link, is_page=False)} {width}".strip() for link, _space, width in pairs)

    def _to(self, file: str) -> str:
        if self.is_anywhere:
            return quote(f"/{file}")
        return relative(file, self.file)

    def _instead_of(self, form: dict[str, str | None]) -> str:
        is_search = (form.get("method") or "get").lower() == "get"
        sentence = _("Searching and filtering need the site itself.") if is_search else _("Forms need the site itself.")
        place = "search" if is_search else "sending"
        return f'<p class="meta"><a href="{escape(self._to(self.copy))}#{place}">{escape(sentence)}</a></p>'

    def _note(self) -> str:
        if self.file == self.copy:
            return ""
        sentence, about = _("You are reading a copy of the site."), _("About this copy")
        link = f'<a href="{escape(self._to(self.copy))}">{escape(about)}</a>'
        return f'<p class="notice calm">{escape(sentence)} {link}</p>'


def _part_of_copy(target: str) -> str:
    """Return the part of the page about the copy that says why an address is not in it."""
    return "search" if "/search/" in target or "?" in target else "sending"


def links_in_style(css: str) -> Iterator[str]:
    """Yield what a style sheet loads."""
    for _quote, link in STYLE_URL.findall(css):
        if not link.startswith(("data:", "#")):
            yield link


def relative(file: str, page: str) -> str:
    """Return the link from the file of a page to another file of the copy."""
    return quote(posixpath.relpath(file, posixpath.dirname(page) or "."))


def moved_page(file: str, target: str) -> str:
    """Return a page that leads on to another file of the copy."""
    link = escape(relative(target, file))
    title = escape(_("This page has moved"))
    return (
        f'<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n<p><a href="{link}">{title}</a></p>\n'
    )
