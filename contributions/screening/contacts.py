"""Detection of contact details, and of the numbers by which authorities and banks identify people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .findings import Kind, Spot

# Arabic, Persian and full-width digits. Each is replaced by one character, so that offsets stay the same.
DIGITS = {ord(first) + value: str(value) for first in "٠۰\uff10" for value in range(10)} | {0xFF0B: "+", 0xFF20: "@"}

# Every quantifier below is possessive or has a limit, so that no search backtracks and each is linear.
LETTER = "0-9A-Za-z\u00c0-\u024f\u0400-\u04ff"  # without Han and Arabic: no space separates them from an address
AT, DOT = "at|arroba|arobase|собака", "dot|punto|point|точка"  # in the same order
EMAIL = re.compile(
    rf"(?<![{LETTER}._%+-])[{LETTER}._%+-]{{1,64}}+"
    rf"(?:@|[ ]?[\[(][ ]?(?:{AT})[ ]?[\])][ ]?)"
    rf"[{LETTER}-]{{1,63}}+(?:(?:\.|[ ]?[\[(][ ]?(?:{DOT})[ ]?[\])][ ]?)[{LETTER}-]{{1,63}}+){{1,8}}+",
    re.I,
)
SPELLED_EMAIL = re.compile(  # amina at example dot org, amina @ example.org
    rf"(?<![{LETTER}._%+-])[{LETTER}._%+-]{{1,64}}+(?:"
    + "|".join(
        rf" {at} [{LETTER}-]{{1,63}}+(?: {dot} [{LETTER}-]{{1,63}}+){{1,8}}+"
        for at, dot in zip(AT.split("|"), DOT.split("|"), strict=True)
    )
    + r"| @ ?[a-z\d-]{1,63}+(?:\.[a-z\d-]{1,63}+){0,3}\.[a-z]{2,24}(?!\w))",
    re.I,
)
SITES = "|".join(
    re.escape(site)
    for site in (
        "facebook.com", "fb.com", "fb.me", "m.me", "instagram.com", "twitter.com", "x.com", "tiktok.com", "t.me",
        "telegram.me", "wa.me", "chat.whatsapp.com", "vk.com", "ok.ru", "linkedin.com/in", "weibo.com", "signal.me",
        "snapchat.com/add", "threads.net", "bsky.app/profile", "youtube.com/@",
    )
)  # fmt: skip
PROFILE = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:www\.|m\.|[a-z]{{2}}-[a-z]{{2}}\.)?(?:{SITES})/?[\w@.%#?=&+/-]{{2,100}}+", re.I
)
HANDLE = re.compile(r"(?<![\w@./%+-])@[A-Za-z_][A-Za-z0-9_.]{2,30}+(?![@\w])")
MESSENGER = re.compile(
    r"(?<![A-Za-z])(?:WhatsApp|WeChat|Telegram|Skype|Viber|Signal|Line ID|Instagram|Facebook|Snapchat|QQ|微信号?|"
    r"واتساب|واتس اب|تلغرام|تليجرام|Телеграм|Вотсап|Вайбер)"
    r"(?:[ ]?(?:ID|No\.?|号码?))?[ ]?[:：][ ]?([@+]?[\w.-]{4,40}+)",
    re.I,
)

# Numbers that look like phone numbers but are not. They are masked before the search for phone numbers.
OTHER_NUMBERS = re.compile(
    r"\b(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:[0-2]?\d|3[01])\b"  # 2024-07-10
    r"|(?<!\d)(?:[0-2]?\d|3[01])([-./ ])(?:[0-2]?\d|3[01])\1(?:19|20)\d\d\b"  # 10.07.2024
    r"|\b(?:19|20)\d\d ?[-–—/] ?(?:(?:19|20)\d\d|\d\d)\b"  # 2000-2012
    r"|\b\d{1,3}(?:[ \u00a0\u202f.]000){1,4}\b"  # 600 000 000
    r"|\bIS[BS]N(?:-1[03])?:? ?[\dXx][\dXx -]{6,20}"
    r"|\b97[89][- ]?\d[\d -]{8,13}\d\b"
    r"|(?i:\b(?:art|article|artículo|section|law|decree|act|loi|décret|ley|decreto|resolution|directive|regulation|закон"
    r"|case)\b\.?(?: (?:no|nos|nº|n°|№)\b\.?)?) ?\d[\d./-]{0,15}"
)  # fmt: skip
PHONE = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f\d/+_])(?<![A-Za-z\u00c0-\u024f\d]-)(?<!\d[.,:])"
    r"\(?(?:\+|00)?[ (]{0,2}\d{1,15}+(?:[ .()/\u00a0\u202f\u2010-\u2013-]{1,3}+\d{1,14}+){0,9}+(?![A-Za-z\d])"
)
PHONE_CUE = re.compile(
    r"(?i:\b(?:tele?(?:ph|f)?|t[ée]l|phone|mobile|cell(?:ular)?|cellphone|call|hotline|whatsapp|fax|contact"
    r"|t[ée]l[ée]phone|portable|appel(?:er|ez)|num[ée]ro|tel[ée]fono|m[óo]vil|celular|llam[ae]\w?"
    r"|тел|телефон\w{0,3}|моб|мобильн\w{0,3}|звон\w{2,5})\b|电话|手机|电話|热线|致电|拨打|هاتف|جوال|موبايل|تلفون|اتصل)"
    r"[^\d\n+(]{0,25}+(?=[\d+(])"  # ends where a number begins
)
PHONE_FORMS = re.compile(
    r"\(\d{2,4}\)[ -]?\d{3,4}[ -]?\d{3,4}"  # (212) 555-0123
    r"|[2-9]\d\d([-.])\d{3}\1\d{4}"  # 212-555-0123
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # a Chinese mobile
    r"|[679]\d\d([ -])\d{3}\2\d{3}"  # a Spanish one
    r"|[67]\d{8}"
    r"|8[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d"  # a Russian one
)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}+(?: ?[A-Z0-9]{1,3}+)?(?![A-Za-z0-9])")
CARD = re.compile(r"(?<![\d-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\d-])")
CHINESE_ID = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
BANK_CUE = re.compile(
    r"(?i:\b(?:account (?:no|number|nr)|acct|a/c|bank account|compte bancaire|compte n|num[ée]ro de compte|cuenta"
    r"|расч[её]тн\w{2,3} сч[её]т|номер сч[её]та|р/с)|银行账[号户]|账号|帐号|卡号|حساب)[^\d\n]{0,25}?(\d[\d -]{5,32}+)"
)
DOCUMENT_CUE = re.compile(
    r"(?i:\b(?:passport|passeport|pasaporte|паспорт\w{0,2}|identity card|id card|national id|carte d.identit[ée]"
    r"|cédula|dni|curp|снилс|инн|driving licence|visa no)|护照|身份证|جواز|الهوية|الرقم القومي|الرقم الوطني)"
    r"[^\d\n]{0,30}?([A-Z]{0,2} ?\d[\d -]{4,20}+)"
)
DATE = (
    r"(?:[0-3]?\d(?:st|nd|rd|th|er)?[ ./-](?:de )?"  # 3 March 2007
    r"(?:[01]?\d|[^\W\d_]{3,12}+)\.?,?[ ./-](?:de )?(?:19|20)?\d\d"
    r"|[^\W\d_]{3,12}+ [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d"  # March 3, 2007
    r"|(?:19|20)\d\d(?:[-./][01]?\d[-./]|年[01]?\d月)[0-3]?\d日?)(?!\d)"
)
BIRTH_CUE = re.compile(
    r"(?:(?<!\w)(?i:born|date of birth|birth ?date|birthday|d\.?o\.?b\.?|née?s? le|date de naissance"
    r"|nacid[oa]s? el|naci[óo] el|fecha de nacimiento|родил\w{2,4}|дата рождения|рожд[её]нн\w{2,4})(?!\w)"
    rf"|出生(?:日期|于)?|生于|生日|مواليد|تاريخ الميلاد|ولدت?(?: في)?)"
    rf"[ :：,(]{{0,3}}(?:(?:in|at|en|à|в) [^\W\d_]{{2,20}}+ )?(?:on )?({DATE})"
)
REASONS = {
    Kind.EMAIL: _("Looks like an email address."),
    Kind.PHONE: _("Looks like a phone number."),
    Kind.PROFILE: _("Looks like someone’s profile or handle."),
    Kind.BANK: _("Looks like the number of a bank account or card."),
    Kind.DOCUMENT: _("Looks like the number of a passport or an identity card."),
    Kind.BIRTH: _("Looks like a date of birth."),
}


def find_contacts(text: str) -> Iterator[Spot]:
    """Yield contact details and personal numbers in a text. If two overlap, the more certain one comes first."""
    text = text.translate(DIGITS)
    for kind, start, end in _found(text):
        yield Spot(kind, start, end, REASONS[kind])


def _found(text: str) -> Iterator[tuple[Kind, int, int]]:
    for emails in (EMAIL, SPELLED_EMAIL):
        yield from ((Kind.EMAIL, *match.span()) for match in emails.finditer(text))
    yield from ((Kind.PROFILE, *match.span()) for match in PROFILE.finditer(text))
    yield from ((Kind.BANK, *match.span()) for match in IBAN.finditer(text) if _is_iban(match[0]))
    yield from ((Kind.DOCUMENT, *match.span()) for match in CHINESE_ID.finditer(text))
    yield from ((Kind.BANK, *match.span()) for match in CARD.finditer(text) if _is_card(match[0]))
    for kind, cue in (
        (Kind.DOCUMENT, DOCUMENT_CUE), (Kind.BANK, BANK_CUE), (Kind.PROFILE, MESSENGER), (Kind.BIRTH, BIRTH_CUE),
    ):  # fmt: skip
        yield from ((kind, *_trimmed(match)) for match in cue.finditer(text))
    yield from ((Kind.PROFILE, *match.span()) for match in HANDLE.finditer(text))
    yield from _phones(text)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return the start and end of the number after a cue, without surrounding spaces."""
    start, end = match.span(1)
    number = match[1]
    return start + len(number) - len(number.lstrip()), end - len(number) + len(number.rstrip(" -."))


