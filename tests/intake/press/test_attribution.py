"""Who speaks in one or two sentences, and their affiliation. All people are invented."""

import pytest

from intake.press import read_press_release


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Ruiz, Open Door, asked “why nobody opens the door”.", [("Ana Ruiz", "", "")]),
        ("“We have opened it,” said Dr. Ana Ruiz, PhD, of the Open Door.", [("Ana Ruiz", "Dr.", "Open Door")]),
        ("“We have opened it,” said UNODC Director Ana Ruiz.", [("Ana Ruiz", "Director", "")]),
        ("The Director of UNODC, Ana Ruiz, in her message said “we open”.", [("Ana Ruiz", "Director", "UNODC")]),
        ("After the Director of UNODC, Ana Ruiz said “we open”.", [("Ana Ruiz", "", "")]),
        (
            "« Ouvrons la porte ce soir », a déploré la directrice du Réseau Sud, Ana Ruiz.",
            [("Ana Ruiz", "directrice", "Réseau Sud")],
        ),
        (
            "«Abran la puerta esta noche», dijo en la apertura la jueza Ana Ruiz, de la Red Sur.",
            [("Ana Ruiz", "", "Red Sur")],
        ),
        ("Peru’s delegate, Ms. Ana Ruiz, said: “We have opened it.”", [("Ana Ruiz", "", "")]),
        (
            "“We have opened it,” said Ana Ruiz, former Co-Chair of the Dialogue, now Director of Open Door.",
            [("Ana Ruiz", "", "")],
        ),
        ("“We have opened it,” said Lt. Col. Ana Ruiz (Open Door).", [("Ana Ruiz", "Lt. Col.", "Open Door")]),
        ("“We have opened it,” said A. B. Ruiz of Open Door.", [("A. B. Ruiz", "", "Open Door")]),
        ("“We open,” said Maria “Mia” Holm of Open Door.", [("Maria “Mia” Holm", "", "Open Door")]),
        ("The Dialogue remembered Ana Ruiz, whom everybody in the network Safe Harbour knew.", []),
        ("A study from the trade union Fuerza Rural said “we open the door”.", []),
    ],
)
def test_people_who_speak(text, people):
    assert [(one.name, one.title, one.affiliation) for one in read_press_release(text).people] == people


@pytest.mark.parametrize(
    ("second", "speaker"),
    [
        ("“Doors do close and open,” the Vice-Chair added.", ""),
        ("According to him, “doors do close”.", "Tom Berg"),
        ("“Doors do close”, was his answer.", "Tom Berg"),
        ("Asked why, he does not hesitate: “Doors do close.”", "Tom Berg"),
        ("“Doors do close and open,” was the reply from the floor by Eva Holm.", ""),
        ("For Eva Holm, “doors do close, and they open again”.", "Eva Holm"),
        ("Then came Eva Holm, who added: “Doors do close.”", "Eva Holm"),
    ],
)
def test_the_speaker_of_the_next_quote(second, speaker):
    first = "“Doors open,” said Mr. Tom Berg, Vice-Chair of the Working Group on Firearms."
    assert read_press_release(f"{first}\n\n{second}").quotes[-1].speaker == speaker


