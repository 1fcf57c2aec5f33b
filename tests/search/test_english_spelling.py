"""British and American spelling."""

import pytest

from search.analysis import analyze
from search.english_spelling import american, beginnings


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("labour", "labor"), ("labourers", "laborers"), ("neighbourhood", "neighborhood"),
        ("unfavourable", "unfavorable"),
        ("programme", "program"), ("programmes", "programs"), ("kilogrammes", "kilograms"),
        ("organisation", "organization"), ("organised", "organized"), ("globalisation", "globalization"),
        ("criminalise", "criminalize"), ("emphasising", "emphasizing"), ("recognisable", "recognizable"),
        ("centre", "center"), ("centred", "centered"), ("kilometres", "kilometers"), ("theatre", "theater"),
        ("manoeuvred", "maneuvered"), ("manoeuvring", "maneuvering"),
        ("defence", "defense"), ("defenceless", "defenseless"), ("offences", "offenses"), ("licence", "license"),
        ("practised", "practiced"), ("traveller", "traveler"), ("travelled", "traveled"), ("fuelling", "fueling"),
        ("counsellors", "counselors"), ("marvellous", "marvelous"), ("jewellery", "jewelry"),
        ("dialogue", "dialog"), ("catalogued", "cataloged"), ("cataloguing", "cataloging"),
        ("analyse", "analyze"), ("paralysed", "paralyzed"), ("fulfil", "fulfill"), ("enrolment", "enrollment"),
        ("skilful", "skillful"), ("judgement", "judgment"), ("anaemia", "anemia"), ("paediatric", "pediatric"),
        ("archaeology", "archeology"), ("diarrhoea", "diarrhea"), ("ageing", "aging"), ("sceptical", "skeptical"),
        ("ploughed", "plowed"), ("sulphur", "sulfur"), ("aluminium", "aluminum"), ("enquiry", "inquiry"),
    ],
)  # fmt: skip
def test_both_spellings_are_one_word(british, other):
    assert american(british) == american(other) == other
    assert analyze(british, "en") == analyze(other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("filling", "filing"), ("four", "for"), ("prise", "prize"), ("tour", "tor"), ("hour", "hor"), ("your", "yor"),
        ("contour", "contor"), ("paella", "pella"), ("metre", "mete"), ("calling", "caling"),
        ("fence", "fense"), ("device", "devise"), ("advice", "advise"), ("story", "storey"),
        ("cheque", "check"), ("tyre", "tire"), ("draught", "draft"), ("plough", "plug"), ("does", "dos"),
        ("league", "leag"), ("prologue", "prolong"), ("meter", "mete"), ("timbre", "timber"), ("genre", "gener"),
    ],
)  # fmt: skip
def test_different_words_stay_different(one, other):
    assert analyze(one, "en") != analyze(other, "en")


@pytest.mark.parametrize(
    "word",
    """four tour hour our your pour detour contour colon prise rise wise likewise arise promise promised surprise advise
    advisable advertise exercise enterprise compromise supervised televised revised improvisation devise despise precise
    raise praise noise poise cruise disguise crises bruised franchise disenfranchised fence absence acre massacre genre
    league vogue Israel does poem shoe calling controlled compelled expelled filling spelled enrolled judgment age
    """.split(),  # noqa: SIM905
)
def test_words_with_one_spelling_are_left(word):
    assert american(word) == word


def test_the_rules_are_for_english_alone():
    assert analyze("programme", "fr") != analyze("program", "fr")
    assert analyze("faveur", "fr") != analyze("favor", "es")


@pytest.mark.parametrize(
    ("word", "letters"),
    [("theater", ("the",)), ("neighborhood", ("nei",)), ("skeptic", ("skep", "scep")), ("anemia", ("anem", "anaem")),
     ("labor", ("labo",)), ("debt", ("deb",)), ("organization", ("organizatio",)), ("of", ("of",))],
)  # fmt: skip
def test_the_letters_with_which_all_spellings_begin(word, letters):
    assert beginnings(word) == letters


@pytest.mark.parametrize(
    "british",
    """labourers programme organised centred theatre manoeuvring defenceless practised travelled counsellors marvellous
    jewellery catalogued analyse fulfil enrolment skilful judgement anaemia paediatric archaeology diarrhoea ageing
    sceptical ploughed sulphur aluminium enquiries aeroplane gaoler pyjamas moustache grey praesidium anaesthesia
    haemorrhage faeces foetus caesarean oestrogen oesophagus mould connexion artefact encyclopaedia homoeopathy
    """.split(),  # noqa: SIM905
)
def test_british_words_begin_with_the_letters_of_their_american_stem(british):
    (stem,) = analyze(british, "en")
    assert british.startswith(beginnings(stem))