def _is_iban(text: str) -> bool:
    """Return whether the check digits of an IBAN are right (ISO 13616: modulo 97)."""
    letters = text.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1


def _is_card(text: str) -> bool:
    """Return whether the check digit of a card number is right (the Luhn algorithm)."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = (digit if place % 2 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits))
    return any(digits) and sum(doubled) % 10 == 0


def _phones(text: str) -> Iterator[tuple[Kind, int, int]]:
    masked = OTHER_NUMBERS.sub(lambda match: "_" * len(match[0]), text)
    after_cue = {match.end() for match in PHONE_CUE.finditer(masked)}
    for match in PHONE.finditer(masked):
        number = match[0].strip()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        digits = sum(map(str.isdigit, number))
        if 7 <= digits <= 15 and (start in after_cue or _is_phone(number, digits)):
            yield Kind.PHONE, start, start + len(number)


def _is_phone(number: str, digits: int) -> bool:
    """Return whether a number with that many digits looks like a phone number without a cue before it."""
    groups = re.findall(r"\d+", number)
    if number.lstrip("( ")[0] == "+" or (number.startswith("00") and len(groups[0]) > 3):
        return digits >= 8
    if groups[0] == "00" and groups[1:] and groups[1][0] != "0":  # 00 256 772 123456
        return digits >= 11
    if PHONE_FORMS.fullmatch(number):
        return True
    if groups[0][0] != "0" or min(map(len, groups[1:]), default=2) < 2:
        return False
    return len(groups[0]) > 1 and digits >= (9 if len(groups) < 3 else 8) and digits <= 12