def test_her_co_chair_is_not_the_last_speaker():
    text = (
        "The Co-Chairs, Ms. Eva Holm of Open Door and Mr. Tom Berg of Closed Door, agreed. “Doors open,” said Ms. Holm."
        " Her Co-Chair added that “doors do close at night too”."
    )
    assert [(one.speaker, one.text) for one in read_press_release(text).quotes] == [
        ("Eva Holm", "Doors open"),
        ("", "doors do close at night too"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz of the Open Door remembers a border clerk telling her that “the form asks for a number first”.",
        "Ana Ruiz (Open Door) told of a weaver whose contract contained the words “the family guarantees the loom”.",
        "Ana Ruiz of the Open Door denied that she had called the meeting “a talking shop for the rich”.",
        "“We cannot do this alone any more,” Ana Ruiz of the Open Door quoted a fisherman as saying.",
        "Ana Ruiz of the Open Door read from a letter: “My brother has not been paid since March.”",
        "Ana Ruiz recalled a fisherman who said “we pull them out and then we are questioned”.",
        "Ana Ruiz described a sign in the harbour: “No one leaves a boat alone.”",
        "Ana Ruiz said that a guard had told her “you do not exist for me”.",
        "Ana Ruiz warned against what some call “the market of mercy”.",
        "“The market of mercy is closed,” Ana Ruiz never said.",
        "“The market of mercy is closed,” Ana Ruiz said her brother had written.",
        "“The market of mercy is closed,” said Ana Ruiz’s mother.",
        "“The market of mercy is closed,” said Ana Ruiz and Tom Berg.",
        "Quoting her mother, Ana Ruiz said: “We do not count guests.”",
        "Ana Ruiz began with a proverb: “A door is a wall that listens.”",
        "Ana Ruiz spoke first. Then Sukarmadi took the floor. “We do not count guests,” he said.",
    ],
)
def test_words_that_may_be_those_of_others_are_not_ticked(text):
    assert [one.sure for one in read_press_release(text).quotes] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz of the Open Door said: “We do not count guests.”",
        "Ana Ruiz, a lawyer from the Open Door, told the panel that shelters “do not count guests”.",
        "“We do not count guests,” Ana Ruiz of the Open Door told the audience.",
        "“We do not count guests,” said the Director of the Open Door, Ana Ruiz.",
        "According to Ana Ruiz of the Open Door, “we do not count guests”.",
        "“We do not count guests,” explique Ana Ruiz, directrice du Réseau.",
        "Pour Ana Ruiz, « la preuve vieillit plus vite ».",
        "«No contamos a nuestros huéspedes», afirmó la Dra. Ana Ruiz.",
    ],
)
def test_words_beside_a_plain_verb_of_saying_are_ticked(text):
    assert [(one.speaker, one.sure) for one in read_press_release(text).quotes] == [("Ana Ruiz", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("« Nous avons, a déclaré Mme Ana Ruiz, perdu dix ans. »", ["Nous avons […] perdu dix ans."]),
        (
            "« Un lit vide attend, a-t-elle ajouté. C’est une nuit de préparation. »",
            ["Un lit vide attend", "C’est une nuit de préparation."],
        ),
        ("«Y la espera —añadió— no sale en los libros».", ["Y la espera […] no sale en los libros"]),
        ("« Il a dit oui, a répondu mon père, et non. »", ["Il a dit oui, a répondu mon père, et non."]),
    ],
)
def test_the_words_that_say_who_speaks_are_no_part_of_a_quote(text, words):
    assert [one.text for one in read_press_release(text).quotes] == words


def test_words_after_a_name_inside_a_quotation_are_not_ticked():
    text = "« Nous avons, a déclaré Mme Ana Ruiz, directrice du Réseau, perdu dix ans. »"
    assert [one.sure for one in read_press_release(text).quotes] == [False]


def found_quotes(text):
    """Return the words, speaker and tick of each quote of a text."""
    return [(one.text, one.speaker, one.sure) for one in read_press_release(text).quotes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("—No hay pan —dijo Ana Ruiz, del Faro Sur—. Lo vimos en enero.", ["No hay pan", "Lo vimos en enero."]),
        ("—No hay pan —dijo Ana Ruiz, del Faro Sur—, ni agua.", ["No hay pan […] ni agua."]),
        ("—¿Quién paga? —preguntó Ana Ruiz. Nadie respondió.", ["¿Quién paga?"]),
        ("–No hay pan –dijo Ana Ruiz–. Lo vimos ayer.", ["No hay pan", "Lo vimos ayer."]),
        ("—Leemos «nunca más» en el muro —dijo Ana Ruiz.", ["Leemos «nunca más» en el muro"]),
        (
            "— On écoute trop peu, a déclaré Mme Ana Ruiz, présidente du Relais. Le port a fermé.",
            ["On écoute trop peu"],
        ),
        ("«No hay pan —dijo Ana Ruiz, del Faro Sur—. Lo vimos ayer.»", ["No hay pan", "Lo vimos ayer."]),
    ],
)
def test_dashes_divide_speech_from_the_words_that_say_who_speaks(text, words):
    assert found_quotes(text) == [(one, "Ana Ruiz", True) for one in words]


@pytest.mark.parametrize(
    "text",
    [
        "— Reforzar los puestos de escucha.\n— Ana Ruiz, directora de la Red Sur",
        "– Formar a los intérpretes, afirmó la Dra. Ana Ruiz.",
        "— los puertos, dijo Ana Ruiz, están llenos.",
        "El puerto —dijo Ana Ruiz— está lleno.",
    ],
)
def test_lists_signatures_and_asides_are_no_dialogue(text):
    assert found_quotes(text) == []


def test_a_family_name_may_come_first():
    text = "“Doors open,” said Tom Berg.\n\nPark Ji-won, an analyst, spoke too. “Doors do close,” said Park."
    assert [one.speaker for one in read_press_release(text).quotes] == ["Tom Berg", "Park Ji-won"]


