"""The files of the sample: documents in the folder `files`, and portraits that are drawn on loading."""

import io
import random
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent / "files"


def upload(name: str) -> SimpleUploadedFile:
    """Return a document of the sample as an upload."""
    path = FOLDER / name
    return SimpleUploadedFile(f"sample{path.suffix}", path.read_bytes())


def portrait(seed: int) -> SimpleUploadedFile:
    """Return a picture of nobody, a figure on a coloured background; the same seed gives the same picture."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    ground, back, figure = (hue(dice, *band) for band in ((0.16, 0.9), (0.24, 0.8), (0.45, 0.45)))
    image = Image.new("RGB", (960, 960), ground)
    draw = ImageDraw.Draw(image)
    left = dice.randrange(-260, 160)
    draw.ellipse((left, 300, left + 1100, 1400), fill=back)
    draw.ellipse((150, 620, 810, 1500), fill=figure)
    draw.ellipse((320, 200, 640, 570), fill=figure)
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=88)
    return SimpleUploadedFile("portrait.jpg", file.getvalue())


def hall(seed: int) -> SimpleUploadedFile:
    """Return a picture of no place, a hall with empty seats; the same seed gives the same picture."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    wall, floor, seat = (hue(dice, *band) for band in ((0.14, 0.92), (0.2, 0.72), (0.42, 0.4)))
    image = Image.new("RGB", (1200, 800), wall)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 800), (1200, 800), (900, 380), (300, 380)], fill=floor)
    draw.rectangle((380, 330, 820, 400), fill=seat)
    for row in range(4):
        top, size = 470 + row * 85, 46 + row * 16
        for column in range(9):
            left = 600 + (column - 4) * (size + 22) - size // 2
            draw.rounded_rectangle((left, top, left + size, top + size), radius=size // 4, fill=seat)
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=88)
    return SimpleUploadedFile("hall.jpg", file.getvalue())


def hue(dice: random.Random, saturation: float, value: float) -> tuple[int, int, int]:
    """Return a colour of random hue as red, green and blue from 0 to 255."""
    colour = Image.new("HSV", (1, 1), (dice.randrange(256), int(saturation * 255), int(value * 255)))
    red, green, blue = colour.convert("RGB").tobytes()
    return red, green, blue
