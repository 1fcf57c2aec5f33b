"""The vocabulary: which terms it holds, and how a query is widened by it."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.translation import override

from search import grammar, vocabulary
from search.grammar import And, Not, Or, Phrase, Word
from search.models import Concept
from search.terms import split_terms
from search.workflow import OWN_LIST, read_vocabulary
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]


@pytest.fixture
def bondage():
    other_languages = {"fr": "servitude pour dettes", "zh": "债役"}
    return build.concept("debt bondage", "bonded labour", ambiguous="DEB; kabala", **other_languages)


def widened(text):
    return vocabulary.current().widen(grammar.parse(text), text)


def others(text):
    found = widened(text)
    return list(found.terms) if found else []


@pytest.mark.parametrize(
    "text",
    ["debt bondage", "Debt Bondage", "bonded labour", "bonded labor", "servitude pour dettes", "SERVITUDE pour dettes",
     "servitudes pour dette", "债役", "DEB", "deb", "kabala", "Kabala"],
)  # fmt: skip
def test_a_term_in_any_language_and_form_leads_to_the_others(bondage, text):
    found = others(text)
    assert {"debt bondage", "bonded labour", "servitude pour dettes", "债役", "DEB"} - set(found) <= {
        *split_terms("debt bondage; bonded labour; servitude pour dettes; 债役; DEB")
    }
    assert len(found) == (5 if "abala" in text else 4)


@pytest.mark.parametrize(
    "text",
    ["", "debt", "bondage debt", "debt of bondage", '"debt bondage"', "“debt bondage”", "«debt bondage»",
     "speaker:debt bondage", "debt* bondage", "NOT kabala", "wages NOT (debt bondage)", "deb wages", "the Kabala says"],
)  # fmt: skip
def test_other_queries_stay_as_they_are(bondage, text):
    assert widened(text) is None


def test_an_ambiguous_word_is_understood_but_not_searched_for(bondage):
    assert "kabala" not in others("debt bondage")
    assert "DEB" in others("debt bondage")
    assert "debt bondage" in others("the kabala says")
    assert "debt bondage" in others("DEB wages")


def test_other_terms_are_beside_the_own_words(bondage):
    own = And((Word("debt"), Word("bondage")))
    added = (
        Phrase(("bonded", "labour"), in_any_form=True),
        Phrase(("servitude", "pour", "dettes"), in_any_form=True),
        Phrase(("债役",)),
        Word("DEB"),
    )
    assert widened("debt bondage").tree == Or((own, *added))
    assert widened("wages debt bondage").tree == And((Word("wages"), Or((own, *added))))
    tree = widened("((debt bondage) OR wages) NOT ship").tree
    assert tree.parts[1] == Not(Word("ship"))
    assert Word("DEB") in grammar.positive_leaves(tree)


def test_the_longest_term_counts():
    build.concept("debt", "owing")
    build.concept("debt bondage", "bonded labour")
    assert others("debt bondage") == ["bonded labour"]
    assert others("bondage debt") == ["owing"]


def test_a_chinese_term_is_found_inside_a_run_of_characters(bondage):
    assert "debt bondage" in others("打击债役行为")
    assert others("打击行为") == others('"打击债役行为"') == []


def test_a_hyphen_joins_a_term():
    build.concept("non-punishment", "impunity of victims")
    assert others("non-punishment") == others("the non-punishment principle") == ["impunity of victims"]
    assert others('"non-punishment"') == []


def test_terms_in_the_readers_language_come_first(bondage):
    with override("fr"):
        assert others("debt bondage")[0] == "servitude pour dettes"
    assert others("servitude pour dettes")[0] == "debt bondage"


def test_a_query_is_widened_by_a_few_concepts_only():
    for number in range(vocabulary.MAX_CONCEPTS + 1):
        build.concept(f"concept{number}", f"idea{number}")
    text = " ".join(f"concept{number}" for number in range(vocabulary.MAX_CONCEPTS + 1))
    assert others(text) == [f"idea{number}" for number in range(vocabulary.MAX_CONCEPTS)]


def test_a_change_counts_at_once_and_costs_one_query(bondage, django_assert_num_queries):
    assert others("bonded labour")
    with django_assert_num_queries(1):
        vocabulary.current()
    bondage.other_terms = "peonage"
    bondage.save()
    assert others("bonded labour") == []
    assert "debt bondage" in others("peonage")
    bondage.delete()
    assert others("peonage") == []


# What a concept may hold


@pytest.mark.parametrize(
    ("name", "other_terms", "ambiguous_terms"),
    [("Bonded Labour", "", ""), ("serfdom", "DEBT bondage", ""), ("serfdom", "", "kabala"),
     ("Servitude pour dettes", "", "")],
)  # fmt: skip
def test_a_term_belongs_to_one_concept_only(bondage, name, other_terms, ambiguous_terms):
    with pytest.raises(ValidationError, match="is already a term of “debt bondage”"):
        Concept(name=name, other_terms=other_terms, ambiguous_terms=ambiguous_terms).full_clean()


def test_a_concept_may_repeat_its_own_terms_and_the_words_of_others(bondage):
    bondage.full_clean()
    concept = Concept(name="debt", other_terms="labour; debt", translations={"fr": {"name": "debt"}})
    concept.full_clean()
    concept.save()
    assert set(Concept.objects.all()) == {bondage, concept}


def test_a_term_needs_a_word(bondage):
    with pytest.raises(ValidationError, match="has no word"):
        Concept(name="serfdom", other_terms="…").full_clean()


def test_terms_are_divided_by_semicolons_of_any_keyboard_and_by_lines():
    assert split_terms(" one  two;three；四؛ خمسة\r\nsix;; ") == ["one two", "three", "四", "خمسة", "six"]


# The list


def test_the_own_list_is_loaded_into_an_empty_vocabulary_only():
    said = io.StringIO()
    call_command("load_vocabulary", stdout=said)
    assert Concept.objects.count() == len(read_vocabulary(OWN_LIST)) >= 40
    Concept.objects.exclude(name="debt bondage").delete()
    call_command("load_vocabulary", stdout=said)
    assert Concept.objects.count() == 1
    assert "There is a vocabulary already" in said.getvalue()


def test_each_concept_of_the_own_list_has_an_official_term_in_six_languages():
    call_command("load_vocabulary", stdout=io.StringIO())
    assert [concept.name for concept in Concept.objects.all() if concept.missing_languages("name")] == []
    found = others("trafficking in persons")
    for term in ("human trafficking", "trata de personas", "traite des personnes", "الاتجار بالأشخاص",
                 "торговля людьми", "贩运人口", "TIP"):  # fmt: skip
        assert term in found
        assert "trafficking in persons" in others(term)


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_file_adds_concepts_and_replaces_terms(bondage, tmp_path):
    row = {"name [en]": "debt bondage", "other_terms [en]": "peonage", "name [es]": "servidumbre por deudas"}
    added = {"name [fr]": "salaire", "other_terms [fr]": "paie; paye"}
    write(tmp_path / "list.csv", [dict.fromkeys((*row, *added), "") | one for one in (row, added)])
    call_command("load_vocabulary", tmp_path / "list.csv", stdout=io.StringIO())
    assert others("peonage") == ["debt bondage", "servidumbre por deudas"]
    assert others("bonded labour") == []
    french = Concept.objects.get(name="salaire")
    assert (french.original_language, french.other_terms) == ("fr", "paie; paye")
    assert bondage.history.count() == 2


def test_a_file_with_an_error_changes_nothing(bondage, tmp_path):
    write(tmp_path / "list.csv", [{"name [en]": "wages"}, {"name [en]": "Bonded labour"}, {"name [en]": ""}])
    with pytest.raises(CommandError, match=r"(?s)Row 3: .*debt bondage.*Row 4: "):
        call_command("load_vocabulary", tmp_path / "list.csv", stdout=io.StringIO())
    assert list(Concept.objects.values_list("name", flat=True)) == ["debt bondage"]


# The admin


def test_staff_edit_a_concept_and_export_what_can_be_loaded(desk, bondage, tmp_path):
    page = desk.get(f"/admin/search/concept/{bondage.pk}/change/").content.decode()
    assert 'name="other_terms_fr"' in page
    form = {"original_language": "en", "name": "debt bondage", "other_terms": "peonage", "ambiguous_terms": "DEB",
            "name_fr": "servitude pour dettes", "other_terms_fr": "péonage"}  # fmt: skip
    assert desk.post(f"/admin/search/concept/{bondage.pk}/change/", form).status_code == 302
    assert "debt bondage" in others("péonages")
    (tmp_path / "list.csv").write_bytes(desk.get("/admin/search/concept/export.csv").content)
    bondage.delete()
    call_command("load_vocabulary", tmp_path / "list.csv", stdout=io.StringIO())
    assert Concept.objects.get().ambiguous_terms == "DEB"
    assert Concept.objects.get().translations == {"fr": {"name": "servitude pour dettes", "other_terms": "péonage"}}


def test_the_admin_says_which_concept_has_a_term_already(desk, bondage):
    form = {"original_language": "en", "name": "serfdom", "other_terms": "bonded labour", "ambiguous_terms": ""}
    page = desk.post("/admin/search/concept/add/", form).content.decode()
    assert "“bonded labour” is already a term of “debt bondage”." in page
    assert Concept.objects.count() == 1


def test_reviewers_do_not_edit_the_vocabulary(browser_of, reviewer):
    assert browser_of(reviewer).get("/admin/search/concept/").status_code == 403
