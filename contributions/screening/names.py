"""Detection of people's names: after words such as "named", and near words for a victim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from text.proper_names import LOWER, OTHER_CAPITALS, PLACES, UPPER
from text.words import STOP_WORDS, fold, words_of

from .findings import Kind, Spot

NEAR = 60  # most characters between a word for a victim and a name in the same sentence

PART = rf"(?:[{UPPER}]['’])?[{UPPER}][{LOWER}]{{1,20}}+(?:['’-][{UPPER}{LOWER}][{LOWER}]{{0,20}}+){{0,2}}+"
OF = "de|da|do|dos|del|della|di|van|von|der|den|el|al|bin|ibn|bint|ben|ould|la"
LINK = rf"[ \u00a0\n](?:(?:{OF})[ \u00a0\n]|al-|el-){{0,2}}"
NAME = re.compile(rf"(?<![\w’'-]){PART}(?:{LINK}(?:{PART}|[{UPPER}]\.(?!\w))){{0,4}}+")

# The words after these are a name, even if it is a single word.
CALLED = re.compile(
    r"(?<!\w)(?i:named|(?<!so-)called|nicknamed"
    r"|(?:my|her|his|their|whose|the) (?:real |first |full )?name (?:is|was)|known as"
    r"|nommée?|appelée?|prénommée?|dénommée?|surnommée?|s['’]appel(?:le|ait)|m['’]appelle|du nom de"
    r"|(?:son|mon) (?:pré)?nom (?:est|était)|llamad[oa]|se llama(?:ba)?|me llamo|de nombre"
    r"|(?:mi|su|cuyo) nombre (?:es|era)"
    r"|I,|(?:undersigned|soussignée?|abajo firmante|suscrit[oa]|нижеподписавш\w{2,4}),?"
    r"|по имени|зовут|звали|имя|(?:её|ее|его|моё|мое) имя)[:,]?[ \u00a0\n][\"“«'‘]?(?:is |was )?"
)
HONORIFIC = re.compile(r"(?:Mrs?|Ms|Miss|Mme|Mlle|Sra?|Srta|Г-жа|г-жа)\.?[ \u00a0\n]$")
VICTIM = re.compile(
    r"(?<!\w)(?i:victims?|survivors?|girl|boy|child|orphan|daughter|son|minor|teenager|aged \d{1,2}"
    r"|\d{1,2}[- ]years?[- ]old|clients?|witness(?:es)?|complainants?|whistle-?blowers?|informants?|detainees?"
    r"|suspects?|perpetrators?|traffickers?|smugglers?"
    r"|victimes?|survivante?s?|rescapée?s?|fill(?:e|ette)|garçon|enfant|mineure?|âgée? de \d{1,2}|\d{1,2} ans"
    r"|témoins?|plaignante?s?|lanceu(?:r|se)s? d['’]alerte|détenue?s?|trafiquante?s?|passeurs?"
    r"|testigos?|denunciantes?|informantes?|detenid[oa]s?|tratantes?|sospechos[oa]s?"
    r"|свидетел\w{1,4}|заявител\w{1,4}|осведомител\w{1,3}|задержанн\w{2,3}|подозреваем\w{2,3}"
    r"|víctimas?|sobrevivientes?|supervivientes?|niñ[oa]|hij[oa]|menor|\d{1,2} años"
    r"|жертв\w{0,4}|потерпевш\w{2,3}|пострадавш\w{2,3}|девочк\w{1,3}|девушк\w{1,3}|мальчик\w{0,3}|реб[её]н\w{1,4}"
    r"|несовершеннолетн\w{2,3}|дочь|дочер\w{1,2}|\d{1,2}[- ]лет\w{0,5})(?!\w)"
)
# An age below 18. The name of a minor is looked for in the whole sentence: "a 17-year-old from the coast, Amina, said".
CHILD_AGE = r"(?:1[0-7]|[1-9])"
CHILD_AGE_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
MINOR = re.compile(
    rf"(?<![\w.,-])(?i:(?:{CHILD_AGE}|{CHILD_AGE_WORD})[- ]years?[- ]olds?"
    rf"|(?:aged|âgée?s? de|de) {CHILD_AGE}(?= ans| años|[,;.)]| when| and)|{CHILD_AGE} (?:ans|años|лет|года?)"
    rf"|(?:is|was|only|just|turned) (?:{CHILD_AGE}|{CHILD_AGE_WORD})(?= years?|[,;.)]| when| and| at))(?!\w)"
)
AGE_AFTER = re.compile(r" ?(?:, ?(?:aged |âgée? de |de )?|\()\d{1,2}(?:[),;]| (?:years?|ans|años|лет|год))")
# What was done to the person named just before: "Grace Okafor was abducted".
HARMED = re.compile(
    r",? ?(?:(?:was|is|has been|had been|got|a été|est|fue|ha sido|была?)"
    r" (?:then |later |also |brutally |secretly )?"
    r"(?:raped|traffick?ed|sold|smuggled|abducted|kidnapped|murdered|tortured|beaten|arrested|detained|imprisoned"
    r"|abused|assaulted|exploited|enslaved|forced|threatened|deported|disappeared|missing"
    r"|violée?|vendue?|enlevée?|assassinée?|torturée?|battue?|arrêtée?|détenue?|exploitée?|menacée?|expulsée?"
    r"|violad[oa]|vendid[oa]|secuestrad[oa]|asesinad[oa]|torturad[oa]|golpead[oa]|detenid[oa]|explotad[oa]|amenazad[oa]"
    r"|изнасилована?|проданы?|продана?|похищена?|убита?|избита?|арестована?|задержана?|депортирована?)(?!\w))"
)
SENTENCE_ENDS = re.compile(r"[.!?;:]\s|\n\s*\n")
PLACED = re.compile(
    r"(?<!\w)(?:the|in|at|from|to|le|la|les|l['’]|en|au|aux|à|el|los|las|al|desde|в|на|из)[ \u00a0\n]?$", re.I
)

# The most common Chinese family names, without those that often begin another word.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹"
    "袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪姜范姚谭廖邹熊陆郝孔崔康邱秦顾侯邵孟龙段钱汤尹黎贺赖龚"
)

# Scripts without capital letters: the words after "her name is".
WITHOUT_CAPITALS = re.compile(
    r"(?:名叫|叫做|叫作|我叫|她叫|他叫|名字叫|名字是|名为|姓名[:：是])[ “\"「《]{0,2}([\u4e00-\u9fff·]{2,4})"
    r"|(?<![\u0621-\u064a])[وف]?(?:ا?سمها|ا?سمه|اسمي|تدعى|يدعى|تُدعى|يُدعى|المدعوة|المدعو|المسماة|المسمى)"
    r"[ :]{1,2}(?:هو |هي |كان )?[\"“«]?([\u0621-\u0652]{2,20}+(?: [\u0621-\u0652]{2,20}+)?)"
    r"|(?<![\u0621-\u064a])(?:قالت|قال|روت|روى|أخبرتنا|أخبرنا|ذكرت|ذكر|أفادت|أفاد)"
    r" (?:الضحية|الناجية|الناجي|الشاهدة?|الطفلة?|الفتاة)"
    r"[،,]? ([\u0621-\u0652]{2,20}+(?: [\u0621-\u0652]{2,20}+)??)"
    r"(?= (?:إن|أن|بأن|كيف|ما|لنا)(?![\u0621-\u0652])|[،,:.(])"
    r"|(?<![\u0621-\u064a])[ولب]?(?:الضحية|الناجية|الناجي|الشاهدة?|الطفلة?|الفتاة)"
    r"[،,]? ([\u0621-\u0652]{2,20}+(?: [\u0621-\u0652]{2,20}+)??)"
    r"[،,]? (?:قالت|قال|روت|روى|أخبرتنا|أخبرنا|ذكرت|أفادت)(?![\u0621-\u0652])"
    rf"|(?:受害者|受害人|幸存者|证人|女孩|男孩)[，“\"（(]?([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)[”\"）)]?(?=[说告讲被称，,（(表回])"
    r"|(?<!\d)(?:1[0-7]|[1-9])岁的([\u4e00-\u9fff]{2,3}?)(?=[说告讲被在是，。])"  # 17岁的小丽说
)
NOT_NAMES = (
    "什么", "自己", "人口", "我们", "他们", "她们", "大家", "女", "男", "少", "孩", "儿", "学生", "未成年", "受害",
)  # fmt: skip

ALL_STOP_WORDS = frozenset(fold(word) for words in STOP_WORDS.values() for word in words)

AFTER_CALLED = _("A name may follow here. Check that it does not identify someone at risk.")
NEAR_VICTIM = _("May be the name of a person at risk: a word nearby says victim, child, witness, suspect or the like.")


def find_names(text: str, known: Iterable[str] = ()) -> Iterator[Spot]:
    """Yield places in a text that may name a person at risk, in no particular order. `known` names are left out."""
    known_words = [frozenset(fold(word) for word in words_of(name)) for name in known]
    for spot in _names(text):
        words = {fold(word) for word in words_of(text[spot.start : spot.end])}
        if not any(words <= name for name in known_words):
            yield spot


def _names(text: str) -> Iterator[Spot]:
    victims = [match.span() for match in VICTIM.finditer(text)]
    minors = [match.span() for match in MINOR.finditer(text)]
    called = {match.end() for match in CALLED.finditer(text)}
    for match in NAME.finditer(text):
        start, end = _without_stop_words(text, *match.span())
        if start == end or _is_not_a_person(text[start:end]):
            continue
        if match.start() in called or start in called:
            yield Spot(Kind.NAME, start, end, AFTER_CALLED)
        elif _is_near_victim(text, start, end, victims) or _is_near_minor(text, start, end, minors):
            yield Spot(Kind.NAME, start, end, NEAR_VICTIM)
    for match in WITHOUT_CAPITALS.finditer(text):
        group = match.lastindex or 0
        if not match[group].startswith(NOT_NAMES):
            yield Spot(Kind.NAME, *match.span(group), AFTER_CALLED)


def _without_stop_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a run of capitalized words without stop words that begin the sentence: "The Amina", "When Amina"."""
    while start < end:
        word = re.match(r"[\w’'-]+", text[start:end])
        if word is None or fold(word[0]) not in ALL_STOP_WORDS:
            break
        rest = text[start + word.end() : end]
        start += word.end() + len(rest) - len(rest.lstrip())
    return start, end


