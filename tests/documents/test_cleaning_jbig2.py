import io
import struct
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from documents.cleaning import jbig2, leftovers, pdf
from tests import files, planted

PAGE = struct.pack(">IIIIBH", 40, 30, 0, 0, 0x04, 0)  # 40 by 30, black


def segment(number, kind, data, *, referred=(), wide=False):
    flags = kind | (0x40 if wide else 0)
    count = bytes([len(referred) << 5]) if len(referred) < 5 else struct.pack(">I", 7 << 29 | len(referred)) + bytes(
        (len(referred) + 8) // 8
    )  # fmt: skip
    size = ">I" if wide else ">B"
    return struct.pack(">IB", number, flags) + count + bytes(referred) + struct.pack(size, 1) + struct.pack(
        ">I", len(data)
    ) + data  # fmt: skip


REMARK = struct.pack(">I", 0x20000000) + b"PLANT-key\0PLANT-value\0\0"
SCAN = segment(0, 48, PAGE) + segment(1, 62, REMARK) + segment(2, 62, REMARK, wide=True) + segment(3, 49, b"")


def scanned(data):
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        parms = Dictionary(JBIG2Globals=made.make_stream(segment(0, 62, REMARK), PLANTkey=Name.PLANT))
        picture = made.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, BitsPerComponent=1,
                                   ColorSpace=Name.DeviceGray, Filter=Name.JBIG2Decode, DecodeParms=parms)  # fmt: skip
        made.pages[0].obj.Resources.XObject = Dictionary(Scan=picture)
        made.pages[0].contents_add(b"q 400 0 0 300 50 50 cm /Scan Do Q")
        made.save(file)
    return file.getvalue()


def rendered(data):
    return pypdfium2.PdfDocument(data)[0].render().to_numpy().tobytes()


def test_remarks_go_and_the_scan_stays_to_the_pixel():
    data, found = scanned(SCAN), Counter()
    assert planted.left(data)
    content = pdf.clean(data, found)
    leftovers.check(content, "pdf")
    assert planted.left(content) == []
    assert rendered(content) == rendered(data)
    assert rendered(data) != rendered(files.pdf(["SHOWN"]))
    assert found["picture_details"] == 3
    assert pdf.clean(content, Counter()) == content


@pytest.mark.parametrize("data", [SCAN[:-3], SCAN + b"PLANT", b"PLANT" * 9])
def test_a_scan_that_is_no_row_of_segments_turns_white(data):
    found = Counter()
    content = pdf.clean(scanned(data), found)
    assert planted.left(content) == []
    assert found["pictures"] == 1


def test_segments_that_refer_to_many_are_read():
    many = segment(7, 6, b"data", referred=range(6))
    assert jbig2.clean(many + segment(8, 62, REMARK), Counter()) == many
