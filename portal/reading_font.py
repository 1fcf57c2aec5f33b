"""The font of long texts: a part of Gentium Book Plus, made from its package and kept with the data.

It has the letters of Latin and Cyrillic. Arabic and Chinese are in the reader's own fonts.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import rendercv_fonts
from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

NAME = "fonts/reading.woff2"  # as a static file
FOLDER = "made-static"  # below DATA_DIR
SOURCE = rendercv_fonts.path_of["Gentium Book Plus"] / "GentiumBookPlus-Regular.ttf"
# The licence reserves the name of the font for the unchanged font.
OWN_NAME = "Dialogue Reading"
NAMES_WITH_CREDIT = (0, 13, 14)  # copyright, licence and its address, as the licence demands
LETTERS = (
    (0x20, 0x7E), (0xA0, 0x17F),  # Latin
    (0x400, 0x45F), (0x490, 0x491),  # Cyrillic
    (0x2010, 0x2026), (0x202F, 0x202F), (0x2030, 0x203A), (0x2212, 0x2212),  # dashes, quotes, spaces
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122),
)  # fmt: skip


def font_path() -> Path:
    """Return where the font is kept."""
    return Path(settings.DATA_DIR) / FOLDER / NAME


def make_font() -> Path:
    """Make the font again, in place of any earlier one, and return its path."""
    font = TTFont(SOURCE, recalcTimestamp=False)  # alike on each machine, as its digest is part of addresses
    options = Options(
        hinting=False, layout_features=["kern", "liga", "ccmp", "mark", "locl"], name_IDs=["*"], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    subsetter.subset(font)
    _rename(font)
    font.flavor = "woff2"
    path = font_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        font.save(file)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)  # in one step, while others may read it
    return path


def _rename(font: TTFont) -> None:
    """Give the font a name of its own."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in NAMES_WITH_CREDIT:
            names.removeNames(nameID=record.nameID)
    for name_id, text in ((1, OWN_NAME), (2, "Regular"), (4, OWN_NAME), (6, OWN_NAME.replace(" ", "-"))):
        names.setName(text, name_id, 3, 1, 0x409)


class MadeFilesFinder(BaseStorageFinder):
    """Finds the font among the static files, and makes it when it is asked for the first time."""

    storage = FileSystemStorage(location=settings.DATA_DIR / FOLDER)

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Return the path of a made file, or an empty list."""
        if path == NAME and not font_path().exists():
            make_font()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield the name and the storage of the font."""
        if not font_path().exists():
            make_font()
        yield NAME, self.storage
