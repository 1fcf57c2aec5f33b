"""A card as a picture: 1200 by 630 pixels, which is what networks show, and mirrored where its language is."""

import io

from django.core.files.storage import storages
from PIL import Image, ImageDraw, ImageOps

from . import fonts
from .bidi import Style, width, write
from .typesetting import fitted, lines_of, style_for

SIZE = WIDTH, HEIGHT = 1200, 630  # pixels
MOST_BYTES = 60 * 1024
COLOURS = (128, 64, 32, 16)  # of the palette: the first with which a card is light enough
PAPER, INK, SOFT, LINE = "#fbfaf6", "#1b2326", "#4d595d", "#d9d5c9"
ACCENT, VOICE = "#0a5361", "#a4431d"
MARGIN = 72
COLUMN = 184  # where words begin beside a mark or a portrait
MEASURE = WIDTH - COLUMN - MARGIN
FACE = 92  # across a portrait
WORDS, RULE = 364, 446  # how high the words of a quote may be, and where the rule below them is
QUOTE_SIZES = (76, 68, 60, 54, 48, 44, 40, 37, 34)
TITLE_SIZES = (72, 64, 58, 52, 46, 42)
MARKS = {"fr": "«", "ru": "«", "ar": "«"}
OUR_MARK = [  # the site's icon, on a square of 32: two voices
    (ACCENT, [(4, 5), (21, 5), (21, 17), (11, 17), (6, 22), (6, 17), (4, 17)]),
    (VOICE, [(13, 19), (22.5, 19), (22.5, 9), (28, 9), (28, 23), (26, 23), (26, 28), (21, 23), (13, 23)]),
]


