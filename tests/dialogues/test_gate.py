"""The gate from both sides: published records are shown, drafts answer like addresses that do not exist."""

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
    "paper file": ["paper", "dialogue"],
    "statement": ["statement", "dialogue"],
    "photograph": ["photograph", "dialogue"],
    "picture": ["photograph", "dialogue"],
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
def test_everyone_can_read_published_records(house, page, client):
    assert client.get(house.address(page), follow=True).status_code == 200


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_the_public(house, page, gate, client):
    house.close(gate)
    assert is_absent(client, house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_signed_in_users(house, page, gate, stranger, browser_of):
    house.close(gate)
    assert is_absent(browser_of(stranger), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_reviewers(house, page, gate, reviewer, browser_of):
    house.close(gate)
    assert is_absent(browser_of(reviewer), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_chairs_of_other_dialogues(house, page, gate, browser_of):
    chair = build.co_chair(build.dialogue())
    house.close(gate)
    assert is_absent(browser_of(chair), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_chairs_of_a_single_panel(house, page, gate, browser_of):
    chair = build.co_chair(house.dialogue, panel=house.panel)
    house.close(gate)
    assert is_absent(browser_of(chair), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_drafts_are_not_found_by_speakers_of_the_dialogue(house, page, gate, browser_of):
    speaker = build.co_chair(house.dialogue, role="panellist")
    house.close(gate)
    assert is_absent(browser_of(speaker), house.address(page))


@pytest.mark.parametrize(("page", "gate"), DRAFTS)
def test_the_secretariat_can_read_drafts(house, page, gate, desk):
    house.close(gate)
    assert desk.get(house.address(page)).status_code == 200


@pytest.mark.parametrize(("page", "gate"), OF_A_DIALOGUE)
@pytest.mark.parametrize("role", ["chair", "co-chair"])
def test_a_chair_can_read_the_drafts_of_their_dialogue(house, page, gate, role, browser_of):
    chair = build.co_chair(house.dialogue, role=role)
    house.close(gate)
    assert browser_of(chair).get(house.address(page)).status_code == 200


def test_a_chair_cannot_read_draft_topics(house, browser_of):
    chair = build.co_chair(house.dialogue)
    house.close("topic")
    assert is_absent(browser_of(chair), house.address("topic"))


def test_a_chair_outside_the_co_chairs_group_cannot_read_drafts(house, browser_of):
    chair = build.co_chair(house.dialogue)
    chair.groups.clear()
    house.close("dialogue")
    assert is_absent(browser_of(chair), house.address("dialogue"))


def test_a_chair_with_a_deactivated_account_cannot_read_drafts(house, browser_of):
    chair = build.co_chair(house.dialogue)
    browser = browser_of(chair)
    chair.is_active = False
    chair.save()
    house.close("dialogue")
    assert is_absent(browser, house.address("dialogue"))


@pytest.mark.parametrize("gate", ["summary", "dialogue"])
def test_the_current_summary_is_never_a_draft_even_for_staff(house, gate, desk):
    house.close(gate)
    assert is_absent(desk, house.address("current summary"))


@pytest.mark.parametrize(
    ("page", "gate"),
    [("dialogue", "dialogue"), ("panel", "dialogue"), ("quotes", "dialogue"), ("quote", "quote"),
     ("quote", "dialogue"), ("news", "news_item"), ("summary", "summary"), ("summary", "dialogue")],
)  # fmt: skip
def test_only_drafts_are_marked_as_drafts(house, page, gate, desk):
    notice = "<strong>Draft.</strong>"
    assert notice not in desk.get(house.address(page)).content.decode()
    house.close(gate)
    assert shows(desk, house.address(page), notice)


@pytest.mark.parametrize("page", GATES)
def test_republished_records_are_back_at_their_address(house, page, client):
    for gate in GATES[page]:
        house.close(gate)
        build.published(getattr(house, gate))
    assert client.get(house.address(page), follow=True).status_code == 200


@pytest.mark.parametrize("page", GATES)
def test_public_pages_and_files_set_no_cookie(house, page, client):
    client.get(house.address(page), follow=True)
    assert not client.cookies


@pytest.mark.parametrize("page", GATES)
def test_the_not_found_page_sets_no_cookie(house, page, client):
    house.close(GATES[page][-1])
    client.get(house.address(page))
    assert not client.cookies


@pytest.mark.parametrize(("page", "gate"), DOORS)
def test_a_head_request_reveals_no_drafts(house, page, gate, client):
    house.close(gate)
    answer, nothing = client.head(house.address(page)), client.head("/there-is-nothing-here/")
    assert (answer.status_code, answer.headers) == (404, nothing.headers)


def test_an_address_without_its_final_slash_reveals_no_drafts(house, client):
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
def test_unknown_numbers_and_names_are_not_found(house, address, client):
    assert is_absent(client, address)


def test_a_paper_is_found_only_under_its_dialogue(house, client):
    other = build.dialogue()
    for address in ("", "download/"):
        assert is_absent(client, f"/dialogues/{other.slug}/papers/{house.paper.address_number}/{address}")


def test_a_draft_shown_to_a_co_chair_is_not_cached_for_others(house, browser_of):
    chair = build.co_chair(house.dialogue)
    house.close("dialogue")
    answer = browser_of(chair).get(house.address("dialogue"))
    assert "Cookie" in answer.headers["Vary"]
    assert is_absent(Client(), house.address("dialogue"))


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
def test_a_number_too_large_for_a_primary_key_is_not_found(number, house, client):
    addresses = ["/quotes/%s/", "/dialogues/the-dialogue/panels/%s/", "/dialogues/the-dialogue/papers/%s/",
                 "/dialogues/the-dialogue/papers/%s/download/",
                 "/dialogues/the-dialogue/summary/en/v%s/"]  # fmt: skip
    for address in addresses:
        assert is_absent(client, address % number)
    for address in ("/quotes/?page=%s", "/dialogues/?page=%s", "/contributions/?page=%s"):
        assert client.get(address % number).status_code == 404
    assert client.get(f"/dialogues/?year={number}").status_code == 200
