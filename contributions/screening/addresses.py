"""Detection of postal addresses and positions, by which somebody in hiding can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from text.proper_names import UPPER

from .contacts import DIGITS
from .findings import Kind, Spot

# Every quantifier is possessive or has a low limit, so that each search takes time in proportion to the text.
NUMBER = r"\d{1,5}(?:[ -]?(?:bis|ter|[A-Za-z])(?!\w))?"
MARK = r"(?:n[.º°o]{1,2}|no\.|nº|№|#|num\.|д\.|дом|رقم)"
WORD = rf"[{UPPER}\d][\w.'’-]{{1,20}}+"
SMALL = r"(?:de|du|des|de la|del|de los|de las|la|le|les|los|las|l['’]|d['’])"
NAMED = rf"(?:(?:{SMALL} ?){{1,2}}(?:\w[\w.'’-]{{1,20}}+)|{WORD})(?: (?:(?:{SMALL} ){{0,2}}{WORD})){{0,4}}+"
ADDRESS = re.compile(
    # 14 Harbour Street
    rf"(?<![\w.,/-]){NUMBER},? (?:{WORD} ){{1,4}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Boulevard|Blvd|Square|Crescent|Terrace|Alley|Highway)(?!\w)"
    # P.O. Box 123
    r"|(?<!\w)(?i:p\. ?o\. ?|po |post office )(?i:box) \d{1,6}|(?<!\w)B\.?P\.? \d{2,6}(?!\w)"
    r"|(?<!\w)(?i:apartado(?: postal| de correos)?|а/я|صندوق بريد|ص\.ب\.?) \d{1,6}"
    # 12 bis, rue des Lilas
    rf"|(?<![\w.,/-]){NUMBER},? (?i:rue|avenue|av\.|boulevard|bd\.?|chemin|impasse|place|allée|quai|ruelle) {NAMED}"
    # calle Mayor 15
    r"|(?<!\w)(?i:calle|c/|avenida|av\.|avda\.?|carrera|plaza|paseo|jirón|pasaje|camino)"
    rf" ?{NAMED},? (?:{MARK} ?)?{NUMBER}(?!\d)"
    # ул. Ленина, д. 5
    r"|(?<!\w)(?i:ул\.|улиц[аеы]|пр\.|пр-т|проспекте?|пер\.|переул(?:ок|ке)|шоссе|бульваре?|наб\.|набережн\w{2})"
    rf" {WORD}(?: {WORD}){{0,2}}+,? (?:{MARK} ?)?{NUMBER}(?!\d)"
    # Lindengasse 5
    rf"|(?<!\w)[{UPPER}][\w-]{{2,30}}(?:straße|strasse|gasse|allee|ufer) \d{{1,4}}(?!\d)"
    # 建国路88号
    r"|[\u4e00-\u9fff]{2,6}(?:路|街|巷|弄|大道|胡同)\d{1,5}号"
    # شارع الرشيد رقم 12
    r"|(?<![\u0621-\u064a])[وبل]?(?:شارع|زقاق|نهج)(?: [\u0621-\u0652]{2,20}+){1,3}[،,]?"
    r" (?:(?:رقم|بناية|عمارة|منزل) ){0,2}\d{1,5}(?!\d)"
)
SECONDS = r"(?:\d{1,2}(?:[.,]\d{1,4})?(?:\"|”|″|''|’’) ?)?"
DEGREES = rf"\d{{1,3}}(?:[.,]\d{{1,8}})?[°º] ?(?:\d{{1,2}}(?:[.,]\d{{1,6}})?['’′] ?{SECONDS})?"
POSITION = re.compile(
    r"(?<![\d.,])[+-]?\d{1,2}\.\d{4,9}[,;] ?[+-]?\d{1,3}\.\d{4,9}(?![\d.])"
    rf"|(?<![\d.,]){DEGREES}[NSСЮ]\.?[,;]? {{0,2}}{DEGREES}[EWOВЗ](?!\w)"
    r"|(?i:(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl|goo\.gl/maps|google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}"
    r"|what3words\.com|w3w\.co|openstreetmap\.org/\?mlat|osm\.org/go|maps\.apple\.com|yandex\.ru/maps)"
    r"/?[\w@.%#?=&,+!:/-]{2,200}+)"
    r"|(?<![\w/:.])///[a-z]{2,20}+\.[a-z]{2,20}+\.[a-z]{2,20}+(?![\w.])"  # what3words
)

LOOKS_LIKE_ADDRESS = _("Looks like a postal address.")
LOOKS_LIKE_POSITION = _("Looks like a position on a map.")


def find_addresses(text: str) -> Iterator[Spot]:
    """Yield the places in a text that look like a postal address, or like a position on a map."""
    text = text.translate(DIGITS)
    for search, why in ((POSITION, LOOKS_LIKE_POSITION), (ADDRESS, LOOKS_LIKE_ADDRESS)):
        yield from (Spot(Kind.ADDRESS, *match.span(), why) for match in search.finditer(text))
