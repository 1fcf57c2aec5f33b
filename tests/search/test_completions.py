"""Suggestions while someone types: names that are public, terms, then right words."""

import shutil

import pytest
from django.db import transaction
from django.utils.translation import override
from haystack import connections

from contributions import workflow as filing
from contributions.models import Contribution
from dialogues.models import Dialogue, Organization
from publishing import workflow
from search import completions
from search.completions import complete
from tests import build
from tests.in_process import read_files_here
from tests.sample import index_at

pytestmark = pytest.mark.django_db


def titled(kind):
    """Make a public record of a kind, "Ledgers of Zanzobar", and return it."""
    title, dialogue = "Ledgers of Zanzobar", build.dialogue(title="Another")
    match kind:
        case "dialogue":
            return build.dialogue(title=title)
        case "summary":
            return build.summary(build.dialogue(title=title), text="1. First.")
        case "paper":
            return build.paper(dialogue, title=title)
        case "news":
            return build.news_item(title)
        case "contribution":
            return build.contribution(title=title)
        case "speaker":
            return build.appearance(dialogue, who=build.speaker(title)).speaker
        case "topic":
            return build.topic(title)


KINDS = ["dialogue", "summary", "paper", "news", "contribution", "speaker", "topic"]


BEGINNINGS = ["zanzo", "ZANZOBAR", "ledg", "ledgers of", "ledgers of z", "of zanz"]
OTHER_LETTERS = ["anzobar", "zanzobar ", "z", "zanzobar ledg", "ledgers zanz", "zanzobars"]


