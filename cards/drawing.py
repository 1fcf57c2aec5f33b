"""Draw a card as a PNG of 1200 by 630 pixels, the size that social networks show; mirrored for Arabic."""

import io

from django.core.files.storage import storages
from PIL import Image, ImageDraw, ImageOps

from . import fonts
from .bidi import Style, draw_text, text_width
from .card import Card
from .typesetting import Block, fit_text, set_lines, style_for

SIZE = WIDTH, HEIGHT = 1200, 630  # pixels, as all lengths here
MAX_BYTES = 60 * 1024
PALETTE_SIZES = (128, 64, 32, 16)  # the first at which the file is small enough is used
# The colours of the pages in light mode, by the names of their tokens in static/portal.css.
PAPER, INK, INK_SOFT, LINE = "#ffffff", "#14232a", "#475a61", "#d2dcdd"
ACCENT, VOICE, BAND, ON_BAND, VOICE_ON_BAND = "#0b5666", "#80285a", "#0a3b47", "#ffffff", "#e9a9ce"
MARGIN = 72
COLUMN = 184  # where text begins beside the quotation mark or the portrait
COLUMN_WIDTH = WIDTH - COLUMN - MARGIN
PORTRAIT_SIZE = 92
QUOTE_HEIGHT, RULE = 364, 446  # the room for a quote, and the place of the rule below it
QUOTE_SIZES = (76, 68, 60, 54, 48, 44, 40, 37, 34)
TITLE_SIZES = (72, 64, 58, 52, 46, 42)
OPENING_MARKS = {"fr": "«", "ru": "«", "ar": "«"}
DEFAULT_OPENING_MARK = "“"
MARK_SIZE = 38
# The mark of the site, as in static/icon.svg: two half rings on a square of 32. Each has a colour, a centre and the
# angle at which it starts.
HALF_RINGS = [(ON_BAND, (14, 14), 90), (VOICE_ON_BAND, (18, 18), 270)]
OUTER_RADIUS, INNER_RADIUS, CORNER_RADIUS = 10, 4.5, 6


