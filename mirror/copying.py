"""Copies pages one by one: asks the portal for each, rewrites it, and replaces its former file."""

import re
from collections.abc import Iterable
from html import unescape
from http import HTTPStatus

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from publishing.addresses import PREFIXES, language_of

from .addresses import ABSENT, COPY, Address, address_of, own_page, path_on_site, start_below
from .asking import Answer, Visitor
from .folder import Folder
from .index import Row
from .rewriting import PageWriter, links_in_style, moved_page

NAMING = {"text/plain", "text/csv", "text/calendar", "application/xml", "application/atom+xml", "application/rss+xml"}
NOT_IN_ADDRESSES = r"""[^\s"'<>,;)\]\\]*"""


class Copier:
    """Copies pages into a folder, in one state of the site."""

    def __init__(self, folder: Folder, state: str) -> None:
        self.folder, self.index, self.state = folder, folder.index, state
        self.visitor = Visitor()
        self.barred = self.index.barred()
        self.written = 0

    def copy(self, row: Row) -> None:
        """Bring one page up to date, or remove it if the site no longer has it. Raises PortalAwayError and OSError."""
        address = _address_at(row)
        if address is None or self.is_barred(row.bare):
            self._remove(row)
        elif row.bare == COPY:
            with override(language_of(address.path)):
                html = render_to_string("mirror/copy.html", request=self.visitor.request(address.text, ""))
            self._write_page(row, address, html)
        else:
            # A page that must be copied again although its content is the same has no tag.
            etag = row.etag if self.folder.has(row.file) else ""
            with self.visitor.ask(address.text, etag) as answer:
                self._take(row, address, answer)

    def is_barred(self, bare: str) -> bool:
        """Return whether an operator keeps an address out of the copy."""
        return any(is_below(bare, one) for one in self.barred)

    def _take(self, row: Row, address: Address, answer: Answer) -> None:
        expected = HTTPStatus.NOT_FOUND if row.bare == ABSENT else HTTPStatus.OK
        if answer.status == HTTPStatus.NOT_MODIFIED:
            self._see(row)
        elif answer.status == expected and answer.media_type == "text/html":
            self._write_page(row, address, answer.content.decode("utf8"), etag=answer.headers.get("etag", ""))
        elif answer.status == HTTPStatus.OK:
            self._write_file(row, address, answer)
        elif answer.is_moved:
            self._write_moved(row, address, answer.headers["location"])
        elif answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._see(row, failed=True)
        else:
            self._remove(row)

    def _write_page(self, row: Row, address: Address, html: str, etag: str = "") -> None:
        links: set[int] = set()
        file, code = address.file(), language_of(address.path)
        copy = own_page(COPY, code).file()
        writer = PageWriter(
            address.path, file, copy, lambda link: self._resolve(link, links), is_anywhere=row.bare == ABSENT
        )
        with override(code):
            content = writer.write(html)
        self._write(row, file, [content.encode()], links, etag)

    def _write_file(self, row: Row, address: Address, answer: Answer) -> None:
        links: set[int] = set()
        parts: Iterable[bytes] = answer.parts
        if answer.media_type == "text/css":
            parts = [answer.content]
            for link in links_in_style(b"".join(parts).decode("utf8")):
                if target := path_on_site(link, address.path):
                    self._resolve(target, links)
        elif answer.media_type in NAMING:
            parts = [answer.content]
            links = self._named_in(b"".join(parts).decode("utf8", "replace"))
        self._write(row, address.file(answer.media_type), parts, links, answer.headers.get("etag", ""))

    def _write_moved(self, row: Row, address: Address, location: str) -> None:
        links: set[int] = set()
        target = path_on_site(location, address.path)
        file = self._resolve(target, links) if target else None
        if file is None:
            self._remove(row)
            return
        with override(language_of(address.path)):
            self._write(row, address.file(), [moved_page(address.file(), file).encode()], links)

    def _resolve(self, link: str, links: set[int]) -> str | None:
        """Return the file that a link leads to, and note the link; None if the copy does not have it."""
        target = address_of(link)
        if target is None or self.is_barred(target.bare):
            return None
        row = self.index.at(target.text)
        if row is None:
            with self.index.writing():
                self.index.add(target)
            row = self.index.at(target.text)
        if row is None or (row.turn and row.state == self.state and not row.file):
            return None
        if not target.is_lasting:
            links.add(row.id)
        if target.is_page or target.path.startswith(settings.STATIC_URL):
            return target.file()
        if row.state != self.state:  # the type of the file may have changed
            self.copy(row)
            row = self.index.at(target.text)
        return row.file if row and row.file else None

    def _named_in(self, text: str) -> set[int]:
        """Return the pages whose addresses a feed, list or calendar contains: it is removed when they are."""
        found = set()
        for link in re.findall(re.escape(settings.BASE_URL) + NOT_IN_ADDRESSES, unescape(text)):
            target = path_on_site(link, "/")
            if target and (address := address_of(target.partition("#")[0])) and (row := self.index.at(address.text)):
                found.add(row.id)
        return found

    def _write(self, row: Row, file: str, parts: Iterable[bytes], links: set[int], etag: str = "") -> None:
        """Write a page: its row first, so that no fault leaves a file without a row."""
        with self.folder.unfinished(parts) as (path, digest):
            if digest == row.digest and file == row.file and self.folder.has(file):
                with self.index.writing():
                    self.index.set_links(row.id, links)
                    self.index.set_content(row.id, digest, etag)
                    self.index.set_seen(row.id, self.state)
                return
            if row.file and row.file != file:
                self.folder.remove([row])
            with self.index.writing():
                self.index.set_file(row.id, file, links)
            with self.index.writing():
                self.barred = self.index.barred()
                if self.is_barred(row.bare) or self.index.at(row.address) is None:
                    self.index.set_links(row.id, ())  # it has just been taken out of the copy
                    return
                self.folder.put(path, file)
                self.index.set_content(row.id, digest, etag)
                self.index.set_seen(row.id, self.state)
        self.written += 1

    def _see(self, row: Row, *, failed: bool = False) -> None:
        with self.index.writing():
            self.index.set_seen(row.id, self.state, failed=failed)

    def _remove(self, row: Row) -> None:
        self.folder.remove([row])
        with self.index.writing():
            self.index.set_without_file(row.id)
            self.index.set_seen(row.id, self.state)


def is_below(bare: str, other: str) -> bool:
    """Return whether an address is another one, or below it."""
    return bare == other or bare.startswith(start_below(other))


def _address_at(row: Row) -> Address | None:
    if row.bare in {COPY, ABSENT}:
        code = language_of(row.address)
        return own_page(row.bare, code) if code in PREFIXES else None
    return address_of(row.address)
