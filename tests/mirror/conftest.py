from copy import deepcopy

import pytest
from django.urls import resolve
from django.utils.translation import override

from mirror.addresses import address_of
from mirror.folder import Folder
from mirror.workflow import Renewal
from publishing.addresses import language_of
from tests.once import index_made_once, made_once
from tests.public_world import make_world
from tests.sample import copy_index


class Copy:
    """A copy of the site in a folder of its own."""

    def __init__(self, root):
        self.root = root

    def opened(self):
        """Open its folder."""
        return Folder.opened(self.root)

    def pages(self, *paths):
        """Copy these pages and what they load, without following their links; return how many files were written."""
        with self.opened() as folder:
            _state, copier = Renewal(folder).catch_up()
            for path in paths:
                with folder.index.writing():
                    folder.index.add(address_of(path))
                copier.copy(folder.index.at(path))
            return copier.written

    def catch_up(self):
        """Remove what is no longer public, as the first step of a renewal does."""
        with self.opened() as folder:
            Renewal(folder).catch_up()

    def renew(self, seconds=float("inf")):
        """Bring the copy up to date; return the renewal, and whether the copy is complete."""
        with self.opened() as folder:
            renewal = Renewal(folder)
            return renewal, renewal.run(seconds)

    def files(self):
        """{name: content} of all files that a web server would send."""
        site = self.root / "site"
        return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file()}

    def views(self):
        """Return the names of the views whose answers it has, without those of its own pages."""
        with self.opened() as folder:
            paths = {row.address.partition("?")[0] for row in folder.index.with_files()}
        names = set()
        for path in paths:
            if not path.startswith("/static/") and not path.endswith(("/copy/", "/404/")):
                with override(language_of(path)):
                    names.add(resolve(path).view_name)
        return names

    def text(self, file):
        """Return the text of a file."""
        return (self.root / "site" / file).read_text("utf8")

    def has(self, file):
        """Return whether there is a file of that name."""
        return (self.root / "site" / file).is_file()

    def with_word(self, word):
        """Return the names of the files that contain a word in their content or their name."""
        return {name for name, content in self.files().items() if word.encode() in content or word in name}


@pytest.fixture
def copy(tmp_path, settings):
    """An empty copy. The visitor finds static files where the sources are."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.BASE_URL = "http://localhost:8000"
    return Copy(tmp_path / "copy")


@pytest.fixture(scope="module")
def made_for_all(django_db_setup, django_db_blocker):
    """One public record of each kind."""
    yield from made_once(django_db_blocker, make_world)


@pytest.fixture(scope="module")
def index_of_all(made_for_all, django_db_blocker, tmp_path_factory):
    """The folder of the index of these records, which each test copies."""
    return index_made_once(django_db_blocker, tmp_path_factory.mktemp("world") / "index")


@pytest.fixture
def world(made_for_all, index_of_all, db):
    """The records, as they are stored and indexed."""
    copy_index(index_of_all)
    return deepcopy(made_for_all)
