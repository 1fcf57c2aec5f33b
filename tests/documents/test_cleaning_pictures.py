import io
from collections import Counter

import pytest
from PIL import Image, ImageChops

from documents.cleaning.images.embedded import BLANK_PNG, clean_picture
from documents.cleaning.images.jpeg import clean_icc, clean_jpeg, clean_jpeg2000
from tests import planted

MAKERS = {"jpg": planted.jpeg, "png": planted.png, "gif": planted.gif, "tif": planted.tiff, "webp": planted.webp}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("extension", MAKERS)
def test_marks_are_removed_and_no_pixel_is_changed(extension):
    data, found = MAKERS[extension](), Counter()
    assert planted.left(data)
    content, name = clean_picture(data, found)
    assert name == extension
    assert planted.left(content) == []
    assert found["picture_details"] > 0
    assert found["pictures"] == 0
    before, after = (opened(one).convert("RGB") for one in (data, content))
    assert ImageChops.difference(before, after).getbbox() is None
    assert getattr(opened(content), "n_frames", 1) == getattr(opened(data), "n_frames", 1)


@pytest.mark.parametrize("extension", ["jpg", "png", "gif", "webp"])
def test_clean_picture_is_unchanged_by_cleaning(extension):
    content, _ = clean_picture(MAKERS[extension](), Counter())
    found = Counter()
    assert clean_picture(content, found) == (content, extension)
    assert +found == Counter()


def test_details_of_a_jpeg_are_counted_and_its_orientation_kept():
    found = Counter()
    content = clean_jpeg(planted.jpeg(), found)
    exif = opened(content).getexif()
    assert dict(exif) == {0x0112: 6}
    assert found["places"] == 1


def test_colour_profile_keeps_its_numbers_and_loses_its_words():
    profile = clean_icc(planted.icc())
    assert planted.traces(profile) == []
    assert clean_icc(profile) == profile
    assert all(tag in profile for tag in (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"wtpt"))
    with pytest.raises(ValueError, match="profile"):
        clean_icc(b"no profile at all")


@pytest.mark.parametrize("data", [planted.emf(), b"<svg>PLANT</svg>", b"", planted.png()[:200], planted.jpeg()[:300]])
def test_picture_that_cannot_be_cleaned_is_replaced_and_counted(data):
    found = Counter()
    assert clean_picture(data, found) == (BLANK_PNG, "png")
    assert found == Counter(pictures=1)
    assert opened(BLANK_PNG).size == (1, 1)


def test_truncated_jpeg_is_kept_as_far_as_it_goes():
    data = planted.jpeg().split(b"\xff\xd9PLANT")[0]
    content, name = clean_picture(data[:-20], Counter())
    assert (name, planted.left(content)) == ("jpg", [])


def test_comments_of_a_jpeg_2000_are_blanked():
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(file, "JPEG2000", comment="PLANT-jpx-comment")
    box = b"PLANT-jpx-uuid"
    data = file.getvalue() + (8 + len(box)).to_bytes(4, "big") + b"uuid" + box
    found = Counter()
    content = clean_jpeg2000(data, found)
    assert planted.traces(data)
    assert planted.traces(content) == []
    assert opened(content).tobytes() == opened(data).tobytes()
    assert found["picture_details"] == 2
    stream = data[data.index(b"\xff\x4f\xff\x51") :]
    assert planted.traces(clean_jpeg2000(stream, found)[: len(stream) - 60]) == []