def _is_not_a_person(name: str) -> bool:
    """Return whether a name is that of an organization, an office or a place."""
    words = [fold(word) for word in words_of(name)]
    return (
        fold(name) in PLACES or any(word in OTHER_CAPITALS for word in words) or all(word in PLACES for word in words)
    )


def _is_near_victim(text: str, start: int, end: int, victims: list[tuple[int, int]]) -> bool:
    """Return whether a name is near a word for a victim. A name of a single word must be right next to it."""
    if AGE_AFTER.match(text, end):
        return True
    if HARMED.match(text, end) and not _is_placed(text, start):
        return True
    if _is_placed(text, start):
        return False
    single = len(text[start:end].split()) == 1 and not HONORIFIC.search(text, max(0, start - 6), start)
    at = bisect_left(victims, (start, start))
    for begin, finish in victims[max(0, at - 1) : at + 1]:
        between = text[finish:start] if finish <= start else text[end:begin]
        if single and _is_adjacent(between, before=finish <= start):
            return True
        if not single and len(between) <= NEAR and not SENTENCE_ENDS.search(between):
            return True
    return False


def _is_near_minor(text: str, start: int, end: int, minors: list[tuple[int, int]]) -> bool:
    """Return whether a name, even of a single word, is in a sentence with the age of a child."""
    if _is_placed(text, start):
        return False
    at = bisect_left(minors, (start, start))
    for begin, finish in minors[max(0, at - 1) : at + 1]:
        between = text[finish:start] if finish <= start else text[end:begin]
        if len(between) <= NEAR and not SENTENCE_ENDS.search(between):
            return True
    return False


def _is_placed(text: str, start: int) -> bool:
    """Return whether what begins at `start` follows a word for a place: "in Vienna"."""
    return PLACED.search(text, max(0, start - 6), start) is not None


def _is_adjacent(between: str, *, before: bool) -> bool:
    """Return whether only a comma, or a word for "is", separates a word for a victim from a name: "the girl, Amina"."""
    return bool(
        re.fullmatch(r" ?[,(]? ?(?:[\"“«])?", between)
        if before
        else re.fullmatch(r",? (?:is |was |a |the |an )*", between)
    )
