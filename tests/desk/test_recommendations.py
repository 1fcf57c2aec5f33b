"""The page on which staff mark the recommendations of a summary and link what later dialogues say about them."""

from datetime import date

import pytest

from dialogues.models import FollowUp, Recommendation
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

TEXT = "1. The dialogue opened at nine.\n\n2. States should publish fees.\n\n3. Ports should keep records."


@pytest.fixture
def summary():
    return build.summary(build.dialogue(starts_on=date(2024, 7, 10)), text=TEXT, public=False)


@pytest.fixture
def page(summary):
    return f"/desk/recommendations/{summary.pk}/"


@pytest.fixture
def later():
    return build.dialogue(title="Fourth dialogue", slug="fourth", starts_on=date(2025, 7, 10))


def post(browser, page, **fields):
    seen = browser.get(page).context["seen"]
    return browser.post(page, {"seen": seen, **fields})


def marks():
    """Return the number and the kind of each marked paragraph."""
    return sorted(Recommendation.objects.values_list("paragraphs__number", "kind"))


def test_ticked_paragraphs_are_marked_and_others_lose_their_mark(desk, page):
    answer = post(desk, page, ticked=["p2", "p3"], **{"kind-p1": "outcome", "kind-p3": "outcome"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert marks() == [(2, "recommendation"), (3, "outcome")]
    assert shows(desk, page, 'value="p2" checked', 'value="p3" checked')
    post(desk, page, ticked=["p2"], **{"kind-p2": "conclusion"})
    assert marks() == [(2, "conclusion")]


def test_ticks_are_kept_when_somebody_else_changed_the_marks(desk, page, summary):
    seen = desk.get(page).context["seen"]
    build.recommendation(summary, 3)
    answer = desk.post(page, {"seen": seen, "ticked": ["p2"]})
    assert answer.status_code == 422
    assert 'value="p2" checked' in answer.content.decode()
    assert "changed in the meantime" in answer.content.decode()
    assert marks() == [(3, "recommendation")]


def test_only_staff_who_may_change_summaries_open_the_page(client, page, browser_of, reviewer):
    assert client.get(page).status_code == 302
    assert browser_of(reviewer).get(page).status_code in (403, 404)


def test_a_link_is_found_by_words_or_address_and_removed(desk, page, summary, later):
    build.published(summary)
    build.recommendation(summary, 2)
    target = build.summary(later, text="7. Fees are published now.").paragraphs.get()
    quote = build.quote(build.appearance(later), text="We publish the fees now.")
    search = f"{page}?paragraph=p2&words="
    assert shows(desk, f"{search}published now", "Fourth dialogue", f'value="paragraph-{target.pk}"')
    assert shows(desk, f"{search}the fees now", f'value="quote-{quote.pk}"')
    assert shows(desk, f"{search}https://portal.example/dialogues/fourth/summary/en/v1/%23p7", f"paragraph-{target.pk}")
    assert shows(desk, f"{search}/quotes/{quote.number}/", f"quote-{quote.pk}")
    assert hides(desk, f"{search}opened at nine", 'name="link"')
    desk.post(page, {"paragraph": "p2", "link": f"paragraph-{target.pk}", "later-kind": "repeated"})
    link = FollowUp.objects.get()
    assert (link.paragraph, link.kind) == (target, "repeated")
    assert shows(desk, page, "Repeated in", target.get_absolute_url())
    desk.post(page, {"paragraph": "p2", "remove": str(link.pk)})
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("value", ["paragraph-0", "quote-x", "user-1", "", "paragraph-99999999999999999999"])
def test_a_made_up_target_is_refused_in_words(desk, page, summary, value):
    build.recommendation(summary, 2)
    answer = desk.post(page, {"paragraph": "p2", "link": value, "later-kind": "repeated"}, follow=True)
    assert "Only what is published can be linked." in answer.content.decode()


def test_the_list_of_summaries_leads_to_the_page(desk, page, summary):
    assert shows(desk, f"/desk/dialogues/{summary.dialogue_id}/summary/", f'href="{page}"')


def test_later_words_are_found_in_any_case_in_every_alphabet(desk, page, summary, later):
    build.published(summary)
    build.recommendation(summary, 2)
    quote = build.quote(build.appearance(later), text="Работа в море стала безопаснее.")
    assert shows(desk, f"{page}?paragraph=p2&words=РАБОТА", f"quote-{quote.pk}")
