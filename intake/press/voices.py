"""Who says a quotation: the words around it that name a speaker, point back to one, or go on from the last."""

import re
from dataclasses import dataclass

from .names import Named
from .verbs import ADVERB, GOES_ON, PRONOUN, SUBJECT_PRONOUN, VERB, VERB_FIRST

TERM = re.compile(
    r"(?:so[- ]called|known as|called|termed|dubbed|labelled|terms?|phrase|notion|concept|entitled|titled|title|report"
    r"|study|publication|campaign|project|book|paper|theme|slogan|motto|film|documentary|initiative|programme|toolkit"
    r"|panel|session|course|manual|guide|series|event|workshop|network|nicknamed|under the title)[,:]?\s*$", re.I
)  # fmt: skip
SOFT = re.compile(r"\b(?:the|a|an|of|on|in|for|by|their|her|his|its|about|with|to|this|these|from|into)\s*$", re.I)
INTRODUCES = re.compile(r"(?:[:,]|\bthat|\bas|\bin|\bsay|\bwas|\bwere)\s*$")
ACCORDING = re.compile(r"(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion|eyes) of|[Aa]s put by|(?:^|,)\s*[Ff]or)\s+")
ANY_PRONOUN = re.compile(r"([Hh]e|[Ss]he|[Tt]hey)\s+(?:\w+ly\s+)?\w+(?:ed|t|id)\b")
ANY_VERB = re.compile(r"(?:,[^.]{2,120},)?\s+(?:\w+ly\s+)?[a-z]+(?:ed|t|id)\b")
AS_SAYING = re.compile(r"quot(?:ed|es|ing)\s[^.]*\bas saying\W*$|\b(?:quot|cit)(?:ed|es|ing)\s[^.:]{2,60}:\s*$")
COLON = re.compile(r"\s*(?:\([^)]*\)|(?:,|\s(?:of|from|at)\s)[^:.]{0,160})?:\s*")
SPOKEN_TO = re.compile(r"\b(?:to|with|thank\w*|asked by (?:the )?(?:[\w-]+,)?)\s+$", re.I)
PRONOUN_OF = {"his": "he", "her": "she", "their": "they", "him": "he", "them": "they"}
VIEW = re.compile(
    r"\b(?:[Ii]n|[Tt]o)\s(?P<of>his|her|their)\s(?:view|opinion|experience|words|eyes|mind)\b"
    r"|\b(?:[Aa]ccording to|[Ff]or)\s(?P<to>him|her|them)(?=,)"
)
WAS_THEIRS = re.compile(r"(?:was|were|is)\s(?P<of>his|her|their)\s\w+")
NOUN = re.compile(
    r"(?:the|The|a|A|an|An|one|One|another|Another|(?:[Hh]er|[Hh]is|[Tt]heir)(?=\s(?:fellow )?[Cc]o-[Cc]hair))\s+"
    r"[^,.;:\n\ue000]{3,90}?(?=\s+(?:also |further )?$)"
)
WHO = re.compile(rf"^(?:\s\([^()]*\))?(?:,[^,;]*)?,?\s+who\s+{ADVERB}*$")  # a name and "who also said"
ELIDED = re.compile(rf"[\s,]*(?:and|but|then)\s+{ADVERB}*")
JOINED = re.compile(
    r"[\s,;]*(?:and|but|or)?\s*(?:that|how)?\s*|[\s,;]*(?:and|but)\s+(?:that|how)\s[^.,;:\n\ue000]{2,60}\s"
)
BY_ANOTHER = re.compile(r"\b(?:a|an|one|another)\s[^,.;:\ue000]{3,60}\s(?:who|that)\s(?:had |has |once |then )?$")
NOT_SUBJECT = re.compile(
    r"\b(?:at|by|of|for|to|from|with|than|late|about|against|behind|on|after|thank\w*|quot\w+|cit\w+|echo\w+|memory"
    r"|join\w+|like)\s+(?:the\s+)?(?:late\s+)?(?:her |his |their )?(?:(?:co-)?chair,\s|moderator,\s)?$", re.I
)  # fmt: skip
LEAST = 3  # words
LEAST_PART = 4  # words that a part of a sentence must have to be somebody's words


