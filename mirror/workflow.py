"""Keeps the copy current: removes what is no longer public first, then copies pages, the oldest first.

The work may be interrupted at any line and is then repeated. Between two pages it checks whether the site has changed,
so that a take-down waits for one page at most.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from backups.takedowns import NotedMove
from dialogues.models import Dialogue, Series, Summary
from portal.crawlers import address_of as address_of_section
from portal.sitemaps import declared_pages, named_views, sitemaps
from publishing.addresses import PREFIXES, path_in
from publishing.models import FormerAddress, PublicChange, Transition
from publishing.page_sources import next_moments

from .addresses import ABSENT, COPY, Address, address_of, own_page
from .copying import Copier
from .folder import Folder
from .takedown import MOVES_SEEN, STATE, apply_moves, take_out

LOOK_EVERY = 0.5  # seconds between two checks of the state of the site
RELEASE, COMPLETE_STATE = "release", "complete state"
CODE = {".py", ".html", ".mo", ".css", ".js", ".svg", ".md"}
SHOWN_SETTINGS = (
    "SITE_NAME", "BASE_URL", "CONTACT_EMAIL", "LICENCE", "LICENCE_URL", "SUMMARY_PDFS", "DEBUG",
    "UNPROVED_ACCOUNT_HOURS", "IDLE_ACCOUNT_DAYS", "MESSAGE_DAYS", "QUICK_EXIT_URL",
)  # fmt: skip

Records = dict[tuple[str, int], set[str]]  # {(kind, key): addresses in no language}


class Renewal:
    """The work on one copy, by one process at a time."""

    def __init__(self, folder: Folder) -> None:
        self.folder, self.index = folder, folder.index
        self.written = self.removed = 0

    def run(self, seconds: float = float("inf")) -> bool:
        """Copy pages for this many seconds, and return whether the copy is complete and current."""
        end = time.monotonic() + seconds
        self.folder.verify()
        with self.index.writing():
            self.index.forget_failures()
        state, copier = self.catch_up()
        looked = time.monotonic()
        is_complete = False
        while not is_complete and time.monotonic() < end:
            if time.monotonic() - looked > LOOK_EVERY:
                if site_state() != state:
                    self.written += copier.written
                    state, copier = self.catch_up()
                looked = time.monotonic()
            if row := self.index.next_due(state):
                copier.copy(row)
            else:
                is_complete = self.complete(state)
        self.written += copier.written
        self.folder.write_sums()
        return is_complete

    def catch_up(self) -> tuple[str, Copier]:
        """Remove what is no longer public; return the state that was read before, and a copier for it."""
        state = site_state()
        self.removed += apply_moves(self.folder, self.moves())
        if self.index.note(STATE) != state:
            records = public_records()
            public = set().union(*records.values())
            known = set().union(*self.index.records().values())
            if gone := known - public:
                self.removed += take_out(self.folder, sorted(gone))
            self.lift_bars()
            with self.index.writing():
                if self.index.note(RELEASE) != release():
                    self.index.forget_tags()
                    self.index.set_note(RELEASE, release())
                self.index.set_records(records)
                self.index.add_all(seeds(records))
                self.index.set_note(STATE, state)
        return state, Copier(self.folder, state)

    def moves(self) -> Iterator[NotedMove]:
        """Yield the moves that were not seen yet; after a restore of an earlier database, all of them."""
        seen = int(self.index.note(MOVES_SEEN, "0"))
        entries = Transition.objects.select_related("content_type").order_by("number")
        if seen and not entries.filter(number=seen).exists():
            with self.index.writing():
                self.index.set_note(MOVES_SEEN, "0")
            seen = 0
        yield from map(NotedMove.of, entries.filter(number__gt=seen).iterator(chunk_size=1000))

    def lift_bars(self) -> None:
        """Let the portal decide again about pages that were removed by hand, once it does not show them either."""
        copier = Copier(self.folder, "")
        for bare in self.index.barred():
            with copier.visitor.ask(bare) as answer:
                is_gone = answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
            if is_gone:
                with self.index.writing():
                    self.index.allow(bare)
                    self.index.forget_tags()

    def complete(self, state: str) -> bool:
        """Return whether nothing is missing; if so, note it."""
        with self.index.writing():
            self.index.add_all(former_addresses(self.folder))
            if lost := self.index.with_lost_links():
                self.index.set_due(lost)
        if self.index.count_due(state):
            return False
        with self.index.writing():
            self.index.delete_unlinked()
            self.index.set_note(COMPLETE_STATE, state)
        self.removed += self.folder.remove_unlisted()
        return True


def site_state() -> str:
    """Return a text that changes whenever a public page may have changed: by a change, by time or by a release."""
    last, count = PublicChange.objects.state()
    moment = min(filter(None, next_moments(timezone.now())), default=None)
    return f"{last}/{count}/{moment.isoformat() if moment else ''}/{release()}"


@cache
def release() -> str:
    """Return a digest of the code, the templates and the settings that pages are made with."""
    digest = hashlib.sha256()
    for folder, names, files in os.walk(settings.BASE_DIR):
        names[:] = sorted(name for name in names if not name.startswith((".", "__")) and name not in {"var", "tests"})
        for path in sorted(Path(folder, file) for file in files if Path(file).suffix in CODE):
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    for name in SHOWN_SETTINGS:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    return digest.hexdigest()[:12]


def public_records() -> Records:
    """Return the addresses of all public records that have pages, through the gate."""
    found: Records = {}
    with override(settings.LANGUAGE_CODE):
        for page in declared_pages().values():
            for record in page.records.public() if page.records else ():
                found.setdefault((record._meta.label_lower, record.pk), set()).add(record.get_absolute_url())
    return found


def seeds(records: Records) -> Iterator[Address]:
    """Yield the addresses from which copying starts; links lead to all others."""
    for code in PREFIXES:
        yield own_page(COPY, code)
        yield own_page(ABSENT, code)
    with override(settings.LANGUAGE_CODE):
        paths = [*single_addresses(), *unlinked_addresses(), *sorted(set().union(*records.values()))]
        sections = [
            address_of_section(name, page) for name, one in sitemaps().items() for page in one.paginator.page_range
        ]
    for path in paths:
        for code in PREFIXES:
            if found := address_of(path_in(path, code)):
                yield found
    for path in sections:
        if found := address_of(path):
            yield found


def single_addresses() -> Iterator[str]:
    """Yield the addresses of views that have one each, such as lists."""
    for name, _view in named_views(get_resolver().url_patterns):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def unlinked_addresses() -> Iterator[str]:
    """Yield the addresses of public pages to which none links that is copied.

    The list of one series links to its years, but filtered lists are not copied. No page links to the address of the
    newest summary, which people write down.
    """
    for series in Series.objects.published():
        yield reverse("dialogues:series-years", args=[series.slug])
    for dialogue in Dialogue.objects.filter(pk__in=Summary.objects.published().values("dialogue")):
        yield reverse("dialogues:summary", args=[dialogue.slug])


def former_addresses(folder: Folder) -> Iterator[Address]:
    """Yield the addresses that pages of the copy had before their record got another one."""
    declared = [page.records.public for page in declared_pages().values() if page.records]
    public: dict[str, Any] = {records().model._meta.label_lower: records for records in declared}
    for former in FormerAddress.objects.all():
        record = public[former.label]().filter(pk=former.object_id).first() if former.label in public else None
        if record is None or record.slug == former.slug:
            continue
        with override(settings.LANGUAGE_CODE):
            now = record.get_absolute_url()
            record.slug = former.slug
            then = record.get_absolute_url()
        for row in folder.index.below(now):
            prefix = row.address.removesuffix(row.bare)
            if found := address_of(prefix + row.bare.replace(now, then, 1)):
                yield found
