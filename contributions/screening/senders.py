"""Detection of the sender in texts that should not name them: withheld names, their initials, and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from text.proper_names import UPPER
from text.words import STOP_WORDS, fold, word_places

from .findings import Kind, Spot

MIN_ACRONYM, MAX_ACRONYM = 3, 10  # letters; shorter ones are in too many words of all languages
MIN_NAME = 4  # letters of a family name that is looked for alone
LONGEST_SIGNATURE = 120  # characters of a line
IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
ALL_STOP_WORDS = frozenset(fold(word) for words in STOP_WORDS.values() for word in words)

# The words before a signature, which end a line or are followed by the name.
CLOSING = (
    r"(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) regards|sincerely(?: yours)?|respectfully(?: yours)?"
    r"|signed(?: by| for)?|on behalf of"
    r"|(?:bien )?cordialement|salutations distinguées|sincères salutations|signé(?: par)?|au nom de"
    r"|pour l['’]association"
    r"|atentamente|cordialmente|saludos cordiales|firmado(?: por)?|en nombre de"
    r"|с уважением|подпис(?:ь|ано)|от имени"
    r"|مع (?:فائق |خالص )?(?:الاحترام|التقدير|التحيات)|وتفضلوا بقبول فائق الاحترام|التوقيع|توقيع|باسم منظمة"
    r"|此致敬礼|此致|敬上|谨上|签名|签署)"
)
SIGNATURE = re.compile(
    rf"^[ \t]*{CLOSING}[ \t]*[,:;.،：，]?[ \t]*(?:\r?\n[ \t]*){{0,3}}(?P<name>[^\r\n]{{2,{LONGEST_SIGNATURE}}})$",
    re.I | re.M,
)

WITHHELD = _("Names the sender, who chose to withhold this name.")
SIGNED = _("Looks like a signature, in a contribution that withholds the name of its sender.")


def find_senders(text: str, withheld: Iterable[str]) -> Iterator[Spot]:
    """Yield the places in a text where a `withheld` name stands, or its acronym, and signatures, if any is withheld."""
    names = [name for name in withheld if name.strip()]
    if not names:
        return
    yield from _withheld(text, names)
    for match in SIGNATURE.finditer(text):
        yield Spot(Kind.SENDER, *match.span("name"), SIGNED)


def _withheld(text: str, names: list[str]) -> Iterator[Spot]:
    wanted = {form for name in names for form in _forms(name)}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(wanted, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    acronyms = {acronym for name in names for acronym in _acronyms(name)}
    places = list(word_places(text))
    folded = [fold(word) for word, _start, _end in places]
    for at, (word, start, end) in enumerate(places):
        if word in acronyms:
            yield Spot(Kind.SENDER, start, end, WITHHELD)
        for form in by_first.get(folded[at], ()):
            last = at + len(form)
            if tuple(folded[at:last]) == form and _is_name(text[start : places[last - 1][2]]):
                yield Spot(Kind.SENDER, start, places[last - 1][2], WITHHELD)
                break


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words under which a name is looked for: whole, and without what is in brackets."""
    for text in {name, IN_BRACKETS.sub(" ", name), *IN_BRACKETS.findall(name)}:
        words = tuple(fold(word) for word, _start, _end in word_places(text))
        while words and words[0] in ALL_STOP_WORDS:
            words = words[1:]
        if len(words) > 1 or (words and len(words[0]) >= MIN_NAME):
            yield words


def _acronyms(name: str) -> Iterator[str]:
    """Yield the acronyms of a name: one that is the name, one in brackets, and the first letters of its words."""
    yield from (found for found in [name.strip(), *IN_BRACKETS.findall(name)] if found.isupper() and found.isalpha())
    words = [word for word, _start, _end in word_places(IN_BRACKETS.sub(" ", name))]
    initials = "".join(word[0] for word in words if word[0].isupper() and fold(word) not in ALL_STOP_WORDS)
    if MIN_ACRONYM <= len(initials) <= MAX_ACRONYM:
        yield initials


def _is_name(written: str) -> bool:
    """Return whether words are written like a name: with a capital letter, where the script has any."""
    return not written.islower() or re.search(f"[{UPPER}]", written) is not None


def family_name(person: str) -> str:
    """Return the last word of a person's name if it is long enough to be looked for alone, or ""."""
    last = person.rsplit(maxsplit=1)[-1] if person.strip() else ""
    return last if len(last) >= MIN_NAME else ""
