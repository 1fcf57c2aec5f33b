"""Names of persons in a prose, with what stands right before them: a title, an office, a role."""

import re
from dataclasses import dataclass

from text.folding import fold
from text.proper_names import LOWER, OTHER_CAPITALS, PLACES, UPPER
from text.stop_words import STOP_WORDS

from .bodies import BODY_NOUN
from .verbs import ADVERB, SAYING

PART = (
    rf"(?:(?:Al|El|al|el|ul|ad|as|ash|ar|an|at)[-’'])?(?:[{UPPER}]['’]|Mc|Mac|Di|De|La|Le|Fitz)?"
    rf"[{UPPER}](?:[{LOWER}]+|[{UPPER}]+)(?:[-’'ʻ](?!s\b)[{UPPER}{LOWER}][{LOWER}{UPPER}]*)*"
    rf"(?:(?<!s)[’'](?=[ \u00a0][{UPPER}]))?"
)
OF = (
    "van [’']t|de la|de las|de los|de|del|della|di|da|das|do|dos|du|van der|van den|van de|van|von der|von"
    "|zu|der|den|ter|ten|el|al|bin|ibn|bint|ben|abu|ould|la|le|y|e|i|af|av|Ó|Ní|O|Mac|St"
)
INITIAL = rf"[{UPPER}]\."
FIRST_INITIALS = rf"(?:[{UPPER}]\.[ \u00a0]?){{0,4}}"
NICKNAME = rf"[“\"‘']{PART}[”\"’'](?=[ \u00a0]{PART})"
NEXT_PART = rf"(?:(?:{OF})[ \u00a0])?(?:[ʻ‘']?{PART}|{INITIAL}(?:[{UPPER}]\.)*|{NICKNAME})"
RUN = re.compile(rf"(?<![\w’'@/-]){FIRST_INITIALS}{PART}(?:[ \u00a0]{NEXT_PART})*")
HONORIFICS = (
    r"Mr|Mrs|Ms|Miss|Mx|Madam|Madame|Sir|Dame|Dr|Prof|Amb|Hon|H\.\s?E|HE|Her Excellency|His Excellency"
    r"|Their Excellency|the Honou?rable|Honou?rable|Señora?|Sra?|Mme|M"
    r"|Lt|Cdr|Col|Capt|Maj|Gen|Brig|Sgt|Insp|Supt|Fr|Rev|Msgr|Eng|Ing|Adv"
)
# These go with a name and say what somebody is; they are kept as the title.
TITLES = frozenset(
    """professor prof dr doctor ambassador amb judge justice sister father rabbi imam reverend
    minister senator colonel captain general commissioner lord lady baroness lieutenant major sergeant admiral
    brigadier commander lt cdr col capt maj gen brig sgt insp supt fr rev msgr eng ing adv""".split()  # noqa: SIM905
)
PLAIN = frozenset(
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
# These stand before an office, or are one only where no other word follows.
JOBS = OFFICES | frozenset(
    """executive deputy assistant associate senior junior vice head programme program project legal policy research
    permanent first second third special managing regional national country lead board fellow social mission
    plenipotentiary extraordinary""".split()  # noqa: SIM905
)
NO_PARTS = (OTHER_CAPITALS - {"christian", "april", "august", "june"}) | frozenset(
    """university dialogue dialogues constructive persons migrants trafficking smuggling protocol organs network
    coalition alliance society initiative project ministry office unit section branch college faculty trust
    federation union group rights law centre center foundation institute association ngo ngos civil working parties
    q&a session panel report summary crime firearms opening closing online monday tuesday wednesday thursday
    friday saturday sunday states state team company inc ltd press release news hall collective consortium observatory
    platform academy campaign clinic movement volunteers""".split()  # noqa: SIM905
)
OPENERS = frozenset(
    """later earlier yesterday today also finally meanwhile asked speaking addressing echoing thanking according
    quoting during through regarding concluding turning moderated chaired opened closed panellist moreover however
    furthermore similarly likewise as in on at for from with when while after before but and yet still then there
    here both another one two three several many other its their his her our my your this that these those the a an
    representing responding replying introducing welcoming recalling drawing building citing noting stressing meet
    finally lastly firstly secondly thirdly next first second third""".split()  # noqa: SIM905
) | {fold(word) for word in STOP_WORDS["en"]}
# Before a run that is the end of a body's name, or a thing: "Academy of Migration Studies", "the Red Sea".
IN_BODY = re.compile(
    rf"(?:(?P<body>[{UPPER}][\w’'-]*)\s+(?:of|for|against|in|on|to|with|por|para|contra|pour|contre|für|per|em|en)"
    rf"(?:\s+(?:the|l[aeo]s?|el|les|die|a|o))?|\b[Tt]he|\bat|(?:dialogues?|group|panel) on"
    rf"|\b{BODY_NOUN})\s+$"
)
# "from the trade union Força Rural": the noun before a name says that it is no person's, unless it is one of these.
CALLED = re.compile(r"\b(?:from|of|with|for|representing)\s(?:the|an?|its)\s(?:[\w-]+\s){0,4}?(?P<noun>[a-z][\w-]+)\s$")
OF_PERSONS = OFFICES | ROLES.keys() | STOP_WORDS["en"] | frozenset(
    """late former current then mother father sister brother victim woman man girl boy author artist singer writer poet
    colleague nurse teacher student judge witness doctor professor floor session meeting panel debate discussion event
    day year week moment""".split()  # noqa: SIM905
)  # fmt: skip
SPEAKS_NEXT = re.compile(rf",\s+{ADVERB}*{SAYING}(?![\w-])")
LITTLE = frozenset("not and or the for with without from our your their we us you on at all no by".split())  # noqa: SIM905
BEFORE = re.compile(rf"(?:(?<!\w)(?:{HONORIFICS})\.?[ \u00a0]+)+(?:\(ret(?:d|ired)?\.?\)[ \u00a0]+)?$")


@dataclass(frozen=True)
class Named:
    """A person's name in the prose; `lead` is where the title or office before it begins."""

    lead: int
    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    gender: str = ""  # "she" or "he" where an honorific says so

    @property
    def is_full(self):
        return " " in self.name


def names_in(prose, surnames=frozenset()):
    """Names of two words or more, and of one behind an honorific or among `surnames` (folded), in order."""
    found = []
    for match in RUN.finditer(prose):
        named = _named(prose, match, surnames)
        if named and not (found and _is_of_the_one_before(prose, found[-1], named)):
            found.append(named)
    return found


def _is_of_the_one_before(prose, before, named):
    """Whether what looks like a name says where the one before is from: in brackets, or "Ana Ruiz, Open Door, said"."""
    if _in_brackets_behind(prose, before.end, named.lead):
        return True
    is_plain = prose[before.end : named.start] == ", " and before.is_full and not named.title and not named.role
    is_listed = re.search(r"(?:,|\band)\s$", prose[max(0, before.lead - 5) : before.lead])
    return bool(is_plain and not is_listed and SPEAKS_NEXT.match(prose, named.end))


def _in_brackets_behind(prose, end, start):
    """Whether a place is in brackets that stand right behind a name, and say where that person is from."""
    return bool(re.fullmatch(r"\s\([^()\n]{0,160}", prose[end:start]))


def _named(prose, match, surnames):
    start, end = match.span()
    before = BEFORE.search(prose, max(0, start - 40), start)
    words = [(one.start() + start, one[0]) for one in re.finditer(r"\S+", prose[start:end])]
    honorific, lead = (before[0] if before else ""), (before.start() if before else start)
    taken, words = _leading(_behind_a_body(words))
    if not words:
        return None
    start = words[0][0]
    parts = [fold(word).strip(".") for _, word in words]
    if any(part in LITTLE for part in parts[1:]):
        return None
    if any(part in NO_PARTS for part in parts) or all(part in PLACES for part in parts):
        return None
    if _is_no_person(prose, match.start(), parts) and not honorific:
        return None
    titles, role = _what_they_are(taken)
    called = honorific or role or any(fold(word).strip(".") in PLAIN | TITLES for word in taken)
    if not (called or titles) and _ends_a_body(prose, start):
        return None
    name = prose[start:end]
    if len(words) == 1 and not (called and len(name) > 2) and fold(name) not in surnames:
        return None
    title = " ".join([*_kept(honorific), *titles])
    return Named(
        lead if honorific else _lead(prose, match.start(), start), start, end, name, title, role,
        _gender(honorific + " ".join(taken)),
    )  # fmt: skip


def _is_no_person(prose, start, parts):
    """What stands right behind an opening mark is a title, what ends with an office is one: "Labour Inspector"."""
    return prose[start - 1 : start] in tuple('“«„"‘(') or parts[-1] in OFFICES or parts[0].endswith("-based")


def _lead(prose, place, start):
    """Where what belongs to a name begins in its run: behind words that only begin a sentence, "For Professor Li"."""
    for word in re.finditer(r"\S+", prose[place:start]):
        if fold(word[0]) not in OPENERS - {"first", "second", "third", "her", "his", "their"}:
            return place + word.start()
    return start


def _ends_a_body(prose, start):
    called = CALLED.search(prose, max(0, start - 80), start)
    if called and fold(called["noun"]) not in OF_PERSONS:
        return True
    match = IN_BODY.search(prose, max(0, start - 40), start)
    return match and not (match["body"] and fold(match["body"]) in OPENERS)


def _behind_a_body(words):
    """Without what another name that ran into it leaves: "Smuggling of Migrants Luis Alberto Cárdenas"."""
    last = max([at for at, (_, word) in enumerate(words) if fold(word) in NO_PARTS], default=-1)
    return words[last + 1 :] if len(words) - last > 2 else words


def _leading(words):
    """The words at the head of a run that are no part of a name, and the rest."""
    taken = []
    while words and _leads(words, bool(taken)):
        taken.append(words[0][1])
        words = words[1:]
    return taken, words


def _leads(words, goes_on):
    word = words[0][1]
    folded = fold(word).strip(".")
    if re.fullmatch(rf"(?:{INITIAL})+", word):
        named = next((fold(other).strip(".") for _, other in words if not other.endswith(".")), "")
        return len(words) > 1 and named in OPENERS | JOBS | PLAIN | TITLES
    if folded in OPENERS | TITLES | PLAIN | JOBS or folded in ROLES:
        return True
    # "UNODC Executive Director Ghada Waly": what stands before an office is a body.
    if word.isupper() and len(word) > 2 and len(words) > 2 and not goes_on:
        return True
    return folded.endswith("ing") and len(folded) > 6 and len(words) > 2


def _what_they_are(taken):
    role = next((ROLES[fold(word)] for word in taken if fold(word) in ROLES), "")
    titles = [word for word in taken if fold(word).strip(".") in TITLES | JOBS or (word.isupper() and len(word) > 2)]
    offices = any(fold(word).strip(".") in TITLES | JOBS for word in titles)
    return (titles if offices else []), role


def _kept(honorific):
    return [word for word in honorific.split() if fold(word).strip(".") in TITLES]


def _gender(words):
    folded = fold(words)
    if re.search(r"\b(?:ms|mrs|miss|madam|madame|her|dame|mme|sra|senora|chairwoman|co-chairwoman|sister)\b", folded):
        return "she"
    return "he" if re.search(r"\b(?:mr|sir|his|sr|senor|chairman|father)\b", folded) else ""
