"""Pages of PDFs with words that a person cannot see; what must go holds PLANT, what must stay holds SHOWN."""

from reportlab.lib.colors import Color, white

from tests.planted_canvas import HEIGHT, WIDTH, box, line, picture, recognized, scan_picture


def black_box(canvas):
    line(canvas, "PLANT under black")
    box(canvas)


def white_box(canvas):
    line(canvas, "PLANT under white")
    box(canvas, white)


def coloured_box(canvas):
    line(canvas, "PLANT under red")
    box(canvas, Color(0.8, 0.1, 0.1))


def box_over_a_part(canvas):
    line(canvas, "SHOWN before PLANT-name and SHOWN behind")
    start = 72 + canvas.stringWidth("SHOWN before ", "Helvetica", 12)
    box(canvas, left=start - 1, bottom=696, width=canvas.stringWidth("PLANT-name", "Helvetica", 12) + 2, height=14)


def box_with_a_label(canvas):
    line(canvas, "PLANT under a label")
    box(canvas)
    line(canvas, "SHOWN redacted label", color=white)


def box_before_black_text(canvas):
    box(canvas)
    line(canvas, "PLANT black on black")


def picture_over_text(canvas):
    line(canvas, "PLANT under a picture")
    canvas.drawImage(picture(), 70, 690, 300, 30)


def white_on_white(canvas):
    line(canvas, "PLANT white on white", color=white)


def nearly_white(canvas):
    line(canvas, "PLANT nearly white", color=Color(0.99, 0.99, 0.99))


def invisible_mode(canvas):
    line(canvas, "PLANT in mode 3", mode=3)


def no_size(canvas):
    line(canvas, "PLANT without size", size=0.01)


def speck(canvas):
    line(canvas, "PLANT as a speck", size=0.8)


def transparent(canvas):
    canvas.setFillAlpha(0)
    line(canvas, "PLANT transparent", color=Color(0, 0, 0, 0))


def clipped(canvas):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(70, 300, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    line(canvas, "PLANT clipped away")
    canvas.restoreState()


def outside_the_page(canvas):
    line(canvas, "PLANT left of the page", left=-400)
    line(canvas, "PLANT above the page", top=HEIGHT + 50)


def outside_the_crop_box(canvas):
    canvas.setCropBox((0, 0, WIDTH, 600))
    line(canvas, "PLANT cropped")


def form_in_a_box(canvas):
    canvas.beginForm("note")
    line(canvas, "PLANT in a form")
    canvas.endForm()
    canvas.doForm("note")
    box(canvas)


def turned(canvas):
    canvas.saveState()
    canvas.translate(300, 300)
    canvas.rotate(35)
    line(canvas, "SHOWN turned PLANT-turned SHOWN end", left=0, top=0)
    start = canvas.stringWidth("SHOWN turned ", "Helvetica", 12)
    box(canvas, left=start, bottom=-4, width=canvas.stringWidth("PLANT-turned", "Helvetica", 12), height=16)
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
    box(canvas, left=72 + width - 1, bottom=696, width=5 * (12 * 0.72 * 0.6 + 1.2) + 1, height=14)


def twice_under_a_box(canvas):
    line(canvas, "PLANT twice")
    line(canvas, "PLANT twice")
    box(canvas)


def behind_other_text(canvas):
    line(canvas, "PLANT", color=white)
    line(canvas, "SHOWN in front", top=702)


def marked_with_words(canvas):
    canvas._code.append("/Span <</ActualText (PLANT read aloud) /Alt (PLANT)>> BDC")
    line(canvas, "PLANT")
    canvas._code.append("EMC")
    box(canvas)


def scan_blackened(canvas):
    words = ["SHOWN first line", "PLANT second line", "SHOWN third line"]
    canvas.drawImage(scan_picture(words, blackened=True), 0, 0, WIDTH, HEIGHT)
    recognized(canvas, words)


def scan_covered(canvas):
    words = ["SHOWN first line", "PLANT second line", "SHOWN third line"]
    canvas.drawImage(scan_picture(words), 0, 0, WIDTH, HEIGHT)
    recognized(canvas, words)
    box(canvas, left=60, bottom=660, width=300, height=25)


HIDDEN = [
    black_box, white_box, coloured_box, box_over_a_part, box_with_a_label, box_before_black_text, picture_over_text,
    white_on_white, nearly_white, invisible_mode, no_size, speck, transparent, clipped, outside_the_page,
    outside_the_crop_box, form_in_a_box, turned, squeezed, twice_under_a_box, behind_other_text, marked_with_words,
    scan_blackened, scan_covered,
]  # fmt: skip
