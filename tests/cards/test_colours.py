"""Pages, cards and charts share one palette, and the mark of the site is the same everywhere."""

import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from PIL import Image

from cards import drawing
from cards.card import Card

ROOT = Path(settings.BASE_DIR)
NAMES = ["PAPER", "INK", "INK_SOFT", "LINE", "ACCENT", "VOICE", "BAND", "ON_BAND", "VOICE_ON_BAND"]


def token(name):
    """Return the colour of a token of the pages in light mode, with six digits."""
    styles = (ROOT / "static/portal.css").read_text("utf8")
    colour = re.search(rf"--{name.lower().replace('_', '-')}: (?:light-dark\()?(#\w+)", styles)[1]
    return "#" + "".join(digit * 2 for digit in colour[1:]) if len(colour) == 4 else colour


@pytest.mark.parametrize("name", NAMES)
def test_cards_have_the_colours_of_the_pages(name):
    assert getattr(drawing, name) == token(name)


def test_the_icon_the_masthead_and_the_link_in_the_head_show_one_mark():
    icon, mark, base = ((ROOT / path).read_text("utf8") for path in
                        ("static/icon.svg", "templates/_mark.html", "templates/base.html"))  # fmt: skip
    linked = unquote(re.search(r'href="data:image/svg\+xml,([^"]+)"', base)[1])
    assert linked.replace("'", '"') == icon.strip()
    assert re.findall(r' d="([^"]+)"', mark) == re.findall(r' d="([^"]+)"', icon)
    assert {token("band"), token("voice_on_band")} < set(re.findall(r'fill="(#\w+)"', icon))


def test_a_card_shows_the_mark_in_the_colours_of_the_masthead():
    picture = Image.open(io.BytesIO(drawing.draw(Card("site", "en", "A title", site="The site")))).convert("RGB")
    corner = picture.crop((700, 530, 1200, 630))
    found = {colour for _count, colour in corner.getcolors(10_000)}
    wanted = [bytes.fromhex(getattr(drawing, name)[1:]) for name in ("BAND", "VOICE_ON_BAND")]
    for colour in wanted:
        assert any(max(abs(a - b) for a, b in zip(colour, one, strict=True)) < 12 for one in found)
