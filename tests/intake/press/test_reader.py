"""What is read in the sets of press releases, and in short texts. All people and bodies are invented."""

import json
import time
from pathlib import Path

import pytest

from bench import staff
from bench.press_scoring import score
from intake.press import KnownNames, read_press_release
from intake.source_text import is_in_source, unwrap_lines

RELEASES = Path(__file__).parent / "releases"
SETS = {"releases": RELEASES, **{name: staff.FOLDER / folder for name, folder in staff.SETS.items()}}
NAMES = staff.known_names()
REAL = Path(__file__).parents[3] / staff.TEXT
EVERY = [path for folder in SETS.values() for path in sorted(folder.glob("*.txt"))]


@pytest.mark.parametrize("folder", SETS.values(), ids=SETS.keys())
def test_rows_that_arrive_ticked_are_right_and_most_quotes_are_found(folder):
    totals = staff.tallies((path, path.with_suffix(".json")) for path in sorted(folder.glob("*.txt")))
    assert staff.precision(totals) >= 0.95
    assert totals["quotes"].recall >= 0.75
    assert totals["people"].precision >= 0.95


def test_all_releases_are_read():
    assert [len(list(folder.glob("*.txt"))) for folder in SETS.values()] == [49, 7, 7, 11, 4, 3]


@pytest.mark.skipif(not REAL.exists(), reason="needs the shared press releases, ../shared/press")
def test_the_real_release():
    text, answers = REAL.read_text("utf8"), json.loads(staff.ANSWERS.read_text("utf8"))
    found = read_press_release(text, NAMES)
    wrong = {kind: (one.wrong_ticked, one.wrong_others) for kind, one in score(text, found, answers).items()}
    assert set(map(str, wrong.values())) == {"([], [])"}
    assert (len(found.meetings), len(found.people), len(found.quotes)) == (2, 6, 9)
    assert (found.place, str(found.date)) == ("Vienna", "2024-07-25")


