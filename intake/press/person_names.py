"""Find the names of people in prose, with the title, office or role that directly precedes each name."""

import re
from collections.abc import Set
from dataclasses import dataclass

from text.proper_names import LOWER, OTHER_CAPITALS, PLACES, UPPER
from text.words import STOP_WORDS, fold

from .organizations import ORGANIZATION_NOUN
from .sentences import FILLED
from .speech_verbs import ADVERB, SPEECH_VERB_FIRST, SPEECH_VERBS

NAME_PART = (
    rf"(?:(?:Al|El|al|el|ul|ad|as|ash|ar|an|at)[-’'])?(?:[{UPPER}]['’]|Mc|Mac|Di|De|La|Le|Fitz)?"
    rf"[{UPPER}](?:[{LOWER}]+|[{UPPER}]+)(?:[-’'ʻ](?!s\b)[{UPPER}{LOWER}][{LOWER}{UPPER}]*)*"
    rf"(?:(?<!s)[’'](?=[ \u00a0][{UPPER}]))?"
)
NAME_PARTICLES = (
    "van [’']t|de la|de las|de los|de|del|della|di|da|das|do|dos|du|van der|van den|van de|van|von der|von"
    "|zu|der|den|ter|ten|el|al|bin|ibn|bint|ben|abu|ould|la|le|y|e|i|af|av|Ó|Ní|O|Mac|St"
)
INITIAL = rf"[{UPPER}]\."
LEADING_INITIALS = rf"(?:[{UPPER}]\.[ \u00a0]?){{0,4}}"
NICKNAME = rf"[“\"‘']{NAME_PART}[”\"’'](?=[ \u00a0]{NAME_PART})"
NEXT_NAME_PART = rf"(?:(?:{NAME_PARTICLES})[ \u00a0])?(?:[ʻ‘']?{NAME_PART}|{INITIAL}(?:[{UPPER}]\.)*|{NICKNAME})"
NAME_RUN = re.compile(rf"(?<![\w’'@/-]){LEADING_INITIALS}{NAME_PART}(?:[ \u00a0]{NEXT_NAME_PART})*")
HONORIFICS = (
    r"Mr|Mrs|Ms|Miss|Mx|Madam|Madame|Sir|Dame|Dr|Prof|Amb|Hon|H\.\s?E|HE|Her Excellency|His Excellency"
    r"|Their Excellency|the Honou?rable|Honou?rable|Señora?|Sra?|Mme|M"
    r"|Lt|Cdr|Col|Capt|Maj|Gen|Brig|Sgt|Insp|Supt|Fr|Rev|Msgr|Eng|Ing|Adv"
)
# Titles that say what a person is; they are kept.
TITLES = frozenset(
    """professor prof dr doctor ambassador amb judge justice sister father rabbi imam reverend
    minister senator colonel captain general commissioner lord lady baroness lieutenant major sergeant admiral
    brigadier commander lt cdr col capt maj gen brig sgt insp supt fr rev msgr eng ing adv""".split()  # noqa: SIM905
)
COURTESY_TITLES = frozenset(
    """mr mrs ms miss mx madam madame sir dame hon he h.e her his their excellency the honourable
    honorable senor senora sr sra mme""".split()  # noqa: SIM905
)
ROLES = {
    "chair": "chair", "chairperson": "chair", "chairwoman": "chair", "chairman": "chair", "co-chair": "co-chair",
    "co-chairs": "co-chair", "co-chairperson": "co-chair", "co-chairpersons": "co-chair", "moderator": "moderator",
    "co-chairwoman": "co-chair", "co-chairman": "co-chair", "facilitator": "moderator", "panellist": "panellist",
    "panellists": "panellist", "panelist": "panellist", "panelists": "panellist", "speaker": "speaker",
    "keynote": "speaker", "speakers": "speaker",
}  # fmt: skip
OFFICES = frozenset(
    """director secretary-general secretary president vice-president chief officer adviser advisor counsel counsellor
    coordinator co-ordinator prosecutor researcher lawyer attorney expert delegate representative attache rapporteur
    envoy founder co-founder spokesperson spokeswoman spokesman advocate activist survivor leader member lecturer
    analyst specialist inspector detective superintendent investigator economist sociologist criminologist academic
    scholar journalist worker consultant manager under-secretary-general undersecretary minister-counsellor
    vice-chair dean trustee volunteer ceo cfo cto coo convenor convener magistrate ombudsman ombudsperson
    paralegal""".split()  # noqa: SIM905
)
# Words that precede an office, or that are an office only when no other word follows.
JOB_WORDS = OFFICES | frozenset(
    """executive deputy assistant associate senior junior vice head programme program project legal policy research
    permanent first second third special managing regional national country lead board fellow social mission
    plenipotentiary extraordinary""".split()  # noqa: SIM905
)
NEVER_IN_NAMES = (OTHER_CAPITALS - {"christian", "april", "august", "june"}) | frozenset(
    """university dialogue dialogues constructive persons migrants trafficking smuggling protocol organs network
    coalition alliance society initiative project ministry office unit section branch college faculty trust
    federation union group rights law centre center foundation institute association ngo ngos civil working parties
    q&a session panel report summary crime firearms opening closing online monday tuesday wednesday thursday
    friday saturday sunday states state team company inc ltd press release news hall collective consortium observatory
    platform academy campaign clinic movement volunteers""".split()  # noqa: SIM905
)
SENTENCE_OPENERS = frozenset(
    """later earlier yesterday today also finally meanwhile asked speaking addressing echoing thanking according
    quoting during through regarding concluding turning moderated chaired opened closed panellist moreover however
    furthermore similarly likewise as in on at for from with when while after before but and yet still then there
    here both another one two three several many other its their his her our my your this that these those the a an
    representing responding replying introducing welcoming recalling drawing building citing noting stressing meet
    finally lastly firstly secondly thirdly next first second third""".split()  # noqa: SIM905
) | {fold(word) for word in STOP_WORDS["en"]}
# What precedes capitalized words that end the name of an organization, or name a thing:
# "Academy of Migration Studies", "the Red Sea".
INSIDE_OTHER_NAME = re.compile(
    rf"(?:(?P<body>[{UPPER}][\w’'-]*)\s+(?:of|for|against|in|on|to|with|por|para|contra|pour|contre|für|per|em|en)"
    rf"(?:\s+(?:the|l[aeo]s?|el|les|die|a|o))?|\b[Tt]he|\bat|(?:dialogues?|group|panel) on"
    rf"|\b{ORGANIZATION_NOUN})\s+$"
)
# "from the trade union Força Rural": the noun shows that no person is named, unless it is one of PERSON_NOUNS.
NAMED_THING = re.compile(
    r"\b(?:from|of|with|for|representing)\s(?:the|an?|its)\s(?:[\w-]+\s){0,4}?(?P<noun>[a-z][\w-]+)\s$"
)
PERSON_NOUNS = OFFICES | ROLES.keys() | STOP_WORDS["en"] | frozenset(
    """late former current then mother father sister brother victim woman man girl boy author artist singer writer poet
    colleague nurse teacher student judge witness doctor professor floor session meeting panel debate discussion event
    day year week moment""".split()  # noqa: SIM905
)  # fmt: skip
SPEAKS_AFTER = re.compile(rf",\s+{ADVERB}*{SPEECH_VERBS}(?![\w-])")
FUNCTION_WORDS = frozenset("not and or the for with without from our your their we us you on at all no by".split())  # noqa: SIM905
HONORIFICS_BEFORE = re.compile(rf"(?:(?<!\w)(?:{HONORIFICS})\.?[ \u00a0]+)+(?:\(ret(?:d|ired)?\.?\)[ \u00a0]+)?$")

