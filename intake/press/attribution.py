"""Attribute a quotation: find the words around it that name its speaker, or refer to one already named."""

import re
from dataclasses import dataclass

from .person_names import NameMention
from .quote_context import QuoteContext
from .speech_verbs import ADVERB, PRONOUN_AND_VERB, SPEECH_VERB, SPEECH_VERB_FIRST, SUBJECT_PRONOUN

INTRODUCES_TERM = re.compile(
    r"(?:so[- ]called|known as|called|termed|dubbed|labelled|terms?|phrase|notion|concept|entitled|titled|title|report"
    r"|study|publication|campaign|project|book|paper|theme|slogan|motto|film|documentary|initiative|programme|toolkit"
    r"|panel|session|course|manual|guide|series|event|workshop|network|nicknamed|under the title)[,:]?\s*$", re.I
)  # fmt: skip
ENDS_MID_PHRASE = re.compile(
    r"\b(?:the|a|an|of|on|in|for|by|their|her|his|its|about|with|to|this|these|from|into)\s*$", re.I
)
INTRODUCES_QUOTE = re.compile(r"(?:[:,]|\bthat|\bas|\bin|\bsay|\bwas|\bwere)\s*$")
ACCORDING = re.compile(r"(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion|eyes) of|[Aa]s put by|(?:^|,)\s*[Ff]or)\s+")
PRONOUN_AND_ANY_VERB = re.compile(r"([Hh]e|[Ss]he|[Tt]hey)\s+(?:\w+ly\s+)?\w+(?:ed|t|id)\b")
ANY_VERB = re.compile(r"(?:,[^.]{2,120},)?\s+(?:\w+ly\s+)?[a-z]+(?:ed|t|id)\b")
AS_SAYING = re.compile(r"quot(?:ed|es|ing)\s[^.]*\bas saying\W*$|\b(?:quot|cit)(?:ed|es|ing)\s[^.:]{2,60}:\s*$")
UNTIL_COLON = re.compile(r"\s*(?:\([^)]*\)|(?:,|\s(?:of|from|at)\s)[^:.]{0,160})?:\s*")
ADDRESSEE_BEFORE = re.compile(r"\b(?:to|with|thank\w*|asked by (?:the )?(?:[\w-]+,)?)\s+$", re.I)
PRONOUN_OF = {"his": "he", "her": "she", "their": "they", "him": "he", "them": "they"}
VIEW_OF = re.compile(
    r"\b(?:[Ii]n|[Tt]o)\s(?P<of>his|her|their)\s(?:view|opinion|experience|words|eyes|mind)\b"
    r"|\b(?:[Aa]ccording to|[Ff]or)\s(?P<to>him|her|them)(?=,)"
)
WAS_OF_PRONOUN = re.compile(r"(?:was|were|is)\s(?P<of>his|her|their)\s\w+")
NOUN_PHRASE = re.compile(
    r"(?:the|The|a|A|an|An|one|One|another|Another|(?:[Hh]er|[Hh]is|[Tt]heir)(?=\s(?:fellow )?[Cc]o-[Cc]hair))\s+"
    r"[^,.;:\n\ue000]{3,90}?(?=\s+(?:also |further )?$)"
)
RELATIVE_WHO = re.compile(rf"^(?:\s\([^()]*\))?(?:,[^,;]*)?,?\s+who\s+{ADVERB}*$")  # a name and "who also said"
ELIDED_SUBJECT = re.compile(rf"[\s,]*(?:and|but|then)\s+{ADVERB}*")
ONLY_CONJUNCTION = re.compile(
    r"[\s,;]*(?:and|but|or)?\s*(?:that|how)?\s*|[\s,;]*(?:and|but)\s+(?:that|how)\s[^.,;:\n\ue000]{2,60}\s"
)
SAID_BY_OTHER = re.compile(r"\b(?:a|an|one|another)\s[^,.;:\ue000]{3,60}\s(?:who|that)\s(?:had |has |once |then )?$")
NOT_SUBJECT = re.compile(
    r"\b(?:at|by|of|for|to|from|with|than|late|about|against|behind|on|after|thank\w*|quot\w+|cit\w+|echo\w+|memory"
    r"|join\w+|like)\s+(?:the\s+)?(?:late\s+)?(?:her |his |their )?(?:(?:co-)?chair,\s|moderator,\s)?$", re.I
)  # fmt: skip
MIN_WORDS = 3  # of a quote that a colon, a comma or the like introduces
MIN_WORDS_FRAGMENT = 4  # of any other quote that is not a full sentence


@dataclass(frozen=True)
class Attribution:
    """How the text refers to a speaker: by name, pronoun or noun phrase; with none of these it is the last speaker.

    `position` is the offset of the reference.
    """

    mention: NameMention | None = None
    pronoun: str = ""
    noun: str = ""
    position: int = 0


