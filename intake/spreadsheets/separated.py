"""CSV as programs write it: in one of four encodings, with commas, semicolons or tabs."""

import codecs
import csv
import io
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SEPARATORS = ",;\t"
# Written in plain characters, yet no list: PDF, HTML, XML.
NOT_LISTS = (b"%PDF", b"<")
# What no text has: a file with any of these is something else.
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


def text_of(data):
    """The words of a file and the name of the encoding they were read by; raises ValidationError where it has none."""
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "cp1252"]
    if data.lstrip().startswith(NOT_LISTS):
        encodings = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return text, encoding
    raise ValidationError(_("This is not a list: send a CSV or XLSX file."), code="unsupported")


def rows_of(text):
    """The rows of a CSV text. Raises ValidationError where its quotes do not match."""
    first = text.lstrip().split("\n", 1)[0]
    unquoted = re.sub(r'"[^"]*"', "", first)
    separator = max(SEPARATORS, key=unquoted.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ValidationError(
            _("This CSV file can't be read to its end: a quotation mark is missing or stands too much."), code="damaged"
        ) from error