def test_quotations_are_joined_only_within_one_sentence():
    found = read_press_release(
        "“Doors open,” said Ana Ruiz. “Doors close,” she further emphasized. “They do not,” she added, “by themselves"
        " alone.”"
    )
    assert [(one.speaker, one.text) for one in found.quotes] == [
        ("Ana Ruiz", "Doors open"), ("Ana Ruiz", "Doors close"), ("Ana Ruiz", "They do not […] by themselves alone."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "between", [", but that she sees in the present law ", ", and that the law of today is ", "; she called the law, "]
)
def test_words_of_two_statements_are_two_quotes(between):
    first, second = "we shall never agree to that ban,", "a measure that has already saved many lives"
    found = read_press_release(f"Ana Ruiz, of the Open Door, said that “{first}”{between}“{second}”.")
    assert [one.text for one in found.quotes] == [first.strip(","), second]


@pytest.mark.parametrize("path", [*EVERY, REAL], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_quote_has_the_words_of_the_source(path):
    if not path.exists():
        pytest.skip("needs the shared press releases, ../shared/press")
    text = staff.as_pasted(path)
    altered = [one.text for one in read_press_release(text, NAMES).quotes if not is_in_source(one.text, text)]
    assert altered == []


@pytest.mark.parametrize(
    "path", [one for one in EVERY if one.with_suffix(".json").exists()], ids=lambda path: path.stem
)
def test_a_known_organization_is_never_a_person(path):
    """Each person of the answers is made an organization: none may be proposed as a person."""
    names = [one["name"] for one in json.loads(path.with_suffix(".json").read_text("utf8"))["people"]]
    found = read_press_release(staff.as_pasted(path), KnownNames(organization=names))
    assert {one.name for one in found.people} & set(names) == set()


def test_another_speaker_ends_a_quote():
    text = "“Doors open,” said Ana Ruiz. “Doors close,” replied Tom Berg. “They open again,” Ms. Ruiz added."
    assert [one.speaker for one in read_press_release(text).quotes] == ["Ana Ruiz", "Tom Berg", "Ana Ruiz"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing was said.",
        "The so-called “brokers of the river” were discussed by Ana Ruiz.",
        "The report “Shadows in the Harbour” is available online.",
        "Participants remembered the late Ana Ruiz of the Open Door.",
    ],
)
def test_texts_without_quotes(text):
    found = read_press_release(text)
    assert (found.meetings, found.people, found.quotes) == ([], [], [])


def test_wrapped_lines_are_joined():
    text = "Vienna, 2 May 2024\n\n“We have to begin with those\nwho were there,” said Ana\nRuiz of the Open\nDoor."
    found = read_press_release(unwrap_lines(text))
    assert [(one.name, one.affiliation) for one in found.people] == [("Ana Ruiz", "Open Door")]
    assert found.quotes[0].text == "We have to begin with those who were there"


def test_offsets_refer_to_the_text():
    text = "Vienna, 2 May 2024. “We begin,” said Ana Ruiz at the Constructive Dialogue on Firearms on 1 May."
    found = read_press_release(text, NAMES)
    assert text[found.people[0].start : found.people[0].end] == "Ana Ruiz"
    assert text[slice(*found.quotes[0].parts[0])] == "We begin"
    assert text[found.meetings[0].start : found.meetings[0].end] == "Constructive Dialogue on Firearms"


@pytest.mark.parametrize(
    "piece",
    ["A. ", "H.E.", "Ana Ruiz ", "Ana Ruiz, of the a b c, ", "(Ana (Ruiz ", "— Ana\n", "Ochieng’ ", "of the NGO "],
)
def test_four_times_a_repetitive_text_takes_about_four_times_as_long(piece):
    def seconds(length: int) -> float:
        text, started = piece * (length // len(piece)), time.process_time()
        read_press_release(text, NAMES)
        return time.process_time() - started

    read_press_release(piece, NAMES)
    assert min(seconds(16_000) for _ in range(2)) < 10 * min(seconds(4_000) for _ in range(2))  # 16 times if quadratic


def test_a_quote_belongs_to_its_signature():
    found = read_press_release("“Doors open.”\n– Ana Ruiz, Director, Open Door\n\n“Doors close,” said Tom Berg.")
    assert [(one.speaker, one.text) for one in found.quotes] == [
        ("Ana Ruiz", "Doors open."),
        ("Tom Berg", "Doors close"),
    ]


def test_a_quote_with_an_unknown_attribution_has_no_speaker_and_is_not_ticked():
    found = read_press_release(
        "“Doors open,” said Ana Ruiz.\n\n“Doors close when the night begins,” ran a line on the wall behind the podium."
    )
    assert [(one.speaker, one.sure) for one in found.quotes] == [("Ana Ruiz", True), ("", False)]


def test_only_what_is_sure_is_ticked():
    found = read_press_release("“Doors open,” said Ana Ruiz. “Doors close,” said Mr. Berg.")
    assert [(one.name, one.sure) for one in found.people] == [("Ana Ruiz", True), ("Berg", False)]
    assert [(one.speaker, one.sure) for one in found.quotes] == [("Ana Ruiz", True), ("Berg", False)]


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("The Constructive Dialogues on Firearms and Smuggling of Migrants.", ["Firearms", "Smuggling of Migrants"]),
        ("The Constructive Dialogue on Firearms and the smuggling of migrants.", ["Firearms"]),
        ("The Constructive Dialogue on the Review Mechanism.", []),
        ("Le troisième Dialogue constructif sur la traite des personnes.", ["Trafficking in Persons"]),
        ("Le Dialogue constructif de 2026 consacré aux armes à feu.", ["Firearms"]),
        ("El 2.º Diálogo Constructivo sobre el Tráfico Ilícito de Migrantes.", ["Smuggling of Migrants"]),
        (
            "Los Diálogos Constructivos sobre la trata de personas y sobre las armas de fuego.",
            ["Trafficking in Persons", "Firearms"],
        ),
        ("Un débat sur les armes à feu a suivi.", []),
        ("A panel on ports and one on Firearms followed.", []),
    ],
)
def test_dialogues_are_those_of_known_series(text, series):
    assert [one.series for one in read_press_release(text, NAMES).meetings] == series


@pytest.mark.parametrize(
    "text",
    [
        "The Chair, Ana Ruiz, quoted Seneca: “It is not that we have a short time.”",
        "The Chair, Ana Ruiz, recalled a mother from her town who had told her: “You count the guns.”",
    ],
)
def test_words_that_a_speaker_quotes_are_not_theirs(text):
    assert [(one.speaker, one.sure) for one in read_press_release(text).quotes] == [("", False)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Press release\n\nWho counts the guns?\n\nVienna, 2 May 2024. Text.", "Who counts the guns?"),
        ("Dialogue: “We count the guns”\n\nVienna, 2 May 2024. Text.", "Dialogue: “We count the guns”"),
        ("Vienna, 2 May 2024. The Constructive Dialogue on Firearms was held.", ""),
    ],
)
def test_titles(text, title):
    assert read_press_release(text, NAMES).title == title


@pytest.mark.parametrize("place", ["VIENNA", "Vienna/Online", "Vienna (Austria)", "Vienna, Austria", "Vienna/Austria"])
def test_the_town_of_a_dateline(place):
    found = read_press_release(f"{place}, 14 July 2023 – Text.")
    assert (found.place, str(found.date)) == ("Vienna", "2023-07-14")


@pytest.mark.parametrize("line", ["***\nFor information: ", "Press desk: ", "Contact: ", "Pour plus d’informations : "])
def test_a_contact_block_is_not_read(line):
    text = f"“Doors open,” said Ana Ruiz.{' Nobody else spoke.' * 20}\n\n{line}Eva Holm said “call me at once”."
    found = read_press_release(text + "\neva@example.org")
    assert ([one.name for one in found.people], len(found.quotes)) == (["Ana Ruiz"], 1)


