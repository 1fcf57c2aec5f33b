"""Searches of all kinds, as addresses of the search page: what the speed of search is measured on.

They are not the questions of `bench.search_answers`, which have right answers: these have to be as hard and as common
as those of readers. `QUICK=1` takes the first of each kind, to see whether the benchmark works.
"""

import os
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True)
class Question:
    """One search. `prefix` is that of the reader's language in the address, empty for English."""

    kind: str
    text: str = ""
    filters: dict[str, str] = field(default_factory=dict, hash=False)
    page: int = 1
    sort: str = ""
    prefix: str = ""

    @property
    def address(self):
        given = {"q": self.text, **self.filters, "page": self.page if self.page > 1 else "", "sort": self.sort}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{'/' + self.prefix if self.prefix else ''}/search/?{query}"


CONTRIBUTIONS = {"kind": "contribution"}
TEXTS = {
    "frequent word": [
        "peace", "development", "security", "international", "world", "nations", "people", "economic", "countries",
        "rights", "Africa", "war",
    ],
    "rare word": [
        "smuggling", "piracy", "remittances", "Nauru", "Chagos", "Tlatelolco", "landmines", "whaling", "phosphate",
        "Esquipulas",
    ],
    "several words": [
        "human rights", "United Nations", "debt bondage", "migrant workers", "nuclear weapons", "child soldiers",
        "trafficking of women and children", "climate change small islands", "peace in the Middle East",
        "convention against transnational organized crime", "reform of the Security Council", "women peace security",
    ],
    "phrase of common words": [
        '"of the United Nations"', '"in the world"', '"to be or not to be"', '"the peoples of the world"',
        '"it is in the interest of"', '"one of the most"', '"we the peoples"', '"for the first time"',
        '"the right of all peoples"', '"at the end of the day"', '"peace and security in the world"',
        '"as a member of the"', '"all that we have"', '"it is time to"', '"the will of the people"',
        '"in our name"', '"what we need is"', '"there can be no peace without"', '"on behalf of my Government"',
        '"this is not the time"', '"that which is"',
    ],
    "phrase": [
        '"human rights"', '"trafficking in persons"', '"Millennium Development Goals"', '"Camp David"',
        '"right to development" poverty', '"cold war"', '"new international economic order"', '"debt bondage" children',
    ],
    "sentence": [
        "We the peoples of the United Nations determined to save succeeding generations from the scourge of war",
        "all human beings are born free and equal in dignity and rights",
        "I should like to congratulate you, Mr. President, on your election to the presidency of this session",
        "the illicit trade in small arms and light weapons in all its aspects",
        "no one shall be held in slavery or servitude",
        "the use of force against the territorial integrity or political independence of any State",
        "we call upon the developed countries to fulfil their commitment of 0.7 per cent of gross national product",
        "the question of equitable representation on and increase in the membership of the Security Council",
        "my country has always maintained that dialogue is the only way to settle disputes",
        "the sea level is rising and our islands may disappear beneath the waves",
    ],
    "prefix": ["traffic*", "kidnap*", "develop*", "nation*", "refug*", "smuggl* child*", "inter*", "pro*"],
    "typo": [
        "trafiking", "refugess", "Unted Nations", "climat chnage", "nuclaer wepons", "humna rights", "terorism",
        "enviroment", "Afganistan", "goverment coruption",
    ],
    "operators": [
        "smuggling NOT drugs", "peace NOT war", "piracy OR hostages", "Darfur OR Rwanda OR Kosovo",
        "migration AND remittances", '"human rights" NOT women', "famine OR drought OR hunger",
        "apartheid AND sanctions",
    ],
    "name": [
        "Nelson Mandela", "Kofi Annan", "Boutros Boutros-Ghali", "Fidel Castro", "Robert Mugabe", "Yasser Arafat",
        "Dag Hammarskjöld", "Yugoslavia Milosevic", "Javier Pérez de Cuéllar", "Aung San Suu Kyi",
    ],
    "long": [
        "which countries said that rich states should open their borders to migrant workers",
        "speech about a small country without an army that believes in disarmament",
        "what did presidents say about the murder of tourists by terrorists in Bali",
        "who asked for compensation for the slave trade and colonialism",
        "fishing boats that use forced labour on the high seas",
        "how many people were displaced by the war in the former Yugoslavia",
    ],
}  # fmt: skip
IN_LANGUAGES = {
    "ar": ["حقوق الإنسان", "الرق وتجارة الرقيق"],
    "zh": ["人权", "奴隶制和奴隶买卖"],
    "fr": ["droits de l’homme", "traite des esclaves", "Conseil de sécurité"],
    "ru": ["права человека", "рабство и работорговля"],
    "es": ["derechos humanos", "trata de esclavos", "Naciones Unidas"],
}
WITH_FACETS = [
    ("peace", CONTRIBUTIONS | {"year": "2004"}),
    ("human rights", CONTRIBUTIONS | {"year": "2001", "language": "en"}),
    ("development", {"year": "2010", "organization_type": "state"}),
    ("refugees", {"country": "KE"}),
    ("sea level", CONTRIBUTIONS | {"country": "TV", "organization_type": "state"}),
    ("terrorism", CONTRIBUTIONS | {"dialogue": "general-debate-56", "language": "en"}),
    ("trade", {"kind": "contribution", "year": "2006", "series": "general-debate"}),
    ("nuclear", {"series": "general-debate", "year": "2012"}),
    ('"Security Council"', CONTRIBUTIONS | {"year": "2005", "country": "BR"}),
    ("minister", {"kind": "speaker"}),
]
DEEP = ["peace", "development Africa", "Security Council", '"human rights"', "women", "nation*"]
WITHOUT_WORDS = [
    CONTRIBUTIONS,
    CONTRIBUTIONS | {"year": "2010"},
    CONTRIBUTIONS | {"country": "FJ"},
    {"kind": "speaker"},
    {"year": "2003"},
    {"language": "fr"},
    {"series": "general-debate", "year": "2008"},
]
QUICK = bool(os.environ.get("QUICK"))
ALL = [
    *(Question(kind, text) for kind, texts in TEXTS.items() for text in texts),
    *(Question("language", text, prefix=prefix) for prefix, texts in IN_LANGUAGES.items() for text in texts),
    *(Question("facets", text, filters) for text, filters in WITH_FACETS),
    *(Question("page 20", text, page=20) for text in DEEP),
    *(Question("by date", text, sort="date") for text in ["peace", "human rights", '"climate change"']),
    *(Question("without words", filters=filters) for filters in WITHOUT_WORDS),
]
QUESTIONS = list({one.kind: one for one in reversed(ALL)}.values()) if QUICK else ALL
COMMON_PHRASES = "phrase of common words"
