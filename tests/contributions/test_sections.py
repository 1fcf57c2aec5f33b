"""What the page of a dialogue shows of contributions."""

import pytest
from django.urls import reverse

from contributions import sections
from dialogues.slots import dialogue_sections
from tests import build
from tests.gate import shows

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "returned", "accepted", "declined", "withdrawn"]


def test_the_section_is_on_the_page_of_a_dialogue(stranger):
    sections_there = dialogue_sections(build.dialogue(), stranger)
    assert [section.anchor for section in sections_there] == ["contributions"]


def test_a_dialogue_without_calls_and_contributions_has_an_empty_section(stranger):
    section = sections.contributions_to(build.dialogue(), stranger)
    assert section.is_empty
    assert section.open_until is None


def test_an_open_call_is_shown_with_its_closing_time(stranger):
    dialogue = build.dialogue()
    build.call(dialogue, closes=1)
    last = build.call(dialogue, closes=3)
    build.call(dialogue, closes=9, public=False)
    build.call(closes=9)
    section = sections.contributions_to(dialogue, stranger)
    assert section.open_until == last.closes_at
    assert len(section.context["calls"]) == 2
    assert not section.is_empty


def test_a_closed_call_is_not_shown(stranger):
    dialogue = build.dialogue()
    build.call(dialogue, opens=-2, closes=-1)
    assert sections.contributions_to(dialogue, stranger).is_empty


@pytest.mark.parametrize("state", HIDDEN)
def test_only_published_contributions_are_shown_to_anyone(secretary, participant, state):
    dialogue = build.dialogue()
    call = build.call(dialogue, opens=-2, closes=-1)
    build.contribution(call, by=participant, state=state)
    for user in (secretary, participant):
        assert sections.contributions_to(dialogue, user).context["contributions"] == []


def test_published_contributions_to_that_dialogue_are_shown_newest_first(stranger):
    call = build.call()
    first, second = build.contribution(call), build.contribution(call)
    build.contribution()
    section = sections.contributions_to(call.dialogue, stranger)
    assert section.context["contributions"] == [second, first]


@pytest.mark.parametrize("extra", [0, 1])
def test_other_contributions_are_behind_a_link(client, extra):
    call = build.call(opens=-2)
    for _ in range(sections.SHOWN + extra):
        build.contribution(call)
    context = sections.contributions_to(call.dialogue, None).context
    assert len(context["contributions"]) == sections.SHOWN
    assert context["total"] == sections.SHOWN + extra
    html = client.get(call.dialogue.get_absolute_url()).content.decode()
    address = f"{reverse('contributions:list')}?dialogue={call.dialogue.slug}"
    assert (f'href="{address}">All {sections.SHOWN + 1} contributions' in html) is bool(extra)


def test_each_contribution_is_shown_with_the_beginning_of_its_text(client):
    call = build.call()
    build.contribution(call, text="# Ships\n\nWe *work* in three ports. " + "And so on. " * 60)
    html = client.get(call.dialogue.get_absolute_url()).content.decode()
    assert "Ships We work in three ports. And so on." in html
    assert "And so on. " * 40 not in html


def test_contributions_arrive_with_the_first_one_published_in_a_language(stranger):
    dialogue, other = build.dialogue(), build.dialogue()
    call = build.call(dialogue)
    first = build.contribution(call, language="fr")
    build.contribution(call, language="fr")
    english = build.contribution(call)
    for state in HIDDEN:
        build.contribution(build.call(other), state=state)
    found = sections.first_contributions([dialogue, other], stranger)
    assert {(one.language, one.published_at) for one in found[dialogue.pk]} == {
        ("fr", first.published_at), ("en", english.published_at),
    }  # fmt: skip
    assert {one.url for one in found[dialogue.pk]} == {f"/contributions/?dialogue={dialogue.slug}"}
    assert found[other.pk] == []


def test_the_glance_of_a_dialogue_counts_its_contributions_in_words(client):
    call = build.call(build.dialogue(slug="third"))
    build.contribution(call)
    build.contribution(call, state="submitted")
    assert shows(client, "/dialogues/third/", "<strong>1</strong> contribution<")
    build.contribution(call)
    assert shows(client, "/dialogues/third/", "<strong>2</strong> contributions<")
    assert shows(client, "/ru/dialogues/third/", "<strong>2</strong> материала<")
