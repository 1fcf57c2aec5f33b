"""Pages of PDFs with words that look hidden to a program, and that a person sees: they hold SHOWN and must stay."""

from reportlab.lib.colors import Color, lightgrey, white, yellow

from tests.planted_canvas import HEIGHT, WIDTH, box, line, picture, recognized, scan_picture


def scan(canvas):
    words = ["SHOWN first line", "SHOWN second line"]
    canvas.drawImage(scan_picture(words), 0, 0, WIDTH, HEIGHT)
    recognized(canvas, words)


def scan_above_its_text(canvas):
    words = ["SHOWN first line", "SHOWN second line"]
    for number, word in enumerate(words):
        line(canvas, word, top=700 - 30 * number)
    canvas.drawImage(scan_picture(words), 0, 0, WIDTH, HEIGHT)


def white_on_dark_cells(canvas):
    for left in (72, 172):
        box(canvas, Color(0.1, 0.2, 0.5), left=left, width=98)
        line(canvas, "SHOWN head", left=left + 4, color=white)


def highlighted(canvas):
    box(canvas, yellow)
    line(canvas, "SHOWN highlighted")


def highlighted_later(canvas):
    line(canvas, "SHOWN highlighted later")
    box(canvas, Color(1, 1, 0, alpha=0.4))


def over_a_picture(canvas):
    canvas.drawImage(picture(color="navy"), 70, 690, 300, 30)
    line(canvas, "SHOWN on a picture", color=white)


def light_grey(canvas):
    line(canvas, "SHOWN light grey", color=lightgrey)


def printed_twice(canvas):
    line(canvas, "SHOWN bold by printing twice")
    line(canvas, "SHOWN bold by printing twice")


def with_a_shadow(canvas):
    line(canvas, "SHOWN shadow", left=73, top=699, color=lightgrey, size=20)
    line(canvas, "SHOWN shadow", size=20)


def outlined(canvas):
    line(canvas, "SHOWN outlined", mode=1, size=20)


def filled_with_a_picture(canvas):
    canvas.saveState()
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica-Bold", 40)
    text.setTextRenderMode(7)
    text.textOut("SHOWN")
    canvas.drawText(text)
    canvas.drawImage(picture(color="navy"), 70, 690, 300, 60)
    canvas.restoreState()


def partly_cut(canvas):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(70, 700, 400, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    line(canvas, "SHOWN CUT IN HALF")
    canvas.restoreState()


def small_print(canvas):
    line(canvas, "SHOWN in small print, 1. (a) 'quoted' i.e. l", size=4)


def underlined(canvas):
    line(canvas, "SHOWN underlined and struck")
    canvas.line(72, 698, 250, 698)
    canvas.line(72, 704, 250, 704)


GOOD = [
    scan, scan_above_its_text, white_on_dark_cells, highlighted, highlighted_later, over_a_picture, light_grey,
    printed_twice, with_a_shadow, outlined, filled_with_a_picture, partly_cut, small_print, underlined,
]  # fmt: skip
