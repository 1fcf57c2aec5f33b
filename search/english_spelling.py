"""British and American spelling: one form for both, so that labour is labor and programme is program.

The form is American. It is only compared, and never shown. A rule applies to a closed list of words, because the same
letters also end words with one spelling: colour is color, but four is not for. The one open rule is that of -ise, and
the words that always have an s are listed.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Replaces a pattern, given with the words to which it applies, in words that contain `hint`."""

    hint: str
    pattern: re.Pattern[str]
    american: str


def _rule(hint: str, pattern: str, american: str, words: str = "") -> Rule:
    return Rule(hint, re.compile(pattern.replace("WORDS", "|".join(words.split()))), american)


ALWAYS_ISE = """
acropol adv advert appr cannab chast chem circumc compr comprom conc dem den desp dev enterpr exc exerc expert
franch highr improv inc mant merchand metropol moonr mort necropol parad pelv pen porp pract prec prem prom repr rev
sunr superv supr surm surpr telev tort treat trell upr val
"""
OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|enam|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum"
    "|savi|sav|splend|succ|tum|val|vap|vig"
)
RULES = (
    # labour, labourer, neighbourhood, favourite
    _rule("our", f"({OUR})our", r"\1or"),
    # organise, organisation
    _rule("is", "^(?!(?:un|re|dis|mis|en|af|in|im|over|pre)*(?:WORDS)is)([a-z]{2,}[^aeouw])is"
          "(?=(?:e[ds]?|ers?|ing|ingly|able|ational|ationally|ations?)$)", r"\1iz", ALWAYS_ISE),
    # analyse
    _rule("lys", "(WORDS)lys(?=(?:e[ds]?|ers?|ing)$)", r"\1lyz", "ana breatha cata dia electro hydro para"),
    # centre, centred, kilometres
    _rule("re", "^(WORDS)re(?=[sd]?$)", r"\1er", """
        epicent cent amphitheat theat centilit millilit lit centimet kilomet millimet met fib calib lust lacklust meag
        spect scept somb sab och mit nit saltpet sepulch"""),
    _rule("oeuvr", "manoeuvr(?:e(?![a-z]{3})|(?=ing|ab))", "maneuver"),
    _rule("erd", "^(cent|(?:out)?maneuv)erd$", r"\1ered"),  # of the rules above: centred
    # defence
    _rule("ence", "(WORDS)ence(?=s?$|less)", r"\1ense", "^def ^off ^pret ^lic"),
    _rule("practis", "practis", "practic"),
    # travelled: verbs that are not stressed on their last syllable
    _rule("ll", "(WORDS)ll(?=(?:ed|ings?|ers?|ors?|ous|ously|ists?)$)", r"\1l", """
        ^backpeda bedevi ^beve cance ^caro ^cavi channe chise counci counse cudge ^dia ^due ename equa fue funne gambo
        grove imperi initia jewe labe leve libe marsha marve mode pane parce peda penci pumme quarre rave reve riva
        shove shrive signa snorke spira stenci swive tota towe tramme trave tria tunne"""),
    _rule("ll", "^(WORDS)ll(?=en|y|ity)", r"\1l", "woo tranqui"),
    _rule("llery", "^jewellery$", "jewelry"),
    # fulfil, enrolment
    _rule("l", "^(WORDS)l(?=s?$|ments?$)", r"\1ll", "fulfi enro insta disti insti enthra appa"),
    _rule("lful", "^(ski|wi)lful", r"\1llful"),
    # programme, kilogramme
    _rule("gramme", "gramme(?=s?$)", "gram"),
    # dialogue, cataloguing
    _rule("logu", "(WORDS)logu(?:e(?=[sd]?$)|(?=ing$))", r"\1log", "dia cata ana mono pro epi homo trave"),
    _rule("logd", "logd$", "loged"),  # of the rule above: catalogued
    # judgement
    _rule("dgement", "(ju|knowle|lo|abri)dgement", r"\1dgment"),
    # anaemia, archaeology, paediatric
    _rule("ae", "(WORDS)ae", r"\1e", """
        ^pr(?=aesid) an(?=aem) an(?=aesth) ^arch(?=aeo) encyclop orthop ^p(?=aed) ^pal(?=aeo) gyn leuk ^h(?=aem)
        ^f(?=aec) ^c(?=aesar[ei]) medi tox"""),
    _rule("oe", "(WORDS)oe", r"\1e", "diarrh gonorrh ^f(?=oet) ^hom(?=oeop) ^(?=oestro) ^(?=oesoph)"),
    _rule("oul", "^(WORDS)ould", r"\1old", "m rem sm"),
    _rule("plough", "plough", "plow"),
    _rule("sul", "sulph", "sulf"),
    _rule("scep", "^scep(?=tic)", "skep"),
    _rule("gaol", "^gaol", "jail"),
    _rule("xion", "^(conne|infle)xion", r"\1ction"),
    _rule("grey", "^grey", "gray"),
    _rule("pyjama", "^pyjama", "pajama"),
    _rule("moustache", "^moustache", "mustache"),
    _rule("enqui", "^enqui", "inqui"),
    _rule("aeropl", "^aeropl", "airpl"),
    _rule("alumini", "^aluminium", "aluminum"),
    _rule("artef", "^artef", "artif"),
    _rule("yog", "^yoghurt", "yogurt"),
    _rule("geing", "^ageing", "aging"),
)  # fmt: skip


def american(word: str) -> str:
    """Return the American spelling of an English word in small letters; a word with one spelling as it is."""
    for rule in RULES:
        if rule.hint in word:
            word = rule.pattern.sub(rule.american, word, count=1)
    return word


# American words, stemmed or not, with a British spelling that differs before their last letter: at the beginning, or
# after the first three letters.
OTHER_BEGINNINGS = {
    "skep": "scep", "jail": "gaol", "airpl": "aeropl", "inqui": "enqui", "age": "agi", "pajam": "pyjam", "gray": "grey",
    "mustac": "moustac", "presidi": "praesidi", "anem": "anaem", "anesth": "anaesth", "hem": "haem", "fec": "faec",
    "fet": "foet", "cesar": "caesar", "ped": "paed", "estro": "oestro", "esoph": "oesoph", "mold": "mould",
}  # fmt: skip
DIFFERENT_LATER = re.compile(
    "^(?:cent|epicent|theat|amphitheat|lit|met|mit|kilomet|millimet|fib|calib|lust|lacklust|meag|spect|scept|somb|sab)er"
    "|^(?:jewel|artif|alumin|judg|acknowledg|connect|inflect|yog|arch[ei]|paleo|gyn|encyclop|orthop|leuk|mediev|tox)"
    "|^homeo|maneuv|sulf|plow|diarrh|defensel|(?:counse|counci|pane|woo)l[a-z]|(?:WORDS)or[a-z]".replace("WORDS", OUR)
)
SHARED = 3  # letters of the words that differ later


def beginnings(word: str) -> tuple[str, ...]:
    """Return the letters with which all spellings and forms of an American word, or of its stem, begin.

    Some other words begin with them too.
    """
    for american_letters, british_letters in OTHER_BEGINNINGS.items():
        if word.startswith(american_letters):
            return american_letters, british_letters
    return (word[:SHARED] if DIFFERENT_LATER.search(word) else word[: max(SHARED, len(word) - 1)],)
