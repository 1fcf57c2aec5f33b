"""Detection of the sender in texts that should not name them: withheld names, their initials, and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from search.analysis import stemmers
from text.proper_names import UPPER
from text.words import HAN, fold, languages_of, word_places

from .findings import Kind, Spot
from .names import ALL_STOP_WORDS

MIN_ACRONYM, MAX_ACRONYM = 3, 10  # letters; shorter ones are in too many words of all languages
MIN_NAME = 4  # letters of a name that is looked for alone
MIN_SITE = 8  # letters of a website's name that are compared with the beginning or end of an organization's
LONGEST_SIGNATURE = 120  # characters of a line
IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
QUOTED = re.compile(r"[«“„\"「《]([^«»“”„\"「」《》]{2,60})[»”“\"」》]")
HAN_NAME = re.compile(f"[{HAN}·]{{2,40}}")
SITE = re.compile(r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[\w-]{1,63}+\.){1,4}[a-z]{2,24})(?![\w.-]*@)", re.I)

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
# These words begin other sentences too, so only a short name after them counts.
SHORT_CLOSING = re.compile(
    r"^[ \t]*(?i:best(?: wishes)?|yours|(?:many )?thanks|thank you|regards|love|in solidarity|in hope|--|—"
    r"|merci|amicalement|bien à vous|en solidarité|gracias|saludos|un abrazo|en solidaridad|спасибо|с благодарностью"
    r"|شكرا|شكرًا|مع الشكر|تحياتي|谢谢|感谢)"
    rf"(?:,[ ]|[ \t]*[,.!،，。]?[ \t]*\r?\n[ \t]*)(?:\r?\n[ \t]*)?"
    rf"(?P<name>[{UPPER}\u0621-\u064a{HAN}][^\r\n,;:!?،؛。，]{{1,40}})[ \t]*$",
    re.M,
)

WITHHELD = _("Names the sender, who chose to withhold this name.")
SIGNED = _("Looks like a signature, in a contribution that withholds the name of its sender.")


def find_senders(text: str, withheld: Iterable[str]) -> Iterator[Spot]:
    """Yield the places in a text that name the sender: a `withheld` name or its acronym, and signatures.

    If no name is withheld, there are none.
    """
    names = [name for name in withheld if name.strip()]
    if not names:
        return
    yield from _withheld(text, names)
    for closing in (SIGNATURE, SHORT_CLOSING):
        yield from (Spot(Kind.SENDER, *match.span("name"), SIGNED) for match in closing.finditer(text))


def _withheld(text: str, names: list[str]) -> Iterator[Spot]:
    wanted = {form for name in names for form in _forms(name)}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(wanted, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    acronyms = {acronym for name in names for acronym in _acronyms(name)}
    places = _places(text)
    compared = [_compared(word) for word, _start, _end in places]
    for at, (word, start, end) in enumerate(places):
        if word in acronyms:
            yield Spot(Kind.SENDER, start, end, WITHHELD)
        for form in by_first.get(compared[at], ()):
            last = at + len(form)
            if tuple(compared[at:last]) == form and _is_name(text[start : places[last - 1][2]]):
                yield Spot(Kind.SENDER, start, places[last - 1][2], WITHHELD)
                break
    runs = {run for name in names for run in HAN_NAME.findall(name)}  # no space separates them from other words
    for run in runs:
        yield from (Spot(Kind.SENDER, *match.span(), WITHHELD) for match in re.finditer(run, text))
    yield from _sites(text, names, acronyms)


def _sites(text: str, names: Iterable[str], acronyms: Iterable[str]) -> Iterator[Spot]:
    """Yield the addresses of websites that are made of a name: www.cwla.org, coastalwomen.org."""
    joined = ["".join(filter(str.isalnum, fold(IN_BRACKETS.sub(" ", name)))) for name in names]
    short = {acronym.lower() for acronym in acronyms}
    for match in SITE.finditer(text):
        for label in match["host"].lower().split(".")[:-1]:
            letters = label.replace("-", "")
            is_part = len(letters) >= MIN_SITE and any(letters in name for name in joined)
            is_whole = any(len(name) >= MIN_SITE and name in letters for name in joined)
            if label in short or is_part or is_whole:
                yield Spot(Kind.SENDER, *match.span(), WITHHELD)
                break


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words under which a name is looked for: whole, without what is in brackets, what is quoted."""
    for text in {name, IN_BRACKETS.sub(" ", name), *IN_BRACKETS.findall(name), *QUOTED.findall(name)}:
        words = [word for word, _start, _end in _places(text)]
        while words and fold(words[0]) in ALL_STOP_WORDS:
            words = words[1:]
        if len(words) > 1 or (words and len(words[0]) >= MIN_NAME):
            yield tuple(map(_compared, words))


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return (word, start, end) for the words of a text, without the s of a genitive."""
    return [place for place in word_places(text) if place[0] != "s"]


@lru_cache(20_000)
def _compared(word: str) -> str:
    """Return a word as names are compared: without accents, and in Arabic and Russian as a stem."""
    folded = fold(word)
    language = languages_of(word)[0]
    if language in ("ar", "ru"):
        return stemmers.by_language[language].stemWord(folded)
    return folded.removesuffix("s") if len(folded) > MIN_NAME else folded


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


def single_names(person: str) -> list[str]:
    """Return the words of a person's name that are long enough to be looked for alone."""
    return [word for word in person.split() if len(word) >= MIN_NAME and not word.endswith(".")]
