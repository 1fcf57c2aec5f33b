"""Both sides of each door: what is published shows, what is not answers like an address that never was."""

from copy import deepcopy

import pytest
from django.test import Client

from tests import build
from tests.gate import TOO_LARGE, is_absent, shows

GATES = {
    "dialogue": ["dialogue"],
    "panel": ["dialogue"],
    "speaker": ["dialogue"],
    "portrait": ["dialogue"],
    "quote": ["quote", "dialogue"],
    "quotes": ["dialogue"],
    "current summary": ["summary", "dialogue"],
    "summary": ["summary", "dialogue"],
    "summary file": ["summary", "dialogue"],
    "paper": ["paper", "dialogue"],
    "topic": ["topic"],
    "news": ["news_item"],
}
DOORS = [(page, gate) for page, gates in GATES.items() for gate in gates]
DRAFTS = [(page, gate) for page, gate in DOORS if page != "current summary"]  # its promise is the newest published one
OF_A_DIALOGUE = [(page, gate) for page, gate in DRAFTS if page not in ("topic", "news")]


@pytest.fixture
def house(house_of_module, db, tasks_wait):
    return deepcopy(house_of_module)


@pytest.mark.parametrize("page", GATES)
def test_what_is_published_is_there_for_everyone(house, page, client):
    assert client.get(house.address(page), follow=True).status_code == 200


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_behind_a_closed_gate_nothing_is_there_for_the_public(house, page, gate, client):
    house.close(gate)
    assert is_absent(client, house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_nor_for_those_who_merely_sign_in(house, page, gate, stranger, browser_of):
    house.close(gate)
    assert is_absent(browser_of(stranger), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_nor_for_reviewers(house, page, gate, reviewer, browser_of):
    house.close(gate)
    assert is_absent(browser_of(reviewer), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_nor_for_the_chair_of_another_dialogue(house, page, gate, browser_of):
    chair = build.co_chair(build.dialogue())
    house.close(gate)
    assert is_absent(browser_of(chair), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_nor_for_one_who_chairs_a_panel_of_it_and_no_more(house, page, gate, browser_of):
    chair = build.co_chair(house.dialogue, panel=house.panel)
    house.close(gate)
    assert is_absent(browser_of(chair), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_nor_for_one_who_spoke_at_it(house, page, gate, browser_of):
    speaker = build.co_chair(house.dialogue, role="panellist")
    house.close(gate)
    assert is_absent(browser_of(speaker), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DRAFTS)
def test_the_secretariat_reads_drafts(house, page, gate, desk):
    house.close(gate)
    assert desk.get(house.address(page)).status_code == 200


@pytest.mark.parametrize(("page", "gate"), OF_A_DIALOGUE)
@pytest.mark.parametrize("role", ["chair", "co-chair"])
def test_a_chair_reads_the_drafts_of_their_dialogue(house, page, gate, role, browser_of):
    chair = build.co_chair(house.dialogue, role=role)
    house.close(gate)
    assert browser_of(chair).get(house.address(page)).status_code == 200


def test_a_chair_reads_no_draft_of_a_topic(house, browser_of):
    chair = build.co_chair(house.dialogue)
    house.close("topic")
    assert is_absent(browser_of(chair), house.address("topic"))


def test_a_chair_outside_the_group_reads_no_drafts(house, browser_of):
    chair = build.co_chair(house.dialogue)
    chair.groups.clear()
    house.close("dialogue")
    assert is_absent(browser_of(chair), house.address("dialogue"))


def test_a_chair_whose_account_is_closed_reads_no_drafts(house, browser_of):
    chair = build.co_chair(house.dialogue)
    browser = browser_of(chair)
    chair.is_active = False
    chair.save()
    house.close("dialogue")
    assert is_absent(browser, house.address("dialogue"))


@pytest.mark.parametrize("gate", ["summary", "dialogue"])
def test_the_current_summary_is_never_a_draft_not_even_for_staff(house, gate, desk):
    house.close(gate)
    assert is_absent(desk, house.address("current summary"))


@pytest.mark.parametrize(
    ("page", "gate"),
    [("dialogue", "dialogue"), ("panel", "dialogue"), ("quotes", "dialogue"), ("quote", "quote"),
     ("quote", "dialogue"), ("news", "news_item"), ("summary", "summary"), ("summary", "dialogue")],
)  # fmt: skip
def test_a_draft_says_that_it_is_one_and_what_is_published_does_not(house, page, gate, desk):
    notice = "<strong>Draft.</strong>"
    assert notice not in desk.get(house.address(page)).content.decode()
    house.close(gate)
    assert shows(desk, house.address(page), notice)


@pytest.mark.parametrize("page", GATES)
def test_what_was_hidden_and_is_published_again_is_back_at_its_address(house, page, client):
    for gate in GATES[page]:
        house.close(gate)
        build.published(getattr(house, gate))
    assert client.get(house.address(page), follow=True).status_code == 200


@pytest.mark.parametrize("page", GATES)
def test_no_page_or_file_sets_a_cookie(house, page, client):
    client.get(house.address(page), follow=True)
    assert not client.cookies


@pytest.mark.parametrize("page", GATES)
def test_nor_does_the_answer_that_nothing_is_there(house, page, client):
    house.close(GATES[page][-1])
    client.get(house.address(page))
    assert not client.cookies


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_asking_for_the_head_tells_no_more(house, page, gate, client):
    house.close(gate)
    answer, nothing = client.head(house.address(page)), client.head("/there-is-nothing-here/")
    assert (answer.status_code, answer.headers) == (404, nothing.headers)


def test_an_address_without_its_last_slash_tells_no_more(house, client):
    house.close("dialogue")
    hidden = client.get("/dialogues/the-dialogue")
    absent = client.get("/dialogues/no-dialogue")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize(
    "address",
    [
        "/dialogues/the-dialogue/panels/2/",
        "/dialogues/the-dialogue/panels/99999999999999999999/",
        "/dialogues/the-dialogue/summary/en/v2/",
        "/dialogues/the-dialogue/summary/en/v99999999999999999999/",
        "/dialogues/the-dialogue/summary/xx/v1/",
        "/dialogues/the-dialogue/papers/99999999999999999999/",
        "/quotes/99999999999999999999/",
        "/speakers/nobody/",
    ],
)
def test_numbers_and_names_of_nothing_are_absent(house, address, client):
    assert is_absent(client, address)


def test_a_paper_is_only_at_its_own_dialogue(house, client):
    other = build.dialogue()
    assert is_absent(client, f"/dialogues/{other.slug}/papers/{house.paper.pk}/")


def test_the_draft_of_a_co_chair_is_not_kept_for_the_next_reader(house, browser_of):
    chair = build.co_chair(house.dialogue)
    house.close("dialogue")
    answer = browser_of(chair).get(house.address("dialogue"))
    assert "Cookie" in answer.headers["Vary"]
    assert is_absent(Client(), house.address("dialogue"))


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
def test_a_number_too_large_for_any_record_is_absent(number, house, client):
    addresses = ["/quotes/%s/", "/dialogues/the-dialogue/panels/%s/", "/dialogues/the-dialogue/papers/%s/",
                 "/dialogues/the-dialogue/summary/en/v%s/"]  # fmt: skip
    for address in addresses:
        assert is_absent(client, address % number)
    for address in ("/quotes/?page=%s", "/dialogues/?page=%s", "/contributions/?page=%s"):
        assert client.get(address % number).status_code == 404
    assert client.get(f"/dialogues/?year={number}").status_code == 200