# People with a single name: "said Adaora, a survivor leader", "Suryani, Director of …, explained".
CLAUSE = r"(?P<clause>[^.;:\n\ue000]{3,160}?)"
SAID_BY_MONONYM = re.compile(
    rf"{FILLED}[\s,–—-]*(?:{SPEECH_VERB_FIRST.pattern})\s+(?P<name>{NAME_PART}),\s+{CLAUSE}(?=[.,;:\n]|$)"
)
MONONYM_OPENS = re.compile(
    rf"(?:^|\n|[.!?{FILLED}]\s)\s*(?P<name>{NAME_PART}),\s+{CLAUSE},\s+(?:{ADVERB}*{SPEECH_VERBS})(?![\w-])"
)
WordAt = tuple[int, str]  # a word and its offset before it
NOT_MONONYMS = NEVER_IN_NAMES | SENTENCE_OPENERS | JOB_WORDS | TITLES | PLACES | ROLES.keys()


@dataclass(frozen=True)
class NameMention:
    """A person's name in the prose: offsets of the name, and in `lead` that of the title or office before it."""

    lead: int
    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    gender: str = ""  # "she" or "he" if an honorific shows it

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one word."""
        return " " in self.name


def find_names(prose: str, surnames: Set[str] = frozenset()) -> list[NameMention]:
    """Return the names in a text, in order.

    A name has at least two words, or one word that follows an honorific or is in `surnames` (folded).
    """
    found: list[NameMention] = []
    for match in NAME_RUN.finditer(prose):
        mention = _parse_name(prose, match, surnames)
        if mention and not (found and _describes_previous(prose, found[-1], mention)):
            found.append(mention)
    return found


def _describes_previous(prose: str, before: NameMention, mention: NameMention) -> bool:
    """Return whether an apparent name is the affiliation of the one before: "Ana Ruiz, Open Door, said"."""
    if _is_bracketed_after(prose, before.end, mention.lead):
        return True
    is_plain = prose[before.end : mention.start] == ", " and before.is_full and not mention.title and not mention.role
    is_listed = re.search(r"(?:,|\band)\s$", prose[max(0, before.lead - 5) : before.lead])
    return bool(is_plain and not is_listed and SPEAKS_AFTER.match(prose, mention.end))


def _is_bracketed_after(prose: str, end: int, start: int) -> bool:
    """Return whether an offset is inside brackets that directly follow a name."""
    return bool(re.fullmatch(r"\s\([^()\n]{0,160}", prose[end:start]))


def _parse_name(prose: str, match: re.Match[str], surnames: Set[str]) -> NameMention | None:
    start, end = match.span()
    before = HONORIFICS_BEFORE.search(prose, max(0, start - 40), start)
    words = [(one.start() + start, one[0]) for one in re.finditer(r"\S+", prose[start:end])]
    honorific, lead = (before[0] if before else ""), (before.start() if before else start)
    taken, words = _split_leading_words(_drop_preceding_name(words))
    if not words:
        return None
    start = words[0][0]
    parts = [fold(word).strip(".") for _, word in words]
    if any(part in FUNCTION_WORDS for part in parts[1:]):
        return None
    if any(part in NEVER_IN_NAMES for part in parts) or all(part in PLACES for part in parts):
        return None
    if _cannot_be_person(prose, match.start(), parts) and not honorific:
        return None
    titles, role = _titles_and_role(taken)
    called = honorific or role or any(fold(word).strip(".") in COURTESY_TITLES | TITLES for word in taken)
    if not (called or titles) and _ends_other_name(prose, start):
        return None
    name = prose[start:end]
    if len(words) == 1 and not (called and len(name) > 2) and fold(name) not in surnames:
        return None
    title = " ".join([*_titles_in(honorific), *titles])
    return NameMention(
        lead if honorific else _lead(prose, match.start(), start), start, end, name, title, role,
        _gender(honorific + " ".join(taken)),
    )  # fmt: skip


def _cannot_be_person(prose: str, start: int, parts: list[str]) -> bool:
    """Return whether capitalized words follow an opening mark or end with an office: "Labour Inspector"."""
    return prose[start - 1 : start] in tuple('“«„"‘(') or parts[-1] in OFFICES or parts[0].endswith("-based")


def _lead(prose: str, place: int, start: int) -> int:
    """Return the offset after the words that only open a sentence, such as "For" in "For Professor Li"."""
    for word in re.finditer(r"\S+", prose[place:start]):
        if fold(word[0]) not in SENTENCE_OPENERS - {"first", "second", "third", "her", "his", "their"}:
            return place + word.start()
    return start


def _ends_other_name(prose: str, start: int) -> bool:
    called = NAMED_THING.search(prose, max(0, start - 80), start)
    if called and fold(called["noun"]) not in PERSON_NOUNS:
        return True
    match = INSIDE_OTHER_NAME.search(prose, max(0, start - 40), start)
    return bool(match and not (match["body"] and fold(match["body"]) in SENTENCE_OPENERS))


def _drop_preceding_name(words: list[WordAt]) -> list[WordAt]:
    """Return the words without those of a name that runs into it: "Smuggling of Migrants Luis Alberto Cárdenas"."""
    last = max([at for at, (_, word) in enumerate(words) if fold(word) in NEVER_IN_NAMES], default=-1)
    return words[last + 1 :] if len(words) - last > 2 else words


def _split_leading_words(words: list[WordAt]) -> tuple[list[str], list[WordAt]]:
    """Return the leading words that are not part of the name, and the rest."""
    taken: list[str] = []
    while words and _is_leading_word(words, bool(taken)):
        taken.append(words[0][1])
        words = words[1:]
    return taken, words


def _is_leading_word(words: list[WordAt], goes_on: bool) -> bool:
    word = words[0][1]
    folded = fold(word).strip(".")
    if re.fullmatch(rf"(?:{INITIAL})+", word):
        mention = next((fold(other).strip(".") for _, other in words if not other.endswith(".")), "")
        return len(words) > 1 and mention in SENTENCE_OPENERS | JOB_WORDS | COURTESY_TITLES | TITLES
    if folded in SENTENCE_OPENERS | TITLES | COURTESY_TITLES | JOB_WORDS or folded in ROLES:
        return True
    # "UNODC Executive Director Ghada Waly": an acronym before an office is an organization.
    if word.isupper() and len(word) > 2 and len(words) > 2 and not goes_on:
        return True
    return folded.endswith("ing") and len(folded) > 6 and len(words) > 2


def _titles_and_role(taken: list[str]) -> tuple[list[str], str]:
    role = next((ROLES[fold(word)] for word in taken if fold(word) in ROLES), "")
    titles = [
        word for word in taken if fold(word).strip(".") in TITLES | JOB_WORDS or (word.isupper() and len(word) > 2)
    ]
    offices = any(fold(word).strip(".") in TITLES | JOB_WORDS for word in titles)
    return (titles if offices else []), role


def _titles_in(honorific: str) -> list[str]:
    return [word for word in honorific.split() if fold(word).strip(".") in TITLES]


def _gender(words: str) -> str:
    folded = fold(words)
    if re.search(r"\b(?:ms|mrs|miss|madam|madame|her|dame|mme|sra|senora|chairwoman|co-chairwoman|sister)\b", folded):
        return "she"
    return "he" if re.search(r"\b(?:mr|sir|his|sr|senor|chairman|father)\b", folded) else ""


def find_mononyms(prose: str) -> set[str]:
    """Return the single words (folded) that name a person, as shown by the description that follows them."""
    found = (match for pattern in (SAID_BY_MONONYM, MONONYM_OPENS) for match in pattern.finditer(prose))
    return {
        fold(match["name"]) for match in found if _may_be_mononym(match["name"]) and _describes_person(match["clause"])
    }


def _may_be_mononym(word: str) -> bool:
    return fold(word) not in NOT_MONONYMS and not (word.isupper() and len(word) > 2) and len(word) > 2


def _describes_person(clause: str) -> bool:
    words = re.findall(r"[\w-]+", fold(clause))[:6]
    return any(word in OFFICES or word in TITLES or word in ROLES for word in words)
