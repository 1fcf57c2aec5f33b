"""Names of people in lists: joined from two columns, and told from names of organizations."""

import re
from collections.abc import Callable, Mapping

from text.words import HAN

from .columns import normalize
from .existing_records import HONORIFICS
from .press.person_names import JOB_WORDS

HAN_NAME = re.compile(rf"[{HAN}]+")
# Words of which names of organizations are made, in the languages in Latin letters and in Russian.
BODY_WORDS = frozenset(
    """
    academy agency alliance asociacion assembly association associazione authority board bureau centre center centro
    charity church circle clinic clinics club coalition coalicion collectif collective colectivo college comite
    commission comision committee company confederation conseil consejo consortium cooperative corporation council
    court defensoria department directorate embassy escuela facultad faculty federacion federation fondation fondo
    forum foro foundation front fund fundacion government group groupe grupo high hospital house initiative
    iniciativa institut institute institution instituto international kingdom laboratory league liga ligue lab
    ministerio ministere ministry mission movement mouvement movimiento museum nations network ngo observatoire
    observatorio observatory office oficina ong ordre organisation organizacion organization parliament partnership
    permanent platform plataforma plateforme police programa programme program project projet proyecto red reseau
    school secretariat section service servicio sindicato society societe sociedad state study survivors syndicat
    team trust union unit universidad universite university watch women workers агентство академия ассоциация бюро
    институт комитет министерство общество организация организации сеть союз совет университет фонд центр
    """.split()  # noqa: SIM905
)
PARTICLES = frozenset(
    """
    abu al ben bin bint da de del della der di do dos du el ibn la las le los ould ter ul van von wa y zu
    """.split()  # noqa: SIM905
)
# Small words inside names of bodies, as in “Port of Lorne”, that no name of a person has.
LINKS = frozenset("against and contra contre des et for in of on para por pour sobre sur the".split())  # noqa: SIM905
ALONE = re.compile(r"\((?:independent|individual|in (?:a |his |her )?personal capacity|à titre individuel|"
                   r"indépendante?|independiente|a título personal|частное лицо)\)", re.IGNORECASE)  # fmt: skip
# Titles that are an initial, or not divided from the name by a space: « M. Théo Lambrecq », “王芳女士”.
TITLED = re.compile(r"^(?:M\.|Г-н|Г-жа|السيدة?|الدكتورة?)\s|(?:先生|女士|博士)$", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[;,/|\n]\s*|\s+[–—-]\s+")
BETWEEN_PEOPLE = re.compile(r"\s+(?:&|and|et|y|и)\s+")
IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]")
AFTER_BRACKETS = re.compile(r"(?<=[)）])\s*[,،、，]\s*")
ACRONYM = re.compile(r"\([A-Z][A-Za-z]*[A-Z]\)|\b[A-Z]{3,}\b")
MOST_WORDS = 6  # of the name of a person


def joined_name(values: Mapping[str, str], column: str) -> dict[str, str]:
    """Return the cells of a row with the first and the family name joined as one name in a column.

    Beside one of them, the column itself has the other. The family name comes last, but first in Han characters.
    """
    rest = dict(values)
    first, last = rest.pop("first_name", ""), rest.pop("last_name", "")
    whole = rest.get(column, "")
    if not (first or last):
        return rest
    if whole and normalize(first or last) not in normalize(whole):
        first, last, whole = first or whole, last or whole, ""
    joined = f"{last}{first}" if HAN_NAME.fullmatch(first + last) else f"{first} {last}".strip()
    return {**rest, column: whole or joined}


def split_sender(text: str, is_on_record: Callable[[str], bool]) -> tuple[str, str]:
    """Return the person and the organization that one cell names; either may be empty.

    Where a part may be either, it is the person: an organization by mistake would make a name public.
    """
    if is_on_record(text):
        return "", text
    parts = [part for part in BETWEEN.split(ALONE.sub("", text).strip()) if part]
    bodies = [part for part in parts if is_on_record(part) or is_body(part)]
    people = [part for part in parts if part not in bodies]
    return ", ".join(people), ", ".join(bodies)


def split_people(text: str, is_on_record: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return the name and the affiliation of each person in a cell, such as “Ana Ruiz (Spain) and Tom Berg, Open Door”.

    A comma after brackets comes before the next person. What follows another comma is an affiliation if it is on
    record, or has words of such names; otherwise the name stays.
    """
    found: list[str] = []
    lines = re.split(r"[;\n]", text)
    for part in filter(None, (one.strip() for line in lines for one in _after_brackets(line, is_on_record))):
        people = BETWEEN_PEOPLE.split(part)
        several = all(_looks_like_person(IN_BRACKETS.sub("", one).partition(",")[0]) for one in people)
        found += people if several else [part]
    return [_name_and_affiliation(" ".join(one.split()), is_on_record) for one in found]


def _after_brackets(text: str, is_on_record: Callable[[str], bool]) -> list[str]:
    """Return the parts of “Ana Ruiz (Spain), Tom Berg (Open Door)”, or one part if one of them names no person."""
    parts = AFTER_BRACKETS.split(text)
    names = [IN_BRACKETS.sub("", one).partition(",")[0].strip() for part in parts for one in BETWEEN_PEOPLE.split(part)]
    are_people = all(_looks_like_person(name) and not is_body(name) and not is_on_record(name) for name in names)
    return parts if are_people else [text]


def _name_and_affiliation(text: str, is_on_record: Callable[[str], bool]) -> tuple[str, str]:
    if in_brackets := IN_BRACKETS.search(text):
        return IN_BRACKETS.sub("", text).strip(" ,"), in_brackets[1].strip()
    name, _comma, rest = (part.strip() for part in text.partition(","))
    words = normalize(rest).split()
    is_linked = LINKS.intersection(words) and words[0] not in JOB_WORDS and _looks_like_person(name)
    return (name, rest) if is_body(rest) or is_on_record(rest) or is_linked else (text, "")


def is_body(text: str) -> bool:
    """Return whether a name is that of an organization: it has a word or an acronym of such names."""
    return bool(ACRONYM.search(text)) or bool(BODY_WORDS & set(normalize(text).split()))


def names_a_person(text: str) -> bool:
    """Return whether an organization's name has a clear sign of a person: a title, or a name beside that of a body."""
    has_title = TITLED.search(text) and not is_body(text)
    if has_title or ALONE.search(text) or HONORIFICS.intersection(normalize(text).split()[:1]):
        return True
    parts = [part for part in BETWEEN.split(text) if part]
    return (
        len(parts) > 1
        and any(map(is_body, parts))
        and any(_looks_like_person(name) for part in parts if not is_body(part) for name in BETWEEN_PEOPLE.split(part))
    )


def _looks_like_person(text: str) -> bool:
    """Return whether a text is two to six words with capitals, as the name of a person is."""
    words = text.split()
    return (
        1 < len(words) <= MOST_WORDS
        and all(word[:1].isupper() or normalize(word) in PARTICLES or not word.isalpha() for word in words)
        and not any(character.isdigit() for character in text)
    )