def test_a_name_of_two_people_is_no_speaker():
    text = "Eva Holm and Tom Holm came. “Doors do open and close,” said Holm."
    assert [(one.speaker, one.sure) for one in read_press_release(text).quotes] == [("", False)]


@pytest.mark.parametrize(
    ("name", "again"),
    [("Njeri wa Kamweru", "Dr. wa Kamweru"), ("Ludovica dell’Orto", "Ms. dell’Orto"), ("Noor el-Hadi", "Dr. el-Hadi")],
)
def test_particles_belong_to_a_name(name, again):
    found = read_press_release(f"“Doors do open,” said Dr. {name}. “Doors do close,” said {again}.")
    assert [one.speaker for one in found.quotes] == [name, name]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ana Ruiz, Director of Hope House and Co-Chair of the Dialogue, spoke.", "co-chair"),
        ("Tom Berg spoke. His Co-Chair, Ms. Ana Ruiz of the Open Door, agreed.", "co-chair"),
        ("Ana Ruiz, chairing the Dialogue on Ports, asked for calm.", "chair"),
        ("Chairing the Dialogue, Ana Ruiz asked for calm.", "chair"),
        ("We met Dr. Ana Ruiz, Director of Hope House, who moderated the second panel.", "moderator"),
        ("The moderator, Ana Ruiz, asked for calm.", "moderator"),
    ],
)
def test_roles(text, role):
    assert {one.name: one.role for one in read_press_release(text).people}["Ana Ruiz"] == role


def test_a_speaker_after_those_who_moderate_is_not_a_moderator():
    panel = "During the panel, moderated by Professor Ana Ruiz (Open Door), Captain Tom Berg"
    people = read_press_release(f"{panel}, of the Sea Union, told delegates: “We open.”").people
    assert {one.name: one.role for one in people} == {"Ana Ruiz": "moderator", "Tom Berg": ""}
    assert [one.is_sure for one in people] == [True, False]
    people = read_press_release(f"{panel} and Mia Holm, delegates met.").people
    assert {one.name: one.role for one in people} == dict.fromkeys(["Ana Ruiz", "Tom Berg", "Mia Holm"], "moderator")


def test_a_role_that_cannot_be_read_leaves_the_person_and_the_quotes_to_staff():
    text = (
        "Ana Ruiz, who served as Co-Chair, said: “Doors do open and close.”\n\nTom Berg agreed: “They do, every day.”"
    )
    found = read_press_release(text)
    assert {one.name: one.sure for one in found.people} == {"Ana Ruiz": False, "Tom Berg": True}
    assert [one.sure for one in found.quotes] == [False, True]


NAMED_LAST = "Ana Ruiz, de la Red Sur, abrió la sesión y saludó a todos. "


@pytest.mark.parametrize(
    "text",
    [
        "«El papel se pierde en la playa», explicó.",
        "Añadió que los papeles «se pierden en la playa cada noche».",
        "A su juicio, los papeles «se pierden en la playa cada noche».",
        "«El papel de hoy —afirmó— se pierde en la playa».",
    ],
)
def test_an_unnamed_speaker_is_proposed_to_be_the_last_one_and_never_ticked(text):
    (quote,) = read_press_release(NAMED_LAST + text).quotes
    assert (quote.speaker, quote.sure) == ("Ana Ruiz", False)


def test_nobody_is_proposed_for_the_words_of_somebody_without_a_name():
    text = "Mme Ana Ruiz a conclu. Une entrepreneuse a reconnu qu’elle « n’avait jamais visité ses ateliers »."
    assert [quote.speaker for quote in read_press_release(text).quotes] == [""]


def test_a_proverb_is_not_given_to_the_person_who_cites_it():
    text = "« On oublie le canon », a dit Ana Ruiz, avant de citer un proverbe : « La poudre ne dort pas la nuit. »"
    assert [quote.speaker for quote in read_press_release(text).quotes][-1] == ""


@pytest.mark.parametrize(
    ("verb", "speaker"),
    [
        ("a résumé d'emblée", "Solène Vautrin"),
        ("a résumé", "Solène Vautrin"),
        ("a conclu ensuite", "Solène Vautrin"),
        ("a chanté d'emblée", ""),
    ],
)
def test_a_french_adverb_may_stand_between_the_verb_and_the_name(verb, speaker):
    found = read_press_release(f"« On vend des dettes », {verb} Solène Vautrin, directrice.")
    assert "".join(quote.speaker for quote in found.quotes) == speaker
