"""The font of long texts, as it is made and served."""

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont

from portal import reading_font


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / reading_font.FOLDER


def test_the_command_makes_a_small_font_under_a_name_of_its_own(folder, capsys):
    call_command("make_font")
    path = folder / reading_font.NAME
    assert path.stat().st_size < 40 * 1024
    assert str(path) in capsys.readouterr().out
    with TTFont(path) as font:
        assert font.flavor == "woff2"
        names = {record.nameID: str(record) for record in font["name"].names}
        letters = font.getBestCmap()
    assert not [text for number, text in names.items() if number not in (0, 13, 14) and "Gentium" in text]
    assert names[1] == "Dialogue Reading"
    assert "Open Font License" in names[13]
    assert all(ord(letter) in letters for letter in "aéßœŁñ«»“”’–—…№ЖяёÑ¿")
    assert ord("ا") not in letters


def test_each_machine_makes_the_same_font(folder, monkeypatch):
    first = reading_font.make_font().read_bytes()
    monkeypatch.setattr("fontTools.misc.timeTools.time.time", lambda: 2_000_000_000)
    assert reading_font.make_font().read_bytes() == first


def test_only_a_missing_font_is_made_when_it_is_looked_for(folder, monkeypatch):
    made = []
    monkeypatch.setattr(reading_font, "make_font", lambda: made.append(True))
    assert reading_font.MadeFilesFinder().find("portal.css") in ([], None)
    assert made == []
    reading_font.MadeFilesFinder().find(reading_font.NAME)
    list(reading_font.MadeFilesFinder().list(None))
    assert made == [True, True]
    path = folder / reading_font.NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"font")
    reading_font.MadeFilesFinder().find(reading_font.NAME)
    assert made == [True, True]


def test_the_font_is_among_the_static_files():
    assert finders.find(reading_font.NAME)
    assert [name for name, _storage in reading_font.MadeFilesFinder().list(None)] == [reading_font.NAME]
