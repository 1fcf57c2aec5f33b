"""Detection of number plates of vehicles, by which their owners and drivers can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .contacts import DIGITS
from .findings import Kind, Spot

# Plates of most countries are a few letters and digits, as references of documents are. So they are found after a word
# for them, and without one only in forms that nothing else has. Every quantifier has a low limit or is possessive.
CUE = re.compile(
    r"(?:(?<!\w)(?i:(?:licen[cs]e|number|registration|vehicle|car)[ -](?:plates?|tags?)(?: (?:number|no))?"
    r"|plates?(?: (?:number|no\.?))|(?:vehicle|car) reg(?:istration)?(?: (?:number|no))?|plated|reg\. ?no"
    r"|registered (?:under|as) (?:number |no\.? )?|registration (?:number|no)"
    r"|plaques?(?: d['’]immatriculation| minéralogiques?)|immatricul(?:ation|ée?s?)"
    r"|placas?|matr[íi]culas?|patente"
    r"|гос\.? ?номер\w{0,3}|номерн\w{2,3} знак\w{0,3}|(?:автомобил|машин)\w{1,3} с? ?номер\w{0,3})(?!\w)"
    r"|车牌(?:号码?)?|牌照号?|لوحة(?: رقم)?|رقم (?:ال)?لوحة|نمرة)"
    r"[^\w\n]{0,4}"
    r"(?:(?:number|no|n[o°º.]|numéro|número|номер\w{0,3}|رقم|was|is|were|está|est|为|是)[^\w\n]{1,3}){0,2}+"
)
PART = r"[A-ZА-Яء-ي一-龥\d]{1,8}+"
PLATE = re.compile(rf"{PART}(?:[ .·•-]{PART}){{0,4}}(?!\w)")
# A provincial sign with a letter, as 京A·12345, and the Russian form.
CERTAIN = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-Z][ ·•]?(?=[A-Z]{0,2}\d)[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])"
    r"|(?<![\w-])[АВЕКМНОРСТУХ]\s?\d{3}\s?[АВЕКМНОРСТУХ]{2}\s?\d{2,3}(?!\w)"
)
MIN_LENGTH, MAX_LENGTH = 4, 10  # letters and digits of a plate
YEAR = re.compile(r"(?:19|20)\d\d")

LOOKS_LIKE_PLATE = _("Looks like the number plate of a vehicle.")


def find_vehicles(text: str) -> Iterator[Spot]:
    """Yield the places in a text that look like the number plate of a vehicle."""
    text = text.translate(DIGITS)
    for certain in CERTAIN.finditer(text):
        yield Spot(Kind.VEHICLE, *certain.span(), LOOKS_LIKE_PLATE)
    for cue in CUE.finditer(text):
        plate = PLATE.match(text, cue.end())
        if plate and _is_plate(plate[0]):
            yield Spot(Kind.VEHICLE, *plate.span(), LOOKS_LIKE_PLATE)


def _is_plate(text: str) -> bool:
    """Return whether a text has as many letters and digits as plates have, and is no year."""
    signs = [sign for sign in text if sign.isalnum()]
    digits = sum(sign.isdigit() for sign in signs)
    return MIN_LENGTH <= len(signs) <= MAX_LENGTH and digits > 1 and not YEAR.fullmatch(text)