@dataclass(frozen=True)
class Voice:
    """A speaker by name, by a pronoun or by what they are (`noun`), or whoever spoke last."""

    named: Named | None = None
    pronoun: str = ""
    noun: str = ""
    at: int = 0
    goes_on: bool = False


LAST = Voice(goes_on=True)


def voice(around, names):
    """The Voice of a quotation, or None for marks that hold a title or a term."""
    words = len(re.findall(r"\w+", around.words))
    if (TERM.search(around.head) and not around.goes_behind) or words < 1:
        return None
    if (around.words.istitle() and not around.goes_behind) or (
        SOFT.search(around.head) and (words < LEAST_PART or _is_title(around.words))
    ):
        return None
    behind, before = _behind(around, names), _before(around, names)
    is_behind = around.goes_behind and behind and (around.words[-1:] == "," or not before)
    found = behind if is_behind else before or (None if around.is_next_introduced else behind)
    if found and (around.is_whole or words >= LEAST_PART or (words >= LEAST and INTRODUCES.search(around.head))):
        return found
    if found and around.interrupts and around.ends_itself:
        return found
    if found and around.goes_behind and around.words[-1:] in tuple(",.!?") and around.words[:1].isupper():
        return found
    return None if found else _no_verb(around, names, words)


def _no_verb(around, names, words):
    """Words without a verb of saying: they go on from the last, or follow a sentence whose subject speaks."""
    between = around.prose[around.before.end : around.quotation.start] if around.before else ""
    goes_on = (words >= LEAST or around.is_whole) and len(re.findall(r"[.!?](?=\s)", between)) <= 1
    if around.same_paragraph and goes_on and JOINED.fullmatch(around.head):
        return LAST
    if around.interrupts:
        return LAST
    if around.words[-1:] == "," and re.match(r"\s*\w", around.tail):
        return None  # what follows says whose words they are, in a way that is not understood
    if around.is_whole and words > LEAST_PART and not around.head.strip():
        line = around.prose.rfind("\n", 0, around.quotation.start) + 1
        past = [one for one in names if line <= one.start < around.quotation.start]
        return Voice(past[-1], at=past[-1].start) if past else LAST if around.before else None
    return None


def _is_title(words):
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > len(long) / 2


def _behind(around, names):
    tail = around.tail
    place = re.match(r"[\s,–—-]*", tail).end()
    start = around.quotation.end + place
    inside = [one for one in names if start <= one.start < around.tail_end]
    goes_on = bool(GOES_ON.search(tail))
    if match := WAS_THEIRS.match(tail, place):
        return Voice(pronoun=PRONOUN_OF[match["of"]], at=start)
    if match := PRONOUN.match(tail, place):
        return Voice(pronoun=(match["who"] or match["behind"]).lower(), at=start, goes_on=goes_on)
    if match := (VERB_FIRST.match(tail, place) or ACCORDING.match(tail, place)):
        return _named_behind(around, inside, around.quotation.end + match.end(), goes_on)
    if (
        inside
        and around.words[-1:] == ","
        and re.fullmatch(r"(?:\w+ly )?[a-z]+(?:ed|es|s)\s+(?:the )?", around.prose[start : inside[0].lead])
    ):
        return Voice(inside[0], at=inside[0].start, goes_on=goes_on)
    has_verb = inside and VERB.search(around.prose, inside[0].end, around.tail_end)
    if has_verb and not VERB.search(around.prose, start, inside[0].lead):
        return Voice(inside[0], at=inside[0].start, goes_on=goes_on)
    if around.words[-1:] == "," and (voice_of := _any_verb(around, inside, start)):
        return voice_of
    if inside and re.match(r"\s*[–—-]", tail) and inside[0].lead - start < 5:
        return Voice(inside[0], at=inside[0].start)
    if (verb := VERB.search(tail, place)) and (noun := NOUN.match(tail[place : verb.start()])):
        return Voice(noun=noun[0].strip(), at=start, goes_on=goes_on)
    return None


def _any_verb(around, inside, start):
    """Who stands with a verb that no list has: behind a comma in the marks any verb says that they spoke."""
    if match := ANY_PRONOUN.match(around.prose, start, around.tail_end):
        return Voice(pronoun=match[1].lower(), at=start)
    if inside and inside[0].lead - start < 2 and ANY_VERB.match(around.prose, inside[0].end, around.tail_end):
        return Voice(inside[0], at=inside[0].start)
    return None


