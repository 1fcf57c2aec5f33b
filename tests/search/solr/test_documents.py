"""Records as Solr gets them."""

import pytest

from search.solr.documents import MAX_TERM, solr_document


def document(**fields):
    return solr_document("notes.note.7", {"kind": "note", "language": "en", **fields})


def test_a_record_has_its_id_and_what_equal_records_are_sorted_by():
    found = document()
    assert (found["id"], found["label"], found["number"]) == ("notes.note.7", "notes.note", 7)


def test_each_word_is_a_stem_and_its_spelling_in_one_place():
    found = document(text=[("The debts of ships", "en")])
    assert found["text"] == "1 _the debt _debts,i=0 _of ship _ships,i=0"
    assert found["text_length"] == 4
    assert found["spelling"] == ["debts", "ships", "the"]


def test_passages_are_far_apart():
    found = document(text=[("debt", "en"), ("ship", "en")])
    assert found["text"] == "1 debt _debt,i=0 ship,i=129 _ship,i=0"


def test_words_are_analyzed_in_the_language_of_their_text():
    assert "trafic" in document(text=[("traficantes", "es")])["text"].split()
    assert "trafic" not in document(text=[("traficantes", "en")])["text"].split()


def test_chinese_is_its_characters_and_pairs_of_them():
    found = document(text=[("贩运人", "zh")])
    assert {term.split(",")[0] for term in found["text"].split()[1:]} >= {"贩", "贩运", "运", "运人", "人"}
    assert "spelling" not in {name for name, value in found.items() if value and name == "spelling"}


def test_names_are_compared_by_their_letters():
    assert document(speaker=[("Amélie Coopers", "")])["speaker"] == "1 amelie coopers"


def test_a_text_without_words_is_left_out():
    assert "text" not in document(text=[("…", "en"), ("", "en")])


def test_a_very_long_word_is_cut():
    (term, spelled) = document(text=[("a" * 40_000, "en")])["text"].split()[1:]
    assert max(len(term), len(spelled.split(",")[0])) == MAX_TERM


@pytest.mark.parametrize(("date", "last"), [("2024-05-01", "2024-05-01"), ("2024", "2024~"), ("2024-05", "2024-05~")])
def test_a_year_lasts_to_its_end(date, last):
    assert document(date=date)["date_last"] == last


def test_a_record_without_a_date_has_no_last_day():
    assert "date_last" not in document(date="")


def test_a_record_may_have_texts_in_several_languages():
    found = document(language="fr", text=[("Salut", "fr"), ("Hello", "en")])
    assert (found["main_language"], found["possible_language"]) == (["fr"], ["en", "fr"])


def test_a_record_without_a_language_counts_as_english_and_may_have_any():
    found = solr_document("notes.note.7", {"kind": "note", "text": [("Salut", "fr")]})
    assert (found["main_language"], len(found["possible_language"])) == (["en"], 6)


def test_values_are_lists_except_the_kind():
    found = document(topic=["a", "b"], year="2024", country="")
    assert (found["kind"], found["topic"], found["year"]) == ("note", ["a", "b"], ["2024"])
    assert "country" not in found