BACK = "The Constructive Dialogue on Firearms, held on 24 June 2029, came back at the Constructive Dialogue on {}."
BOTH = "The Constructive Dialogue on Firearms was held on 24 June and the Constructive Dialogue on {} on 26 June 2029."


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (BACK, [("2029-06-24", True), ("None", False)]),
        (BOTH, [("2029-06-24", True), ("2029-06-26", True)]),
    ],
)
def test_each_dialogue_has_its_own_day(text, days):
    found = read_press_release(f"VIENNA, 2 July 2029 – {text.format('Smuggling of Migrants')}", NAMES)
    assert [(str(one.starts_on), one.sure) for one in found.meetings] == days


def test_days_of_dialogues_in_french_and_spanish():
    text = (
        "Vienne, 14 octobre 2026 – Le Dialogue constructif sur la traite des personnes, tenu le 6 octobre 2026, a réuni"
        " deux cents personnes."
    )
    (meeting,) = read_press_release(text, NAMES).meetings
    assert (str(meeting.starts_on), meeting.sure) == ("2026-10-06", True)
    text = (
        "VIENA, 1 de julio de 2027 – Tras la sesión del 3 de mayo de 2027 del Grupo, el Diálogo Constructivo sobre las"
        " armas de fuego."
    )
    (meeting,) = read_press_release(text, NAMES).meetings
    assert (meeting.starts_on, meeting.sure) == (None, False)


def test_the_year_of_a_dialogue_without_a_day():
    text = "VIENNA, 2 July 2029 – It took up threads of the Constructive Dialogue on Firearms of November 2025."
    assert [one.year for one in read_press_release(text, NAMES).meetings] == [2025]


@pytest.mark.parametrize(
    ("days", "last"), [("15 and 16 September 2026", "2026-09-16"), ("15 and 18 September 2026", "None")]
)
def test_two_days_of_one_dialogue_are_its_first_and_last_if_one_follows_the_other(days, last):
    text = f"The Constructive Dialogue on Firearms was held on {days}."
    (meeting,) = read_press_release(text, NAMES).meetings
    assert (str(meeting.ends_on), meeting.sure) == (last, last != "None")


def test_a_dateline_without_a_year_has_a_place_and_no_day():
    found = read_press_release("VIENNA, 4 June (Information Service) – Doctors want to be heard earlier.")
    assert (found.place, found.date) == ("Vienna", None)


@pytest.mark.parametrize("label", ["Press release", "Communiqué de presse", "NOTA DE PRENSA", "Пресс-релиз", "新闻稿"])
def test_the_label_of_a_release_is_no_title(label):
    assert read_press_release(f"{label}\n\nLight for the harbour\n\nText.").title == "Light for the harbour"


def test_datelines_in_french_and_spanish():
    for text, place in [
        ("DAKAR/VIENNE, le 9 octobre 2029. — Texte.", "Dakar"),
        ("GINEBRA, 9 de octubre de 2029 – Texto.", "Ginebra"),
    ]:
        found = read_press_release(text)
        assert (found.place, str(found.date)) == (place, "2029-10-09")


@pytest.mark.parametrize("label", ["NOTA INFORMATIVA N.º 12/2026", "Note d’information n° 3", "Press release 7/2026"])
def test_a_label_with_a_number_is_no_title(label):
    text = f"{label}\n\nLas barcas esperan\n\n(Viena, 9 de septiembre de 2026). El puerto está lleno."
    found = read_press_release(text)
    assert (found.title, found.place, str(found.date)) == ("Las barcas esperan", "Viena", "2026-09-09")


def test_a_title_that_begins_like_a_label_stays():
    assert read_press_release("Note d’information sur les barques\n\nLe port est plein.").title == (
        "Note d’information sur les barques"
    )


@pytest.mark.parametrize("said", ["constate", "abonde", "martèle", "plaide", "résume"])
def test_french_verbs_in_the_present_say_who_speaks(said):
    text = f"« Le port est plein », {said} Mme Awa Sarr, de la Maison du quai."
    (quote,) = read_press_release(text).quotes
    assert (quote.text, quote.speaker, quote.sure) == ("Le port est plein", "Awa Sarr", True)


def test_a_noun_after_a_french_quotation_names_no_speaker():
    found = read_press_release("« Le port est plein », note de service Awa Sarr.")
    assert [quote for quote in found.quotes if quote.sure] == []


def test_a_line_that_begins_with_a_dash_after_a_full_stop_is_not_joined_to_the_one_before():
    text = "Uno.\n\n—Hay una noche —dijo Ana—.\n—Hay un muro —dijo Tom, y siguió\n— sin leer —."
    assert unwrap_lines(text) == text.replace("siguió\n", "siguió ")
