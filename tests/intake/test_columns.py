"""How headings and cells tell what a column is."""

import pytest

from intake.batches.row_kinds import KINDS
from intake.columns import digest_of, guess


def found(kind, *table):
    guessed = guess([list(row) for row in table], KINDS[kind].COLUMNS)
    return guessed.header, guessed.columns


@pytest.mark.parametrize(
    ("headings", "row", "columns"),
    [
        (
            ["#", "Submitting entity", "Country/Territory", "Contact e-mail", "Submission title", "Lang.", "File ref"],
            ["1", "Harbour Watch", "Ghana", "a@b.example", "Night shifts", "EN", "hw-01.pdf"],
            ["", "organization", "country", "", "title", "language", "file"],
        ),
        (
            ["Nom de l’ONG", "Ville", "Titre", "Fichier PDF", "Souhaite rester anonyme", "Consentement écrit"],
            ["La Digue", "Lomé", "Sur la digue", "digue.pdf", "non", "oui"],
            ["organization", "", "title", "file", "appear_as", "consent"],
        ),
        (
            ["م", "اسم الجهة المرسلة", "الدولة", "عنوان المساهمة", "لغة المساهمة", "اسم الملف المرفق", "تاريخ الورود"],
            ["1", "جمعية الضفة", "تونس", "ما رأيناه", "العربية", "daffa.pdf", "2024/03/01"],
            ["", "organization", "country", "title", "language", "file", "received"],
        ),
        (
            ["Наименование НКО", "Страна регистрации", "Заглавие", "Язык", "Имя файла", "Телефон"],
            ["Берег", "Казахстан", "Что мы видели", "русский", "bereg.pdf", "+7 701 1234567"],
            ["organization", "country", "title", "language", "file", ""],
        ),
        (
            ["提交机构", "所在国家", "稿件标题", "稿件语言", "附件名称", "提交日期"],
            ["河岸之家", "中国", "我们的见闻", "中文", "hean.pdf", "2024年3月1日"],
            ["organization", "country", "title", "language", "file", "received"],
        ),
    ],
)
def test_parts_of_longer_headings_are_understood_in_six_languages(headings, row, columns):
    assert found("contributions", headings, row) == (1, columns)


def test_titles_and_empty_rows_above_the_headings_are_skipped():
    headings, row = ["Title", "Language", "File"], ["A", "en", "a.pdf"]
    assert found("contributions", ["Contributions received, by organization"], [], headings, row)[0] == 3


def test_the_cells_tell_what_a_column_without_a_known_heading_is():
    row = ["a.pdf", "Français", "Austria", "2024-03-01", "words"]
    assert found("contributions", ["A", "B", "C", "D", "E"], row) == (
        1,
        ["file", "language", "country", "received", ""],
    )


@pytest.mark.parametrize("number", ["{}", "Session {}", "Sesión n.º {}"])
def test_a_column_of_numbers_is_no_title(number):
    rows = [["09:00", number.format(1), "Opening"], ["10:00", number.format(2), "Children"]]
    assert found("programme", ["Time", "Session", "Topic"], *rows) == (1, ["starts", "number", "title"])


def test_numbered_titles_are_titles_if_no_other_column_has_titles():
    rows = [["09:00", "Session 1"], ["10:00", "Session 2"]]
    assert found("programme", ["Time", "Title"], *rows) == (1, ["starts", "title"])


def test_a_column_of_sentences_with_numbers_is_a_title():
    rows = [["09:00", "Article 8 at sea"], ["10:00", "After 1951"], ["11:00", "Children"]]
    assert found("programme", ["Time", "Session"], *rows) == (1, ["starts", "title"])


@pytest.mark.parametrize("cell", ["mara@example.org", "Mara <mara@example.org>", "+43 660 1234567"])
def test_a_column_of_addresses_or_numbers_of_telephones_is_no_person(cell):
    assert found("contributions", ["File", "Contact"], ["a.pdf", cell]) == (1, ["file", ""])
    assert found("contributions", ["File", "Contact"], ["a.pdf", "Mara Lind"]) == (1, ["file", "person"])


def test_paper_means_the_title_of_a_contribution():
    assert found("contributions", ["File", "Paper"], ["a.pdf", "A title"]) == (1, ["file", "title"])


def test_of_two_columns_with_one_meaning_the_whole_heading_counts():
    headings = ["Title of the document in the archive", "Title", "File"]
    assert found("contributions", headings, ["x", "A", "a.pdf"]) == (1, ["", "title", "file"])


def test_headings_are_recognized_without_case_and_punctuation():
    assert digest_of(["Titre :", "PAYS"]) == digest_of(["titre", "Pays"])
    assert digest_of(["Titre", "Pays"]) != digest_of(["Pays", "Titre"])


@pytest.mark.parametrize(("notes", "is_sure"), [(["", "later", ""], True), (["", "later", "later"], False)])
def test_a_column_without_heading_is_asked_about_only_if_most_rows_have_it(notes, is_sure):
    table = [["Number", "Title"], *(["1", "A", note] for note in notes)]
    assert guess(table, KINDS["programme"].COLUMNS).is_sure is is_sure


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Call", "call"), ("Call title", "call"), ("Who to call", ""), ("Call back", ""), ("Title of the paper", "title")],
)
def test_call_is_a_column_only_where_it_is_no_verb(heading, column):
    headings, row = ["File", "Language", heading], ["a.pdf", "en", "Ms Lind"]
    assert found("contributions", headings, row)[1] == ["file", "language", column]


def test_part_of_a_heading_counts_less_than_the_cells_of_another_column():
    headings = ["Structure émettrice", "Libellé du document", "Idiome", "Pièce"]
    row = ["Les Quais ouverts", "Le prix du silence", "français", "q1.txt"]
    assert found("contributions", headings, row)[1] == ["organization", "title", "language", "file"]
    assert found("contributions", headings, [*row[:3], ""])[1] == ["organization", "title", "language", ""]
    assert found("contributions", ["Nom du document", "Langue"], ["q1.txt", "FR"])[1] == ["file", "language"]
    assert found("contributions", ["Fichier", "Pièce"], ["Le prix", "q1.txt"])[1] == ["file", ""]