@pytest.fixture(scope="module")
def suggested(django_db_setup, django_db_blocker, tmp_path_factory):
    """{kind: {text: what is suggested}}, each with one public record of that kind."""
    found = {}
    for kind in KINDS:
        with django_db_blocker.unblock(), index_at(tmp_path_factory.mktemp(kind) / "index"), transaction.atomic():
            completions.forget_names()
            with pytest.MonkeyPatch.context() as patch:
                read_files_here(patch)
                titled(kind)
            found[kind] = {text: complete(text) for text in (*BEGINNINGS, *OTHER_LETTERS)}
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", BEGINNINGS)
def test_a_name_is_suggested_by_the_beginning_of_any_of_its_words(suggested, kind, text):
    assert [one for one in suggested[kind][text] if one.endswith("Ledgers of Zanzobar")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", OTHER_LETTERS)
def test_a_name_is_not_suggested_by_other_letters(suggested, kind, text):
    assert not [one for one in suggested[kind][text] if one.endswith("Ledgers of Zanzobar")]


@pytest.mark.parametrize("kind", ["dialogue", "summary", "paper", "news", "contribution", "topic"])
def test_the_title_of_a_draft_is_never_suggested(kind, client):
    record = titled(kind)
    assert any("Zanzobar" in one for one in complete("zanz"))
    if isinstance(record, Contribution):
        filing.withdraw(record, by=None)
    else:
        workflow.unpublish(record, by=None)
        if kind == "summary":
            workflow.unpublish(record.dialogue, by=None)
    assert not any("anzobar" in one for one in complete("zanz"))
    assert client.get("/search/suggest/", {"q": "zanz"}).json() == ["zanz", []]


def test_a_speaker_is_suggested_only_with_a_public_appearance():
    appearance = build.appearance(build.dialogue(public=False), who=build.speaker("Ada Zanzobar"))
    assert complete("zanz") == []
    workflow.publish(appearance.dialogue, by=None)
    assert complete("zanz") == ["Ada Zanzobar"]
    Dialogue.objects.update(published_at=None)  # the index does not know yet
    assert complete("zanz") == []


def test_an_organization_is_suggested_as_public_records_name_it():
    Organization.objects.create(name="Zanzobar Port Authority")
    hidden = build.dialogue(public=False)
    build.appearance(hidden, affiliation="Zanzobar Traders")
    build.appearance(build.dialogue(), affiliation="Zanzobar Sailors")
    assert complete("zanz") == ["Zanzobar Sailors"]
    workflow.publish(hidden, by=None)
    assert complete("zanz") == ["Zanzobar Sailors", "Zanzobar Traders"]
    workflow.unpublish(hidden, by=None)
    assert complete("zanz") == ["Zanzobar Sailors"]


@pytest.mark.parametrize(("choice", "suggested"), [("named", True), ("organization", True), ("anonymous", False)])
def test_an_organization_that_a_byline_withholds_is_not_suggested(choice, suggested):
    build.contribution(organization_name="Zanzobar Sailors", person_name="Ada", appear_as=choice)
    assert ("Zanzobar Sailors" in complete("zanz")) is suggested


def test_names_that_a_process_remembers_are_read_through_the_gate():
    topic = build.topic("Zanzobar")
    appearance = build.appearance(build.dialogue(), affiliation="Zanzobar Sailors")
    assert set(complete("zanz")) == {"Zanzobar", "Zanzobar Sailors"}
    type(topic).objects.update(published_at=None)  # without an entry in the log
    appearance.affiliation = "Others"
    appearance.save()
    assert complete("zanz") == []


def test_a_new_name_is_suggested_with_the_next_publication_or_a_minute_later(monkeypatch):
    appearance = build.appearance(build.dialogue())
    assert complete("zanz") == []
    appearance.affiliation = "Zanzobar Sailors"
    appearance.save()
    now = completions.time.monotonic()
    monkeypatch.setattr(completions.time, "monotonic", lambda: now + completions.REMEMBERED)
    assert complete("zanz") == ["Zanzobar Sailors"]


def test_a_topic_is_suggested_in_the_readers_language():
    topic = build.topic("Children")
    topic.translations = {"fr": {"name": "Enfants"}}
    topic.save()
    assert (complete("childre"), complete("enf")) == (["Children"], [])
    with override("fr"):
        completions.forget_names()
        assert complete("enf") == ["Enfants"]


def test_accents_and_case_do_not_count():
    build.dialogue(title="Éducation à Abidjan")
    for text in ("educa", "ÉDUC", "education a"):
        assert complete(text)[0] == "Éducation à Abidjan"


def test_chinese_titles_are_suggested_by_any_of_their_characters():
    build.dialogue(title="打击贩运人口对话")
    assert complete("贩运") == complete("打击贩运") == ["打击贩运人口对话"]
    assert complete("人贩") == complete("贩") == []


def test_terms_of_the_vocabulary_are_suggested():
    build.concept("debt bondage", "bonded labour", fr="servitude pour dettes")
    assert complete("bonda") == ["debt bondage"]
    assert complete("servitude p") == ["servitude pour dettes"]
    assert complete("debt wag") == []


def test_only_right_words_of_the_readers_language_are_suggested():
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Debates, debatse, deban, débats: not deb.")
    assert complete("the deba") == ["the debates"]
    with override("fr"):
        assert complete("les deba") == ["les débats"]
    assert complete("deban") == complete("debats") == []


def test_of_the_forms_of_a_word_the_most_frequent_is_suggested():
    appearance = build.appearance(build.dialogue())
    for text in ("A debate.", "They debated and debated.", "The debates.", "Debates, debt."):
        build.quote(appearance, text=text)
    assert complete("deb") == ["debates", "debt"]


def test_words_that_follow_the_word_before_are_suggested_alone():
    appearance = build.appearance(build.dialogue())
    for text in ("Human traffic.", "The trade in cars.", "The trade and the human trade.", "Human trials"):
        build.quote(appearance, text=text)
    assert complete("human tra") == ["human trade", "human traffic"]
    assert complete("cars tra") == ["cars trade", "cars traffic"]


def test_a_term_in_another_language_is_suggested_by_its_beginning_only():
    build.concept("safe return", fr="retour en toute sécurité")
    assert (complete("secur"), complete("retour e")) == ([], ["retour en toute sécurité"])
    with override("fr"):
        assert complete("secur") == ["retour en toute sécurité"]


def test_words_that_no_public_record_has_are_not_suggested():
    quote = build.quote(build.appearance(build.dialogue()), text="A zebra.")
    assert complete("zebr") == ["zebra"]
    workflow.unpublish(quote, by=None)
    assert complete("zebr") == []


def test_names_come_first_then_terms_then_words_and_none_twice():
    dialogue = build.dialogue(title="Zebra crossing")
    build.appearance(dialogue, who=build.speaker("Ada Zebra"), affiliation="Zebra Watch")
    build.quote(dialogue.appearances.get(), text="A zebra, the Zebra Crossing.")
    build.topic("Zebras")
    build.concept("zebra fish", "zebras")
    assert complete("zebr") == ["Zebra crossing", "Ada Zebra", "Zebras", "Zebra Watch", "zebra fish", "zebra"]


def test_there_are_never_too_many():
    for number in range(20):
        build.dialogue(title=f"Zebra {number}", slug=f"zebra-{number}")
        build.topic(f"Zebra of {number}")
        build.appearance(build.dialogue(), who=build.speaker(f"Zebra {number} Ada"), affiliation=f"Zebra at {number}")
    assert len(complete("zebr")) == completions.MAX_SUGGESTIONS


def test_the_number_of_database_queries_does_not_grow(django_assert_max_num_queries):
    for number in range(6):
        build.dialogue(title=f"Zebra {number}", slug=f"zebra-{number}")
        build.contribution(title=f"Zebra {number}")
        build.appearance(build.dialogue(), who=build.speaker(f"Zebra {number}"), affiliation=f"Zebra {number}")
    complete("zebr")
    with django_assert_max_num_queries(12):
        complete("zebr")


@pytest.mark.usefixtures("embedded")
def test_without_an_index_names_and_terms_are_still_suggested():
    build.topic("Zebras")
    build.concept("zebra fish")
    shutil.rmtree(connections["default"].get_backend().path)
    assert set(complete("zebr")) >= {"Zebras", "zebra fish"}
