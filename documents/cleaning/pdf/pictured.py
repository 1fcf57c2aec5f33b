"""Pages of a PDF as pictures of themselves, where it is unclear whether people see all of their text.

A picture has no text, so nothing that nobody sees can be read from it. Its colours are reduced: a difference that is
too small for the eye is either gone or becomes one that is plain to see, for the person who looks at the picture before
it is published.
"""

import io
from collections.abc import Collection
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from ...errors import UnreadableError

DOTS = 150 / 72  # pixels for a point
MAX_PIXELS = 6_000_000  # of a page; a larger one is drawn smaller
SHADES = 16  # of each colour
QUALITY = 85


def picture_pages(pdf: pikepdf.Pdf, content: bytes, numbers: Collection[int]) -> None:
    """Replace pages of an opened PDF by pictures; `content` is the same PDF. `numbers` begin at 1.

    The structure that describes text to screen readers is removed from the whole file, because it repeats the text.
    Raise UnreadableError for a page that the file does not have.
    """
    drawn = pypdfium2.PdfDocument(content)
    if not all(0 < number <= len(drawn) for number in numbers):
        raise UnreadableError("damaged")
    for number in numbers:
        _replace(pdf, pdf.pages[number - 1], drawn[number - 1])
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        if "/StructParents" in page.obj:
            del page.obj["/StructParents"]


def _replace(pdf: pikepdf.Pdf, page: pikepdf.Page, drawn: pypdfium2.PdfPage) -> None:
    """Leave nothing of a page but its picture, the right way up."""
    width, height = drawn.get_size()
    picture = _reduced(drawn, min(DOTS, (MAX_PIXELS / (width * height)) ** 0.5))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    image: Any = pikepdf.Stream(pdf, file.getvalue())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = picture.size
    image.ColorSpace, image.BitsPerComponent, image.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
    for key in set(page.obj.keys()) - {"/Type", "/Parent"}:
        del page.obj[key]
    box = [0, 0, width, height]
    page.obj.MediaBox = page.obj.CropBox = pikepdf.Array(box)  # not those that all pages may inherit
    page.obj.Rotate = 0
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=pdf.make_indirect(image)))
    page.obj.Contents = pdf.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Picture Do Q".encode())


def _reduced(drawn: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Draw a page in few shades of each colour, from black to white."""
    step = 256 // SHADES
    levels = [round(level // step * 255 / (SHADES - 1)) for level in range(256)]
    picture: Image.Image = drawn.render(scale=scale, draw_annots=False).to_pil().convert("RGB")
    return picture.point(levels * 3)