SAME_SPEAKER = Attribution()


def attribute(context: QuoteContext, names: list[NameMention]) -> Attribution | None:
    """Return the attribution of a quotation, or None if the marks contain a title or a term."""
    words = len(re.findall(r"\w+", context.words))
    if (INTRODUCES_TERM.search(context.head) and not context.attribution_follows) or words < 1:
        return None
    if (context.words.istitle() and not context.attribution_follows) or (
        ENDS_MID_PHRASE.search(context.head) and (words < MIN_WORDS_FRAGMENT or _is_title(context.words))
    ):
        return None
    after, before = _attribute_after(context, names), _attribute_before(context, names)
    prefer_after = context.attribution_follows and after and (context.words[-1:] == "," or not before)
    found = after if prefer_after else before or (None if context.is_next_introduced else after)
    if found and (
        context.is_full_sentence
        or words >= MIN_WORDS_FRAGMENT
        or (words >= MIN_WORDS and INTRODUCES_QUOTE.search(context.head))
    ):
        return found
    if found and context.resumes_sentence and context.ends_sentence:
        return found
    if found and context.attribution_follows and context.words[-1:] in tuple(",.!?") and context.words[:1].isupper():
        return found
    return None if found else _attribute_without_verb(context, names, words)


def _attribute_without_verb(context: QuoteContext, names: list[NameMention], words: int) -> Attribution | None:
    """Attribute a quotation without a speech verb to the last speaker, or to the subject of the sentence before."""
    between = context.prose[context.before.end : context.quotation.start] if context.before else ""
    continues = (words >= MIN_WORDS or context.is_full_sentence) and len(re.findall(r"[.!?](?=\s)", between)) <= 1
    if context.same_paragraph and continues and ONLY_CONJUNCTION.fullmatch(context.head):
        return SAME_SPEAKER
    if context.resumes_sentence:
        return SAME_SPEAKER
    if context.words[-1:] == "," and re.match(r"\s*\w", context.tail):
        return None  # an attribution follows that no pattern matches
    if context.is_full_sentence and words > MIN_WORDS_FRAGMENT and not context.head.strip():
        line = context.prose.rfind("\n", 0, context.quotation.start) + 1
        past = [one for one in names if line <= one.start < context.quotation.start]
        return Attribution(past[-1], position=past[-1].start) if past else SAME_SPEAKER if context.before else None
    return None


