"""Capitalized words: their letters, the names of places, and words that are not the names of people."""

import re

from babel import Locale

from .words import LATIN, fold, words_of

LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x400, 0x500), *range(0x1E00, 0x1F00))]
UPPER = "".join(letter for letter in LETTERS if letter.isupper())
LOWER = "".join(letter for letter in LETTERS if letter.islower())

# Capitalized words that are not the names of people: organizations, offices, months. Folded: lower case, no accents.
OTHER_CAPITALS = frozenset(
    """
    act action africa african agency agenda agreement america americas american april arab article asia asian assembly
    association atlantic august authority balkans bank caribbean centre center central chairman chamber charter child
    children christian church commission committee commonwealth community conference congress constitution convention
    council court darfur day december declaration delegation department development east eastern economic embassy europe
    european february federal federation forum foundation framework friday fund general geneva global goals government
    great group health high house human institute international iraqi israeli january july june justice law league
    march member middle millennium minister ministry monday muslim national nations ngo north northern november october
    office optional organization organisation pacific palestinian parliament party peace plan police president prime
    principles programme program protocol republic resolution rights rome saturday school secretary security senate
    september social south southern special states state strategy summit sunday task thursday trafficking treaty
    tribunal trust tuesday union united university war wednesday west western women world zone article
    nations-unies unies onu droits assemblee conseil convention protocole cour etat etats republique ministre ministere
    president comite fonds organisation afrique europe asie
    naciones unidas consejo asamblea convenio convencion protocolo corte tribunal estado estados republica ministerio
    ministro comite fondo organizacion america africa derechos
    организации организация объединенных нации совет ассамблея конвенция протокол суд республика министерство
    """.split()  # noqa: SIM905
)
COUNTRIES = [name for code in (*LATIN, "ru") for name in Locale(code).territories.values()]
# Countries named after saints contain the names of persons: Lucía, Pierre.
SAINTS = re.compile("Saint|St|San|Sent|Сент|Сен|Сан")
PLACES = {fold(name) for name in COUNTRIES} | {
    fold(word) for name in COUNTRIES if not SAINTS.match(name) for word in words_of(name)
}