class Sheet:
    """A card that is being drawn. Places are given from its start edge, which is the right one in Arabic."""

    def __init__(self, language):
        self.image = Image.new("RGB", SIZE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.language = language
        self.is_mirrored = language == "ar"

    def box(self, start, top, across, down):
        """The corners of a box."""
        left = WIDTH - start - across if self.is_mirrored else start
        return left, top, left + across, top + down

    def line(self, text, start, baseline, style, fill):
        """Write one line from a start edge on."""
        left = self.box(start, 0, width(text, style), 0)[0]
        write(self.draw, left, baseline, text, style, fill)

    def lines(self, block, start, top, fill):
        """Write a block of lines below `top`; return where it ends."""
        for number, text in enumerate(block.lines):
            self.line(text, start, top + round(block.leading * (number + 0.77)), block.style, fill)
        return top + block.height

    def line_height(self, size):
        """The distance of two lines of small words."""
        return lines_of("", MEASURE, 1, self.style("sans", size)).leading

    def style(self, weight, size):
        return style_for(weight, size, self.language)

    def paste(self, picture, start, top):
        """Lay a square picture onto the sheet as a disc."""
        disc = Image.new("L", (FACE * 4, FACE * 4), 0)
        ImageDraw.Draw(disc).ellipse((0, 0, FACE * 4 - 1, FACE * 4 - 1), fill=255)
        place = self.box(start, top, FACE, FACE)[:2]
        self.image.paste(picture, place, disc.resize((FACE, FACE), Image.Resampling.LANCZOS))


def draw(card):
    """The bytes of a card's PNG, at most MOST_BYTES."""
    sheet = Sheet(card.language)
    draw_quote(sheet, card) if card.is_quote else draw_title(sheet, card)
    return png(sheet.image)


def png(image):
    """An image with as many colours as fit into MOST_BYTES; without dithering, which would cost more than it gives."""
    for colours in COLOURS:
        file = io.BytesIO()
        palette = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(file, "PNG", optimize=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


def draw_quote(sheet, card):
    """The words beside a large mark, and below a rule who said them, as whom and where."""
    block = fitted(card.text, (MEASURE, WORDS), QUOTE_SIZES, "serif", card.language)
    if block.lines:
        top = MARGIN - 12 + (WORDS - block.height) // 2
        draw_opening_mark(sheet, top + block.leading // 5)
        sheet.lines(block, COLUMN, top, INK)
    sheet.draw.rectangle(sheet.box(COLUMN, RULE, MEASURE, 1), fill=LINE)
    if card.portrait and (picture := face(card.portrait)):
        sheet.paste(picture, MARGIN, RULE + 24)
    draw_speaker(sheet, card)


def draw_speaker(sheet, card):
    """Name, role as given and dialogue; beside the name, that of the site."""
    baseline = RULE + 10 + round(0.77 * sheet.line_height(32))
    most = MEASURE - draw_site(sheet, card.site, baseline)
    rows = [
        (card.person, "sans-bold", (32, 27), most, 1, INK),
        (card.role, "sans", (25, 21), MEASURE, 2, SOFT),
        (" ".join(card.facts), "sans", (25,), MEASURE, 1, ACCENT),
    ]
    top = RULE + 10
    for text, weight, sizes, most, count, fill in rows:
        blocks = [lines_of(text, most, count, sheet.style(weight, size)) for size in sizes]
        fits = (block for block in blocks if block.lines == (text,))
        top = sheet.lines(next(fits, blocks[-1]), COLUMN, top, fill)


def draw_title(sheet, card):
    """An eyebrow, a title and facts, on a sheet with a coloured edge."""
    sheet.draw.rectangle(sheet.box(0, 0, 16, HEIGHT), fill=ACCENT)
    sheet.lines(lines_of(card.eyebrow, WIDTH - 2 * MARGIN, 1, sheet.style("sans-bold", 28)), MARGIN, 68, VOICE)
    top = 122
    block = fitted(card.text, (WIDTH - 2 * MARGIN, 270), TITLE_SIZES, "serif-bold", card.language)
    top = sheet.lines(block, MARGIN, top, INK) + 24
    for fact in filter(None, card.facts):
        top = sheet.lines(lines_of(fact, WIDTH - 2 * MARGIN, 1, sheet.style("sans", 29)), MARGIN, top, SOFT) + 4
    sheet.draw.rectangle(sheet.box(MARGIN, 524, WIDTH - 2 * MARGIN, 1), fill=LINE)
    draw_site(sheet, card.site, 588)


def draw_site(sheet, name, baseline):
    """Our mark and the name of the site at the end of a line; return how wide they are with the space before them."""
    block = lines_of(name, MEASURE // 2, 1, sheet.style("sans-bold", 22))
    across = 34 + round(max((10 + width(text, block.style) for text in block.lines), default=0))
    start = WIDTH - MARGIN - across
    left, top, *_ = sheet.box(start, baseline - 27, 34, 34)
    draw_our_mark(sheet.image, left, top)
    for text in block.lines:
        sheet.line(text, start + 44, baseline, block.style, SOFT)
    return across + 40


def draw_our_mark(image, left, top, size=34):
    """The site's icon; drawn large and made small, for polygons have rough edges."""
    large = Image.new("RGB", (size * 8, size * 8), PAPER)
    for colour, corners in OUR_MARK:
        ImageDraw.Draw(large).polygon([(x * size / 4, y * size / 4) for x, y in corners], fill=colour)
    image.paste(large.resize((size, size), Image.Resampling.LANCZOS), (left, top))


def draw_opening_mark(sheet, top_edge):
    """The quotation mark with which the language opens, large, in the margin."""
    mark = MARKS.get(sheet.language, "“")
    style = Style("serif-bold", 190 if mark == "“" else 150, "en")
    if not fonts.can_set(mark, style.weight, style.language):
        return
    font = fonts.font(style.weight, "latin", style.size)
    left, top, right, bottom = font.getbbox(mark, anchor="ls")
    across = right - left
    drawn = Image.new("L", (across, bottom - top), 0)
    ImageDraw.Draw(drawn).text((-left, -top), mark, fill=255, font=font, anchor="ls")
    drawn = ImageOps.mirror(drawn) if sheet.is_mirrored else drawn
    sheet.image.paste(Image.new("RGB", drawn.size, VOICE), sheet.box(MARGIN, top_edge, across, 0)[:2], drawn)


def face(name):
    """A portrait as a square; None where the file does not answer, for a card is no reason to fail."""
    try:
        with storages["documents"].open(name) as file, Image.open(file) as picture:
            return ImageOps.fit(picture.convert("RGB"), (FACE, FACE), Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    except OSError:
        return None
