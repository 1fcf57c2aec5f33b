import io
import struct
from collections import Counter

import pytest
from PIL import Image, ImageChops, ImageCms

from documents.cleaning.images import embedded
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


def different_frames(kind: str, **options) -> bytes:
    """Return a picture of two frames that differ, the first one shown for longer."""
    file = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("navy", "white")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("GIF", {"duration": 700, "comment": b"PLANT"}),
        ("WEBP", {"duration": 700, "lossless": True, "xmp": b"PLANT"}),
        ("TIFF", {"tiffinfo": {315: "PLANT"}}),
    ],
)
def test_picture_keeps_its_frames_and_the_time_that_each_is_shown(kind, options):
    data, found = different_frames(kind, **options), Counter()
    content, _ = clean_picture(data, found)
    before, after = (Image.open(io.BytesIO(one)) for one in (data, content))
    assert found["picture_details"] == 1
    assert planted.traces(content) == []
    assert after.n_frames == before.n_frames == 2
    for number in range(2):
        before.seek(number)
        after.seek(number)
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
        assert after.info.get("duration") == (None if kind == "TIFF" else 700)
    assert after.info.get("loop") == (None if kind == "TIFF" else 0)


def test_transparency_stays():
    file = io.BytesIO()
    Image.new("P", (9, 9), 3).save(file, "GIF", transparency=3, comment=b"PLANT")
    content, _ = clean_picture(file.getvalue(), Counter())
    assert opened(content).convert("RGBA").getpixel((0, 0))[3] == 0


def test_picture_with_too_many_pixels_is_replaced(monkeypatch):
    monkeypatch.setattr(embedded, "MAX_PIXELS", 81)
    assert clean_picture(planted.gif(), Counter())[1] == "gif"
    monkeypatch.setattr(embedded, "MAX_PIXELS", 80)
    found = Counter()
    assert clean_picture(planted.gif(), found) == (BLANK_PNG, "png")
    assert found == Counter(pictures=1)


def test_png_without_its_end_is_replaced():
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    assert clean_picture(file.getvalue(), Counter())[0] != BLANK_PNG
    assert clean_picture(file.getvalue()[:-12], Counter())[0] == BLANK_PNG


def test_location_in_a_png_is_counted():
    found = Counter()
    clean_picture(planted.png(), found)
    assert found["places"] == 1


def test_colour_profile_of_version_4_has_an_empty_name():
    old = planted.icc()
    profile = clean_icc(old[:8] + b"\x04" + old[9:])
    assert planted.traces(profile) == []
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip() == "-"
    assert b"mluc\0\0\0\0\0\0\0\1\0\0\0\x0cenUS\0\0\0\2\0\0\0\x1c\0-" in profile


def test_colour_profile_that_ends_too_early_is_rejected():
    with pytest.raises(ValueError, match="truncated"):
        clean_icc(planted.icc()[:-20])


def jpeg(mode: str = "RGB", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (9, 9)).save(file, "JPEG", **options)
    return file.getvalue()


def test_jpeg_with_nothing_to_remove_is_unchanged():
    found = Counter()
    assert clean_jpeg(jpeg(), found) == jpeg()
    assert +found == {}


def test_filler_between_the_segments_of_a_jpeg_is_skipped():
    assert clean_jpeg(jpeg().replace(b"\xff\xdb", b"\xff\xff\xff\xdb"), Counter()) == jpeg()


def test_colours_of_a_jpeg_for_printers_stay_and_words_beside_them_go():
    data, found = jpeg("CMYK"), Counter()
    start = data.index(b"\xff\xee")
    assert data[start : start + 9] == b"\xff\xee\0\x0eAdobe"
    planted_data = data[: start + 3] + b"\x13" + data[start + 4 : start + 16] + b"PLANT" + data[start + 16 :]
    assert clean_jpeg(planted_data, found) == data
    assert clean_jpeg(data.replace(b"Adobe", b"PLANT"), found).count(b"\xff\xee") == 0


def test_colour_profile_of_a_jpeg_that_cannot_be_read_is_removed():
    found = Counter()
    assert clean_jpeg(jpeg(icc_profile=b"PLANT"), found) == jpeg()
    assert found["picture_details"] == 1


