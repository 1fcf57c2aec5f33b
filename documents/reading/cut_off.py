"""PDFs whose end is missing, as after a download that stopped.

Programs repair and open such a file. The pages whose content is missing are then blank, without a warning.
"""

import io
import re

import pikepdf

from ..errors import UnreadableError

# The head of an object: its number and generation. Numbers are short, so that a run of digits is not searched twice.
OBJECT = re.compile(rb"\b\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b")


def require_whole(data: bytes) -> None:
    """Raise UnreadableError if the end of a PDF is missing and objects with it.

    A file that lacks only its table of objects, which programs rebuild, counts as whole. So does one with other bytes
    after its end.
    """
    end = max(data.rfind(b"startxref"), data.rfind(b"%%EOF"), 0)
    heads = list(OBJECT.finditer(data, end))
    if not heads:
        return
    if b"endobj" not in data[heads[-1].end() :] or _has_missing_objects(data):
        raise UnreadableError("damaged")


def _has_missing_objects(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(found is None for found in pdf.objects)
