"""The list of speakers can be narrowed by part of a name, a dialogue and a country, and counts only what is public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogues.models import Organization
from publishing.workflow import unpublish
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def people():
    """Two dialogues and a draft, with people of three countries, one of whom spoke only at the draft."""
    first, second = build.dialogue(title="The first", slug="first"), build.dialogue(title="The second", slug="second")
    draft = build.dialogue(title="The draft", slug="draft", public=False)
    wells = {code: Organization.objects.create(name=f"Wells of {code}", country=code) for code in ("KE", "NP", "PE")}
    ada = build.speaker("Ada Nyström", organization=wells["KE"])
    bo, chu = build.speaker("Bo Nyerere"), build.speaker("李伟")
    for where, who, whose in ((first, ada, ""), (second, ada, ""), (first, bo, "NP"), (second, chu, "")):
        build.appearance(where, who=who, organization=wells.get(whose))
    build.appearance(draft, who=bo, organization=wells["PE"])
    build.appearance(draft, who=build.speaker("Quiet Nyberg", organization=wells["PE"]))
    return first, second, draft


def listed(browser, query):
    """The names in the list, in its order."""
    letters = browser.get(f"/speakers/?{query}").context["letters"]
    return [speaker.name for _letter, found in letters for speaker in found]


def counts(browser, query=""):
    """The filters of the page: {filter: {value: number}}."""
    facets = browser.get(f"/speakers/?{query}").context["facets"]
    return {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in facets}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name=ny", ["Bo Nyerere", "Ada Nyström"]),
        ("name=NYSTROM", ["Ada Nyström"]),
        ("name=ström+ada", ["Ada Nyström"]),
        ("name=伟", ["李伟"]),
        ("name=Ada+Nyerere", []),
        ("name=quiet", []),
        ("name=*", ["Bo Nyerere", "Ada Nyström", "李伟"]),
        ("dialogue=second", ["Ada Nyström", "李伟"]),
        ("dialogue=second&name=ny", ["Ada Nyström"]),
        ("country=KE", ["Ada Nyström"]),
        ("country=NP", ["Bo Nyerere"]),
        ("country=ke", ["Bo Nyerere", "Ada Nyström", "李伟"]),  # no code of a country
        (f"name={'n' * 101}", ["Bo Nyerere", "Ada Nyström", "李伟"]),
    ],
)
@pytest.mark.usefixtures("people")
def test_a_filter_leaves_those_who_have_it(client, query, names):
    assert listed(client, query) == names


@pytest.mark.usefixtures("people")
def test_each_value_counts_what_it_gives_together_with_the_other_filters(client):
    assert counts(client) == {"dialogue": {"first": 2, "second": 2}, "country": {"KE": 1, "NP": 1}}
    assert counts(client, "country=KE") == {"dialogue": {"first": 1, "second": 1}, "country": {"KE": 1, "NP": 1}}
    assert counts(client, "name=bo&dialogue=second") == {"dialogue": {"second": 0, "first": 1}}


@pytest.mark.usefixtures("people")
def test_the_filters_neither_find_nor_count_the_hidden_nor_tell_it_from_the_absent(client, desk):
    for browser in (client, desk):
        assert listed(browser, "dialogue=draft") == listed(browser, "country=PE") == []
        assert hides(browser, "/speakers/?name=Nyb", "Quiet", "letter-N")
        assert hides(browser, "/speakers/", "The draft", "Peru", "country=PE")
        hidden, absent = (browser.get(f"/speakers/?dialogue={slug}").content for slug in ("draft", "d-zzz"))
        assert hidden.replace(b"draft", b"d-zzz") == absent


def test_a_filter_forgets_what_is_taken_down(people, client, secretary):
    first, _second, _draft = people
    assert listed(client, "country=NP") == ["Bo Nyerere"]
    unpublish(first, by=secretary)
    assert listed(client, "country=NP") == listed(client, "name=bo") == []
    assert counts(client) == {}
    assert listed(client, "dialogue=second") == ["Ada Nyström", "李伟"]


@pytest.mark.usefixtures("people")
def test_the_page_says_what_is_chosen_and_how_to_remove_it(client):
    page = "/speakers/?name=ny&dialogue=second"
    assert shows(
        client, page, "<title>Speakers: ny", "1 speaker<", 'href="?dialogue=second">Name: <bdi>ny</bdi>',
        'href="?name=ny">Dialogue: ', '<input type="hidden" name="dialogue" value="second">', 'value="ny"',
        '/speakers/?dialogue=second">',  # the canonical address
    )  # fmt: skip
    assert hides(client, page, 'name="country"')


def test_letters_keep_the_filters(client, monkeypatch):
    monkeypatch.setattr("dialogues.views.speakers.SpeakerListView.paginate_by", 2)
    dialogue = build.dialogue()
    for name in ("An Abel", "An Bauer", "An Cho", "Bo Dent"):
        build.appearance(dialogue, who=build.speaker(name))
    assert shows(client, "/speakers/?name=an", 'href="#letter-A"', 'href="?name=an&amp;page=2#letter-C"', "3 speakers")
    assert hides(client, "/speakers/?name=an", "letter-D")
    assert listed(client, "name=an&page=2") == ["An Cho"]


@pytest.mark.usefixtures("people")
def test_nobody_found_leads_to_all_speakers(client):
    assert shows(client, "/speakers/?name=zz", "0 speakers", "No speakers match these filters.", "See all speakers")
    assert shows(client, "/fr/speakers/?name=zz", "Aucun intervenant ne correspond à ces filtres.")


def test_a_list_without_speakers_offers_no_filter(client):
    assert hides(client, "/speakers/", 'name="name"', 'id="narrow"')


@pytest.mark.usefixtures("people")
def test_filters_ask_the_database_as_often_for_many_people(client):
    with CaptureQueriesContext(connection) as few:
        client.get("/speakers/?name=n&country=KE")
    dialogue = build.dialogue()
    for number in range(30):
        build.appearance(dialogue, who=build.speaker(f"Ny {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get("/speakers/?name=n&country=KE")
    assert len(many) == len(few)
