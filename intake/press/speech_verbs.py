"""Verbs with which a press release says that somebody spoke or presided."""

import re

REGULAR_STEMS = """
    add emphasis emphasiz underlin underscor stress highlight explain remark observ not conclud continu recall
    remind warn urg argu insist affirm reaffirm declar ask respond answer comment shar reflect acknowledg admit
    caution summariz summaris welcom announc report reiterat maintain assert describ express plead appeal agre
    confirm suggest propos recommend lament testif advocat mention indicat clarif contend call compar stat point
    elaborat interject question challeng invit assur concur predict propose encourag thank outlin detail demand
    voic echo signal recount counter credit advis counsel attest avow opin muse reveal prais hop sum illustrat
    concede conced stipulat pledg implor commend jok quip quipp remember wonder inquir enquir confess object
    proclaim applaud deplor regret regrett admitt recogniz recognis criticiz criticis estimat defend chime
    promis""".split()  # noqa: SIM905
IRREGULAR = """said says say saying told tells tell telling spoke speaks speaking went goes going put puts putting
wrote writes writing replied replies replying held holds thought thinks believes believed felt feels saw sees
reminded made found pointed summed testified testifies clarified clarifies drew urging began begins
pleaded insisting stated""".split()  # noqa: SIM905
FORMS = {*IRREGULAR, *(rf"{stem}(?:e?d|es|s|ing)" for stem in REGULAR_STEMS)}
SPEECH_VERBS = (
    r"(?:"
    + "|".join(sorted(FORMS, key=len, reverse=True))
    + r"|had this to say|took the floor|took up|picked up|set out)"
)
ADVERB = r"(?:(?:also|further|then|later|again|in turn|once more|too|has|have|had|would|\w+ly|as)\s+)"
SPEECH_VERB = re.compile(rf"(?<![\w-])(?<!\bsame )(?<!\bclosing )(?<!\bopening ){SPEECH_VERBS}(?![\w-])")
SPEECH_VERB_FIRST = re.compile(
    rf"(?:(?:and|as|was how|were the words of|is how)\s+)?{ADVERB}*{SPEECH_VERBS}(?![\w-])(?:\s+(?:on|to|out|up|that))?"
    r"|(?:was|were|is) the \w+(?: from the floor)? (?:of|by|from)|in the words of"
)
PRONOUN_AND_VERB = re.compile(
    rf"(?P<who>[Hh]e|[Ss]he|[Tt]hey)\s+(?:(?:and|,)\s+)?{ADVERB}*{SPEECH_VERBS}(?![\w-])"
    rf"|{ADVERB}*{SPEECH_VERBS}\s+(?P<inverted>he|she|they)\b"
)  # fmt: skip
SUBJECT_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he|[Tt]hey)\b")
STAGE_VERBS = (
    r"(?:opened|closed|moderated|facilitated|chaired|co-chaired|presented|presents|addressed|delivered|introduced|gave"
    r"|shared|briefed|drew|raised|named|listed|cited|offered|proposed|talked|touched|focused)"
)
SPEAKS_OR_PRESIDES = re.compile(
    rf"\s*{ADVERB}*(?:{SPEECH_VERBS}|{STAGE_VERBS}|led the|made the case|kicked off"
    r"|took part in (?:the|an?) (?:\w+ )?(?:panel|discussion))(?![\w-])"
)
