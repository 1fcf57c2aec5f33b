"""Pages of PDFs with words that a person cannot see, and others with words that look hidden and are not.

Each function draws one page on a canvas of ReportLab; what must go holds PLANT, what must stay holds SHOWN.
"""

import io

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color, black, lightgrey, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842


def _line(canvas, text, left=72, top=700, size=12, color=black, **options):
    canvas.setFillColor(color)
    canvas.setFont("Helvetica", size)
    canvas.drawString(left, top, text, **options)


def _box(canvas, color=black, left=70, bottom=690, width=300, height=30):
    canvas.setFillColor(color)
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)


def _picture(draw=None, size=(600, 60), color="black"):
    image = Image.new("RGB", size, color)
    if draw:
        draw(ImageDraw.Draw(image))
    return ImageReader(image)


def black_box(canvas):
    _line(canvas, "PLANT under black")
    _box(canvas)


def white_box(canvas):
    _line(canvas, "PLANT under white")
    _box(canvas, white)


def coloured_box(canvas):
    _line(canvas, "PLANT under red")
    _box(canvas, Color(0.8, 0.1, 0.1))


def box_over_a_part(canvas):
    _line(canvas, "SHOWN before PLANT-name and SHOWN behind")
    start = 72 + canvas.stringWidth("SHOWN before ", "Helvetica", 12)
    _box(canvas, left=start - 1, bottom=696, width=canvas.stringWidth("PLANT-name", "Helvetica", 12) + 2, height=14)


def box_with_a_label(canvas):
    _line(canvas, "PLANT under a label")
    _box(canvas)
    _line(canvas, "SHOWN redacted label", color=white)


def box_before_black_text(canvas):
    _box(canvas)
    _line(canvas, "PLANT black on black")


def picture_over_text(canvas):
    _line(canvas, "PLANT under a picture")
    canvas.drawImage(_picture(), 70, 690, 300, 30)


def white_on_white(canvas):
    _line(canvas, "PLANT white on white", color=white)


def nearly_white(canvas):
    _line(canvas, "PLANT nearly white", color=Color(0.99, 0.99, 0.99))


def invisible_mode(canvas):
    _line(canvas, "PLANT in mode 3", mode=3)


def no_size(canvas):
    _line(canvas, "PLANT without size", size=0.01)


def speck(canvas):
    _line(canvas, "PLANT as a speck", size=0.8)


def transparent(canvas):
    canvas.setFillAlpha(0)
    _line(canvas, "PLANT transparent", color=Color(0, 0, 0, 0))