class Canvas:
    """The picture that a card is drawn on. Horizontal places count from the start of a line: in Arabic, the right."""

    def __init__(self, language: str) -> None:
        self.image = Image.new("RGB", SIZE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.language = language
        self.is_mirrored = language == "ar"

    def box(self, start: int, top: int, width: int, height: int) -> tuple[int, int, int, int]:
        """Return the left, top, right and bottom edges of a box."""
        left = WIDTH - start - width if self.is_mirrored else start
        return left, top, left + width, top + height

    def style(self, weight: str, size: int) -> Style:
        """Return a style for text in the language of the card."""
        return style_for(weight, size, self.language)

    def line_height(self, size: int) -> int:
        """Return the distance between two lines of small text."""
        return set_lines("", COLUMN_WIDTH, 1, self.style("sans", size)).leading

    def draw_line(self, text: str, start: int, baseline: int, style: Style, fill: str) -> None:
        """Draw one line of text."""
        left = WIDTH - start - text_width(text, style) if self.is_mirrored else start
        draw_text(self.draw, left, baseline, text, style, fill)

    def draw_block(self, block: Block, start: int, top: int, fill: str) -> int:
        """Draw a block of lines below `top`, and return where it ends."""
        for number, text in enumerate(block.lines):
            self.draw_line(text, start, top + round(block.leading * (number + 0.77)), block.style, fill)
        return top + block.height

    def paste_disc(self, picture: Image.Image, start: int, top: int) -> None:
        """Paste a square picture as a disc."""
        large = PORTRAIT_SIZE * 4  # reduced afterwards, so that the edge is smooth
        disc = Image.new("L", (large, large), 0)
        ImageDraw.Draw(disc).ellipse((0, 0, large - 1, large - 1), fill=255)
        mask = disc.resize((PORTRAIT_SIZE, PORTRAIT_SIZE), Image.Resampling.LANCZOS)
        self.image.paste(picture, self.box(start, top, PORTRAIT_SIZE, PORTRAIT_SIZE)[:2], mask)


def draw(card: Card) -> bytes:
    """Return the PNG of a card, of at most MAX_BYTES."""
    canvas = Canvas(card.language)
    if card.is_quote:
        _draw_quote(canvas, card)
    else:
        _draw_title(canvas, card)
    return _encode_png(canvas.image)


def _encode_png(image: Image.Image) -> bytes:
    """Return a PNG with as many colours as MAX_BYTES allow, without dithering, which makes files larger."""
    for colours in PALETTE_SIZES:
        file = io.BytesIO()
        palette = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(file, "PNG", optimize=True)
        if file.tell() <= MAX_BYTES:
            break
    return file.getvalue()


def _draw_quote(canvas: Canvas, card: Card) -> None:
    """Draw the quote beside a large quotation mark, and the speaker below a rule."""
    block = fit_text(card.text, (COLUMN_WIDTH, QUOTE_HEIGHT), QUOTE_SIZES, "serif", card.language)
    if block.lines:
        top = MARGIN - 12 + (QUOTE_HEIGHT - block.height) // 2
        _draw_opening_mark(canvas, top + block.leading // 5)
        canvas.draw_block(block, COLUMN, top, INK)
    canvas.draw.rectangle(canvas.box(COLUMN, RULE, COLUMN_WIDTH, 1), fill=LINE)
    if card.portrait and (picture := load_portrait(card.portrait)):
        canvas.paste_disc(picture, MARGIN, RULE + 24)
    _draw_speaker(canvas, card)


def _draw_speaker(canvas: Canvas, card: Card) -> None:
    """Draw the name, the role that day and the dialogue, with the name of the site beside the first line."""
    baseline = RULE + 10 + round(0.77 * canvas.line_height(32))
    name_width = COLUMN_WIDTH - _draw_site(canvas, card.site, baseline)
    rows = [
        (card.person, "sans-bold", (32, 27), name_width, 1, INK),
        (card.role, "sans", (25, 21), COLUMN_WIDTH, 2, INK_SOFT),
        (" ".join(card.facts), "sans", (25,), COLUMN_WIDTH, 1, ACCENT),
    ]
    top = RULE + 10
    for text, weight, sizes, width, count, fill in rows:
        blocks = [set_lines(text, width, count, canvas.style(weight, size)) for size in sizes]
        on_one_line = (block for block in blocks if block.lines == (text,))
        top = canvas.draw_block(next(on_one_line, blocks[-1]), COLUMN, top, fill)


def _draw_title(canvas: Canvas, card: Card) -> None:
    """Draw an eyebrow, a title and facts beside a coloured edge."""
    width = WIDTH - 2 * MARGIN
    canvas.draw.rectangle(canvas.box(0, 0, 16, HEIGHT), fill=ACCENT)
    canvas.draw_block(set_lines(card.eyebrow, width, 1, canvas.style("sans-bold", 28)), MARGIN, 68, VOICE)
    block = fit_text(card.text, (width, 270), TITLE_SIZES, "serif-bold", card.language)
    top = canvas.draw_block(block, MARGIN, 122, INK) + 24
    for fact in filter(None, card.facts):
        top = canvas.draw_block(set_lines(fact, width, 1, canvas.style("sans", 29)), MARGIN, top, INK_SOFT) + 4
    canvas.draw.rectangle(canvas.box(MARGIN, 524, width, 1), fill=LINE)
    _draw_site(canvas, card.site, 588)


def _draw_site(canvas: Canvas, name: str, baseline: int) -> int:
    """Draw the mark and the name of the site at the end of a line, and return their width with the space before."""
    block = set_lines(name, COLUMN_WIDTH // 2, 1, canvas.style("sans-bold", 22))
    width = MARK_SIZE + round(max((10 + text_width(text, block.style) for text in block.lines), default=0))
    start = WIDTH - MARGIN - width
    left, top, *_ = canvas.box(start, baseline - 27, MARK_SIZE, MARK_SIZE)
    _draw_mark(canvas.image, left, top)
    for text in block.lines:
        canvas.draw_line(text, start + MARK_SIZE + 10, baseline, block.style, INK_SOFT)
    return width + 40


def _draw_mark(image: Image.Image, left: int, top: int) -> None:
    """Draw the mark of the site at eight times its size and reduce it, because Pillow draws rough edges."""
    scale = MARK_SIZE * 8 / 32
    large = Image.new("RGB", (MARK_SIZE * 8, MARK_SIZE * 8), PAPER)
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, large.width - 1, large.height - 1), CORNER_RADIUS * scale, fill=BAND)
    for colour, (x, y), start in HALF_RINGS:
        for radius, fill in ((OUTER_RADIUS, colour), (INNER_RADIUS, BAND)):
            box = [scale * edge for edge in (x - radius, y - radius, x + radius, y + radius)]
            draw.pieslice(box, start, start + 180, fill=fill)
    image.paste(large.resize((MARK_SIZE, MARK_SIZE), Image.Resampling.LANCZOS), (left, top))


def _draw_opening_mark(canvas: Canvas, top_edge: int) -> None:
    """Draw the opening quotation mark of the language in the margin."""
    mark = OPENING_MARKS.get(canvas.language, DEFAULT_OPENING_MARK)
    style = Style("serif-bold", 190 if mark == DEFAULT_OPENING_MARK else 150, "en")
    if not fonts.can_render(mark, style.weight, style.language):
        return
    font = fonts.load_font(style.weight, "latin", style.size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(mark, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(mask).text((-left, -top), mark, fill=255, font=font, anchor="ls")
    mask = ImageOps.mirror(mask) if canvas.is_mirrored else mask
    place = canvas.box(MARGIN, top_edge, right - left, 0)[:2]
    canvas.image.paste(Image.new("RGB", mask.size, VOICE), place, mask)


def load_portrait(name: str) -> Image.Image | None:
    """Return a square portrait from the storage for documents, or None if the file cannot be read."""
    size = (PORTRAIT_SIZE, PORTRAIT_SIZE)
    try:
        with storages["documents"].open(name) as file, Image.open(file) as picture:
            return ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    except OSError:
        return None