def _is_title(words: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > len(long) / 2


def _attribute_after(context: QuoteContext, names: list[NameMention]) -> Attribution | None:
    tail = context.tail
    begins = re.search(r"[^\s,–—-]", tail)
    place = begins.start() if begins else len(tail)
    start = context.quotation.end + place
    inside = [one for one in names if start <= one.start < context.tail_end]
    if match := WAS_OF_PRONOUN.match(tail, place):
        return Attribution(pronoun=PRONOUN_OF[match["of"]], position=start)
    if match := PRONOUN_AND_VERB.match(tail, place):
        return Attribution(pronoun=(match["who"] or match["inverted"]).lower(), position=start)
    if match := (SPEECH_VERB_FIRST.match(tail, place) or ACCORDING.match(tail, place)):
        return _attribute_after_verb(context, inside, context.quotation.end + match.end())
    if (
        inside
        and context.words[-1:] == ","
        and re.fullmatch(r"(?:\w+ly )?[a-z]+(?:ed|es|s)\s+(?:the )?", context.prose[start : inside[0].lead])
    ):
        return Attribution(inside[0], position=inside[0].start)
    has_verb = inside and SPEECH_VERB.search(context.prose, inside[0].end, context.tail_end)
    if has_verb and not SPEECH_VERB.search(context.prose, start, inside[0].lead):
        return Attribution(inside[0], position=inside[0].start)
    if context.words[-1:] == "," and (attribution := _attribute_by_any_verb(context, inside, start)):
        return attribution
    if inside and re.match(r"\s*[–—-]", tail) and inside[0].lead - start < 5:
        return Attribution(inside[0], position=inside[0].start)
    if (verb := SPEECH_VERB.search(tail, place)) and (noun := NOUN_PHRASE.match(tail[place : verb.start()])):
        return Attribution(noun=noun[0].strip(), position=start)
    return None


def _attribute_by_any_verb(context: QuoteContext, inside: list[NameMention], start: int) -> Attribution | None:
    """Return the subject of a verb that is not listed: after a comma in the marks, any verb is a speech verb."""
    if match := PRONOUN_AND_ANY_VERB.match(context.prose, start, context.tail_end):
        return Attribution(pronoun=match[1].lower(), position=start)
    if inside and inside[0].lead - start < 2 and ANY_VERB.match(context.prose, inside[0].end, context.tail_end):
        return Attribution(inside[0], position=inside[0].start)
    return None


def _attribute_after_verb(context: QuoteContext, inside: list[NameMention], start: int) -> Attribution | None:
    """Return the speaker named after "said": by a name, possibly after an office, or by a noun phrase."""
    if inside and len(context.prose[start : inside[0].lead]) < 160:
        return Attribution(inside[0], position=inside[0].start)
    rest = re.match(r"\s*((?:the|a|an|one|another)\s+[^,.;:\n\ue000]{3,120})", context.prose[start : context.tail_end])
    return Attribution(noun=rest[1].strip(), position=start) if rest else None


def _attribute_before(context: QuoteContext, names: list[NameMention]) -> Attribution | None:
    head, offset = context.head, context.head_start
    inside = [one for one in names if offset <= one.start < context.quotation.start]
    verbs = list(SPEECH_VERB.finditer(head))
    if verbs and SAID_BY_OTHER.search(head[: verbs[-1].start()]):
        return None
    if match := VIEW_OF.search(head):
        return Attribution(pronoun=PRONOUN_OF[match["of"] or match["to"]], position=offset)
    if attribution := _attribute_according_to(context, inside):
        return attribution
    if AS_SAYING.search(head):
        return None
    is_told_to = inside and ADDRESSEE_BEFORE.search(context.prose, max(0, inside[-1].lead - 36), inside[-1].lead)
    if inside and not is_told_to and UNTIL_COLON.fullmatch(context.prose, inside[-1].end, context.quotation.start):
        return Attribution(inside[-1], position=inside[-1].start)
    if not verbs and head.rstrip().endswith(":"):
        return _attribute_before_colon(context, inside)
    return _attribute_before_verb(context, inside, verbs[-1].start()) if verbs else None


def _attribute_according_to(context: QuoteContext, inside: list[NameMention]) -> Attribution | None:
    """Return the speaker named directly after "according to" or a similar phrase."""
    if match := ACCORDING.search(context.head):
        furthest = 4 if match[0].strip(" ,")[:1] in "fF" else 160
        for one in inside:
            if 0 <= one.lead - context.head_start - match.end() < furthest:
                return Attribution(one, position=one.start)
    return None


def _attribute_before_colon(context: QuoteContext, inside: list[NameMention]) -> Attribution | None:
    """Return the subject of a sentence that ends in a colon: "Asked why, she does not hesitate: …"."""
    begun = re.search(r"^\s*(?:[^,:]{3,80},\s+)?(?=\S)(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey)?", context.head)
    if begun is None:
        return None
    if begun["pronoun"] and re.match(r"\s", context.head[begun.end() :]):
        return Attribution(pronoun=begun["pronoun"].lower(), position=context.head_start + begun.start("pronoun"))
    first = (
        inside[0]
        if len(inside) == 1 and not NOT_SUBJECT.search(context.head[: inside[0].lead - context.head_start])
        else None
    )
    return (
        Attribution(first, position=first.start) if first and first.lead <= context.head_start + begun.end() else None
    )


def _attribute_before_verb(context: QuoteContext, inside: list[NameMention], verb: int) -> Attribution | None:
    """Return the subject of the last verb: the nearest name or pronoun before it, or a name after it."""
    head, offset, last = context.head, context.head_start, context.head_start + verb
    past = [one for one in inside if one.start < last]
    subjects = [one for one in past if not NOT_SUBJECT.search(context.prose, max(0, one.lead - 30), one.lead)]
    subjects = [one for one in subjects if not _is_second_of_pair(context.prose, one, subjects)]
    if past and RELATIVE_WHO.search(head[past[-1].end - offset : verb]):
        subjects = past[-1:]
    pronouns = [one for one in SUBJECT_PRONOUN.finditer(head) if one.start() < verb]
    if pronouns and (not subjects or offset + pronouns[-1].start() > subjects[-1].start):
        return Attribution(pronoun=pronouns[-1][0].lower(), position=offset + pronouns[-1].start())
    after = [one for one in inside if one.start > last] if not past or not head[:verb].strip(" ,") else []
    if chosen := subjects[-1:] or after[:1]:
        return Attribution(chosen[0], position=chosen[0].start)
    if noun := NOUN_PHRASE.search(head[:verb]):
        return Attribution(noun=noun[0].strip(), position=offset + noun.start())
    if context.same_paragraph and ELIDED_SUBJECT.fullmatch(head[:verb]):
        return SAME_SPEAKER
    return Attribution(past[-1], position=past[-1].start) if past and not context.same_paragraph else None


def _is_second_of_pair(prose: str, one: NameMention, others: list[NameMention]) -> bool:
    between = [prose[other.end : one.lead] for other in others if other.start < one.start]
    return any(re.fullmatch(r"[^.;]{0,90}?\band\s+", words) and not SPEECH_VERB.search(words) for words in between)