def _named_behind(around, inside, start, goes_on):
    """Who stands behind "said": a name, also one behind an office, or somebody without one."""
    if inside and len(around.prose[start : inside[0].lead]) < 160:
        return Voice(inside[0], at=inside[0].start, goes_on=goes_on)
    rest = re.match(r"\s*((?:the|a|an|one|another)\s+[^,.;:\n\ue000]{3,120})", around.prose[start : around.tail_end])
    return Voice(noun=rest[1].strip(), at=start, goes_on=goes_on) if rest else None


def _before(around, names):
    head, offset = around.head, around.head_start
    inside = [one for one in names if offset <= one.start < around.quotation.start]
    verbs = list(VERB.finditer(head))
    if verbs and BY_ANOTHER.search(head[: verbs[-1].start()]):
        return None
    if match := VIEW.search(head):
        return Voice(pronoun=PRONOUN_OF[match["of"] or match["to"]], at=offset)
    if voice_of := _according(around, inside):
        return voice_of
    if AS_SAYING.search(head):
        return None
    is_told_to = inside and SPOKEN_TO.search(around.prose, max(0, inside[-1].lead - 36), inside[-1].lead)
    if inside and not is_told_to and COLON.fullmatch(around.prose, inside[-1].end, around.quotation.start):
        return Voice(inside[-1], at=inside[-1].start)
    if not verbs and head.rstrip().endswith(":"):
        return _before_colon(around, inside)
    return _before_verb(around, inside, verbs[-1].start(), bool(GOES_ON.search(head))) if verbs else None


def _according(around, inside):
    """Who stands right behind "according to" and its like."""
    match = ACCORDING.search(around.head)
    for one in inside if match else []:
        if 0 <= one.lead - around.head_start - match.end() < (4 if match[0].strip(" ,")[:1] in "fF" else 160):
            return Voice(one, at=one.start)
    return None


def _before_colon(around, inside):
    """Who begins a sentence without a verb of saying that ends in a colon: "Asked why, she does not hesitate: …"."""
    begun = re.search(r"^\s*(?:[^,:]{3,80},\s+)?(?=\S)(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey)?", around.head)
    if begun["pronoun"] and re.match(r"\s", around.head[begun.end() :]):
        return Voice(pronoun=begun["pronoun"].lower(), at=around.head_start + begun.start("pronoun"))
    first = (
        inside[0]
        if len(inside) == 1 and not NOT_SUBJECT.search(around.head[: inside[0].lead - around.head_start])
        else None
    )
    return Voice(first, at=first.start) if first and first.lead <= around.head_start + begun.end() else None


def _before_verb(around, inside, verb, goes_on):
    """The subject of the last verb in the head: the nearest name or pronoun before it, or a name behind it."""
    head, offset, last = around.head, around.head_start, around.head_start + verb
    past = [one for one in inside if one.start < last]
    subjects = [one for one in past if not NOT_SUBJECT.search(around.prose, max(0, one.lead - 30), one.lead)]
    subjects = [one for one in subjects if not _second_of_two(around.prose, one, subjects)]
    if past and WHO.search(head[past[-1].end - offset : verb]):
        subjects = past[-1:]
    pronouns = [one for one in SUBJECT_PRONOUN.finditer(head) if one.start() < verb]
    if pronouns and (not subjects or offset + pronouns[-1].start() > subjects[-1].start):
        return Voice(pronoun=pronouns[-1][0].lower(), at=offset + pronouns[-1].start(), goes_on=goes_on)
    behind = [one for one in inside if one.start > last] if not past or not head[:verb].strip(" ,") else []
    if chosen := subjects[-1:] or behind[:1]:
        return Voice(chosen[0], at=chosen[0].start, goes_on=goes_on)
    if noun := NOUN.search(head[:verb]):
        return Voice(noun=noun[0].strip(), at=offset + noun.start(), goes_on=goes_on)
    if around.same_paragraph and ELIDED.fullmatch(head[:verb]):
        return LAST
    return Voice(past[-1], at=past[-1].start, goes_on=goes_on) if past and not around.same_paragraph else None


def _second_of_two(prose, one, others):
    between = [prose[other.end : one.lead] for other in others if other.start < one.start]
    return any(re.fullmatch(r"[^.;]{0,90}?\band\s+", words) and not VERB.search(words) for words in between)