def test_long_colour_profile_of_a_jpeg_stays_in_pieces():
    numbers = b"curv\0\0\0\0" + struct.pack(">I", 40000) + bytes(range(250)) * 320
    header = bytearray(planted.icc()[:128])
    tables = struct.pack(">I4sII", 1, b"rTRC", 144, len(numbers))
    profile = clean_icc(bytes(header) + tables + numbers)
    content = clean_jpeg(jpeg(icc_profile=profile), Counter())
    assert opened(content).info["icc_profile"] == profile
    assert content.count(b"ICC_PROFILE\0") == 2


@pytest.mark.parametrize("data", [b"", b"PLANT", b"\xff\xd9\xff\xd8", jpeg()[:40]])
def test_data_without_a_jpeg_is_rejected(data):
    with pytest.raises(ValueError, match="JPEG"):
        clean_jpeg(data, Counter())


def jpeg2000() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(file, "JPEG2000")
    return clean_jpeg2000(file.getvalue(), Counter())  # the library signs its pictures


def with_profile(data: bytes, profile: bytes) -> bytes:
    """Return a JPEG 2000 whose colours are described by a profile."""
    start = data.index(b"jp2h") - 4
    (size,) = struct.unpack_from(">I", data, start)
    colours = data.index(b"colr", start) - 4
    new = struct.pack(">I4sBBB", 11 + len(profile), b"colr", 2, 0, 0) + profile
    header = data[start + 8 : colours] + new
    return data[:start] + struct.pack(">I", len(header) + 8) + b"jp2h" + header + data[start + size :]


def test_colour_profile_of_a_jpeg_2000_loses_its_words_in_place():
    data, found = with_profile(jpeg2000(), planted.icc()), Counter()
    content = clean_jpeg2000(data, found)
    assert planted.traces(data)
    assert planted.traces(content) == []
    assert len(content) == len(data)
    assert found["picture_details"] == 1
    assert opened(content).tobytes() == opened(data).tobytes()
    at = content.index(b"acsp") - 36
    assert content[at : at + 4] == planted.icc()[:4]
    assert content[at + 4 :].startswith(clean_icc(planted.icc())[4:])
    again = Counter()
    assert clean_jpeg2000(content, again) == content
    assert +again == {}


def test_colour_profile_of_a_jpeg_2000_that_would_grow_is_rejected():
    small = bytearray(planted.icc()[:128]) + bytes(4)
    small[0:4] = struct.pack(">I", len(small))
    with pytest.raises(ValueError, match="in place"):
        clean_jpeg2000(with_profile(jpeg2000(), bytes(small)), Counter())


def test_long_box_of_a_jpeg_2000_is_read_and_written_with_a_short_length():
    data = jpeg2000()
    start = data.index(b"jp2c") - 4
    body = data[start + 8 :]
    long = data[:start] + struct.pack(">I4sQ", 1, b"jp2c", len(body) + 16) + body
    assert clean_jpeg2000(long, Counter()) == clean_jpeg2000(data, Counter())


def test_jpeg_2000_without_a_picture_is_rejected():
    data = jpeg2000()
    with pytest.raises(ValueError, match="not a JPEG 2000"):
        clean_jpeg2000(data[: data.index(b"jp2c") - 4], Counter())
    stream = data[data.index(b"\xff\x4f\xff\x51") :]
    with pytest.raises(ValueError, match="tile"):
        clean_jpeg2000(stream.replace(b"\xff\x90", b"\xff\x65", 1), Counter())


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\xff\xd8\xff\xe0", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF89a", "gif"), (b"BM..", "bmp"),
     (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"RIFF....WEBP", "webp"), (b"RIFF....WAVE", ""), (b"....WEBP", ""),
     (b"XII*\0", ""), (b"", "")],
)  # fmt: skip
def test_format_of_a_picture_is_told_by_its_first_bytes(data, kind):
    assert embedded.picture_kind(data) == kind


def test_last_tile_of_a_jpeg_2000_may_have_no_length():
    data = jpeg2000()
    start = data.index(b"\xff\x90") + 6
    endless = data[:start] + bytes(4) + data[start + 4 :]
    assert clean_jpeg2000(endless, Counter()) == endless