def clipped(canvas):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(70, 300, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    _line(canvas, "PLANT clipped away")
    canvas.restoreState()


def outside_the_page(canvas):
    _line(canvas, "PLANT left of the page", left=-400)
    _line(canvas, "PLANT above the page", top=HEIGHT + 50)


def outside_the_crop_box(canvas):
    canvas.setCropBox((0, 0, WIDTH, 600))
    _line(canvas, "PLANT cropped")


def form_in_a_box(canvas):
    canvas.beginForm("note")
    _line(canvas, "PLANT in a form")
    canvas.endForm()
    canvas.doForm("note")
    _box(canvas)


def turned(canvas):
    canvas.saveState()
    canvas.translate(300, 300)
    canvas.rotate(35)
    _line(canvas, "SHOWN turned PLANT-turned SHOWN end", left=0, top=0)
    start = canvas.stringWidth("SHOWN turned ", "Helvetica", 12)
    _box(canvas, left=start, bottom=-4, width=canvas.stringWidth("PLANT-turned", "Helvetica", 12), height=16)
    canvas.restoreState()


def squeezed(canvas):
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica", 12)
    text.setHorizScale(60)
    text.setCharSpace(2)
    text.textOut("SHOWN squeezed ")
    start = text.getX()
    text.textOut("PLANT")
    end = text.getX()
    text.textOut(" SHOWN end")
    canvas.drawText(text)
    width = canvas.stringWidth("SHOWN squeezed ", "Helvetica", 12) * 0.6 + 15 * 2 * 0.6
    assert start < end
    _box(canvas, left=72 + width - 1, bottom=696, width=5 * (12 * 0.72 * 0.6 + 1.2) + 1, height=14)


def twice_under_a_box(canvas):
    _line(canvas, "PLANT twice")
    _line(canvas, "PLANT twice")
    _box(canvas)


def behind_other_text(canvas):
    _line(canvas, "PLANT", color=white)
    _line(canvas, "SHOWN in front", top=702)


def marked_with_words(canvas):
    canvas._code.append("/Span <</ActualText (PLANT read aloud) /Alt (PLANT)>> BDC")
    _line(canvas, "PLANT")
    canvas._code.append("EMC")
    _box(canvas)


def _scan(words, *, blackened=False):
    """Return a scanned page."""
    image = Image.new("L", (WIDTH * 2, HEIGHT * 2), 245)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(24)
    for number, word in enumerate(words):
        pen.text((144, 2 * (HEIGHT - 712 + 30 * number)), word, font=font, fill=20)
    if blackened:
        pen.rectangle((140, 2 * (HEIGHT - 714) + 60, 700, 2 * (HEIGHT - 714) + 100), fill=0)
    return ImageReader(image)


def _recognized(canvas, words):
    for number, word in enumerate(words):
        _line(canvas, word, top=700 - 30 * number, mode=3)


def scan_blackened(canvas):
    words = ["SHOWN first line", "PLANT second line", "SHOWN third line"]
    canvas.drawImage(_scan(words, blackened=True), 0, 0, WIDTH, HEIGHT)
    _recognized(canvas, words)


def scan_covered(canvas):
    words = ["SHOWN first line", "PLANT second line", "SHOWN third line"]
    canvas.drawImage(_scan(words), 0, 0, WIDTH, HEIGHT)
    _recognized(canvas, words)
    _box(canvas, left=60, bottom=660, width=300, height=25)


HIDDEN = [
    black_box, white_box, coloured_box, box_over_a_part, box_with_a_label, box_before_black_text, picture_over_text,
    white_on_white, nearly_white, invisible_mode, no_size, speck, transparent, clipped, outside_the_page,
    outside_the_crop_box, form_in_a_box, turned, squeezed, twice_under_a_box, behind_other_text, marked_with_words,
    scan_blackened, scan_covered,
]  # fmt: skip


def scan(canvas):
    words = ["SHOWN first line", "SHOWN second line"]
    canvas.drawImage(_scan(words), 0, 0, WIDTH, HEIGHT)
    _recognized(canvas, words)


def scan_above_its_text(canvas):
    words = ["SHOWN first line", "SHOWN second line"]
    for number, word in enumerate(words):
        _line(canvas, word, top=700 - 30 * number)
    canvas.drawImage(_scan(words), 0, 0, WIDTH, HEIGHT)


def white_on_dark_cells(canvas):
    for left in (72, 172):
        _box(canvas, Color(0.1, 0.2, 0.5), left=left, width=98)
        _line(canvas, "SHOWN head", left=left + 4, color=white)


def highlighted(canvas):
    _box(canvas, yellow)
    _line(canvas, "SHOWN highlighted")


def highlighted_later(canvas):
    _line(canvas, "SHOWN highlighted later")
    _box(canvas, Color(1, 1, 0, alpha=0.4))


def over_a_picture(canvas):
    canvas.drawImage(_picture(color="navy"), 70, 690, 300, 30)
    _line(canvas, "SHOWN on a picture", color=white)


def light_grey(canvas):
    _line(canvas, "SHOWN light grey", color=lightgrey)


def printed_twice(canvas):
    _line(canvas, "SHOWN bold by printing twice")
    _line(canvas, "SHOWN bold by printing twice")


def with_a_shadow(canvas):
    _line(canvas, "SHOWN shadow", left=73, top=699, color=lightgrey, size=20)
    _line(canvas, "SHOWN shadow", size=20)


def outlined(canvas):
    _line(canvas, "SHOWN outlined", mode=1, size=20)


def filled_with_a_picture(canvas):
    canvas.saveState()
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica-Bold", 40)
    text.setTextRenderMode(7)
    text.textOut("SHOWN")
    canvas.drawText(text)
    canvas.drawImage(_picture(color="navy"), 70, 690, 300, 60)
    canvas.restoreState()


def partly_cut(canvas):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(70, 700, 400, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    _line(canvas, "SHOWN CUT IN HALF")
    canvas.restoreState()


def small_print(canvas):
    _line(canvas, "SHOWN in small print, 1. (a) 'quoted' i.e. l", size=4)


def underlined(canvas):
    _line(canvas, "SHOWN underlined and struck")
    canvas.line(72, 698, 250, 698)
    canvas.line(72, 704, 250, 704)


GOOD = [
    scan, scan_above_its_text, white_on_dark_cells, highlighted, highlighted_later, over_a_picture, light_grey,
    printed_twice, with_a_shadow, outlined, filled_with_a_picture, partly_cut, small_print, underlined,
]  # fmt: skip


def pdf(*pages) -> bytes:
    """Return a PDF with one page for each function, which draws it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    for page in pages:
        page(canvas)
        _line(canvas, "SHOWN on each page", top=60)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def annotated(kind, **keys) -> bytes:
    """Return a PDF whose text lies under an annotation of this kind on its second page."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(light_grey, lambda canvas: _line(canvas, "PLANT under an annotation")))) as made:
        look = made.make_stream(b"0 g 0 0 300 30 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                BBox=pikepdf.Array([0, 0, 300, 30]))  # fmt: skip
        made.pages[1].obj.Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=pikepdf.Array([70, 690, 370, 720]), F=4,
            AP=pikepdf.Dictionary(N=look), **keys))])  # fmt: skip
        made.save(file)
    return file.getvalue()
