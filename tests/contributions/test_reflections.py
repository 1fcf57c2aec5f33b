"""The sources of paragraphs, as the public, staff and chairs see them: both sides of every gate."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contributions import workflow
from contributions.models import Reflection
from contributions.reflections.proposals import near_enough
from contributions.reflections.sources import confirmed_reflections, paragraphs_reflecting
from dialogues import workflow as proceedings
from dialogues.slots import paragraph_sections
from publishing import workflow as publishing
from search.query import Hit
from search.snippets import Snippet
from tests import build
from tests.gate import hides, is_absent, opened, shows

pytestmark = pytest.mark.django_db

BEHIND = "Sources for paragraph 1"
REFLECTED = "Reflected in the summary"


@pytest.fixture
def call():
    return build.call(build.dialogue(slug="third", title="The third one"))


@pytest.fixture
def summary(call):
    return build.summary(call.dialogue)


@pytest.fixture
def first(summary):
    return summary.paragraphs.get(number=1)


@pytest.fixture
def source(call):
    return build.contribution(call, title="Debts at sea", person_name="Ama Invented", attach=[("a.txt", b"words")])


@pytest.fixture
def quote(call):
    return build.quote(build.appearance(call.dialogue, who=build.speaker("Kofi Invented")), text="Nobody asked us.")


def keys(summary, rows=None):
    rows = Reflection.objects.all() if rows is None else rows
    return {number: [row.key for row in found] for number, found in confirmed_reflections(summary, rows).items()}


def key(record):
    return f"{record._meta.label_lower}.{record.pk}"


def test_a_paragraph_shows_its_sources_and_they_link_to_it(client, summary, first, source, quote):
    build.reflection(first, source, place="files/1/")
    build.reflection(first, quote)
    page = summary.get_absolute_url()
    assert shows(client, page, BEHIND, "Debts at sea", "Open Door", source.reference, "file 1", "Nobody asked us.")
    assert shows(client, page, f'href="{source.get_absolute_url()}files/1/"', "Kofi Invented")
    assert hides(client, page, "Sources for paragraph 2")
    for record in (source, quote):
        words = ["Co-Chairs’ summary, paragraph 1", f'href="{page}#p1"', "The third one"]
        assert shows(client, record.get_absolute_url(), REFLECTED, *words)


def test_a_source_without_a_decision_shows_nothing(client, summary, source, quote):
    assert hides(client, summary.get_absolute_url(), BEHIND)
    assert hides(client, source.get_absolute_url(), REFLECTED)
    assert hides(client, quote.get_absolute_url(), REFLECTED)


def test_a_dismissed_source_is_shown_nowhere(client, summary, first, source):
    build.reflection(first, source, state="dismissed")
    assert hides(client, summary.get_absolute_url(), BEHIND, "Debts at sea</a> <span")
    assert hides(client, source.get_absolute_url(), REFLECTED)


@pytest.mark.parametrize("appear_as", ["named", "organization", "anonymous"])
def test_the_sources_show_the_byline_that_the_sender_chose(client, call, summary, first, appear_as):
    names = {"person_name": "Ama Invented", "organization_name": "Harbour Circle", "appear_as": appear_as}
    build.reflection(first, build.contribution(call, **names))
    (by_anchor,) = paragraph_sections(summary, build.user("x@example.org"))
    byline = by_anchor[first.anchor].context["sources"][0].byline
    html = client.get(summary.get_absolute_url()).content.decode()
    assert bool(byline.person) is (appear_as == "named") is ("Ama Invented" in html)
    assert bool(byline.organization) is (appear_as != "anonymous") is ("Harbour Circle" in html)


@pytest.mark.parametrize("verb", ["unpublish", "withdraw"])
def test_a_contribution_that_is_hidden_disappears_at_once(client, summary, first, source, secretary, verb):
    build.reflection(first, source)
    assert shows(client, summary.get_absolute_url(), BEHIND)
    getattr(workflow, verb)(source, by=None)
    for browser in (client, signed_in(secretary)):
        assert hides(browser, summary.get_absolute_url(), BEHIND, "Debts at sea", source.reference)


def test_a_quote_that_is_hidden_disappears_at_once(client, summary, first, quote):
    build.reflection(first, quote)
    publishing.unpublish(quote, by=None)
    assert hides(client, summary.get_absolute_url(), BEHIND, "Nobody asked us.")


def test_a_hidden_summary_reflects_nothing(client, call, source, quote, secretary):
    draft = build.summary(call.dialogue, public=False)
    for record in (source, quote):
        build.reflection(draft.paragraphs.get(number=1), record)
        for browser in (client, signed_in(secretary)):
            assert hides(browser, record.get_absolute_url(), REFLECTED, draft.get_absolute_url())
    assert shows(signed_in(secretary), draft.get_absolute_url(), BEHIND)
    publishing.publish(draft, by=None)
    assert shows(client, source.get_absolute_url(), REFLECTED)


def test_the_newest_public_version_of_each_language_is_linked(summary, first, source):
    build.reflection(first, source)
    french = build.summary(summary.dialogue, language="fr", text="1. Mots.")
    second = build.summary(summary.dialogue, version=2, changes="More.", public=False)
    assert {p.summary for p in paragraphs_reflecting(source)} == {summary, french}
    publishing.publish(second, by=None)
    assert {p.summary for p in paragraphs_reflecting(source)} == {second, french}


def test_reflecting_paragraphs_of_many_languages_take_three_queries(summary, first, source):
    build.reflection(first, source)
    for language in ("fr", "es", "ar"):
        build.summary(summary.dialogue, language=language, text="1. Mots.\n\n2. Autres.")
    assert source.call.dialogue == summary.dialogue  # which is read now
    with CaptureQueriesContext(connection) as captured:
        found = paragraphs_reflecting(source)
    assert [(p.summary.language, p.number) for p in found] == [("ar", 1), ("en", 1), ("es", 1), ("fr", 1)]
    assert len(captured) == 3


def test_other_languages_of_a_version_follow_by_number(summary, first, source, quote):
    french = build.summary(summary.dialogue, language="fr", text="1. Un.\n\n2. Deux.")
    build.reflection(first, source)
    assert keys(french) == {"p1": [key(source)]}
    build.reflection(french.paragraphs.get(number=1), source, state="dismissed")
    build.reflection(french.paragraphs.get(number=2), quote)
    assert keys(french) == {"p2": [key(quote)]}
    assert keys(summary) == {"p1": [key(source)], "p2": [key(quote)]}


def test_other_languages_follow_in_the_annex_by_part_and_number(client, source):
    text = "1. One.\n\n## Annex\n\n1. Question?"
    english = build.summary(source.call.dialogue, version=2, changes="Annex", text=text)
    french = build.summary(source.call.dialogue, language="fr", version=2, changes="Annexe", text=text)
    build.reflection(english.paragraphs.get(part=2, number=1), source)
    assert keys(english) == keys(french) == {"part2-p1": [key(source)]}
    assert {(p.summary.language, p.anchor) for p in paragraphs_reflecting(source)} == {
        ("en", "part2-p1"), ("fr", "part2-p1"),
    }  # fmt: skip
    assert "Sources for paragraph 1 (part 2) (1)" in client.get(french.get_absolute_url()).content.decode()


def test_a_draft_in_another_language_shows_the_public_nothing(client, call, source):
    draft = build.summary(call.dialogue, public=False)
    build.reflection(draft.paragraphs.get(number=1), source)
    french = build.summary(call.dialogue, language="fr", text="1. Un.")
    assert hides(client, french.get_absolute_url(), BEHIND)
    assert keys(french, Reflection.objects.published()) == {}
    publishing.publish(draft, by=None)
    assert shows(client, french.get_absolute_url(), BEHIND)


def test_a_rewritten_paragraph_shows_nothing_until_it_is_confirmed_again(client, summary, first, source):
    build.reflection(first, source)
    proceedings.write_paragraphs(summary, "1. Other people spoke of another matter.\n\n2. First paragraph.")
    assert hides(client, summary.get_absolute_url(), BEHIND)
    workflow.confirm_reflection(summary.paragraphs.get(number=1), source, by=None)
    assert shows(client, summary.get_absolute_url(), BEHIND)


def test_a_file_that_is_no_longer_public_is_no_place(client, summary, first, source):
    build.reflection(first, source, place="files/7/#page-2")
    assert shows(client, summary.get_absolute_url(), BEHIND)
    assert hides(client, summary.get_absolute_url(), "files/7/")


def test_any_number_of_sources_takes_the_same_queries(client, summary, call, first):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(summary.get_absolute_url())
        return len(captured)

    at, second = build.appearance(call.dialogue), summary.paragraphs.get(number=2)
    build.reflection(first, build.contribution(call))
    build.reflection(first, build.quote(at))
    queries()
    few = queries()
    for paragraph in (first, second):
        for _ in range(4):
            build.reflection(paragraph, build.contribution(call))
            build.reflection(paragraph, build.quote(at))
    queries()  # the first page after a change reads the texts of the site again
    assert queries() == few


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def coverage(call):
    return reverse("contributions:coverage", args=[call.dialogue.slug])


def test_the_coverage_page_is_for_staff_and_the_chairs_of_that_dialogue(call, secretary, reviewer, stranger, client):
    for user in (secretary, build.co_chair(call.dialogue)):
        assert shows(signed_in(user), coverage(call), "What the summary reflects", "There is no summary yet.")
    for user in (reviewer, stranger, build.co_chair(build.dialogue())):
        assert is_absent(signed_in(user), coverage(call))
    assert is_absent(client, coverage(call))


def test_only_staff_and_chairs_see_the_link_to_the_coverage(call, summary, secretary, client):
    assert shows(signed_in(secretary), summary.get_absolute_url(), f'href="{coverage(call)}"')
    assert shows(signed_in(build.co_chair(call.dialogue)), summary.get_absolute_url(), f'href="{coverage(call)}"')
    assert hides(client, summary.get_absolute_url(), "coverage")


def test_the_coverage_lists_reflected_and_missing_records(call, summary, first, source, quote, secretary):
    build.reflection(first, source)
    build.contribution(call, title="Not public", state="submitted")
    context = signed_in(secretary).get(coverage(call)).context
    assert [(line.source.key, line.paragraphs) for line in context["lines"]] == [(key(source), [first])]
    assert [line.source.key for line in context["missing"]] == [key(quote)]
    (covered,) = context["covered"]
    assert (covered.summary, covered.total, [p.number for p in covered.bare]) == (summary, 2, [2])


def test_a_chair_sees_no_more_contributions_than_everyone(call, summary, source):
    hidden = build.contribution(call, title="Not public", state="submitted", person_name="Yaw Invented")
    build.contribution(call, title="Without a name", person_name="Esi Invented", appear_as="anonymous")
    browser = signed_in(build.co_chair(call.dialogue))
    assert shows(browser, coverage(call), "Debts at sea", "Without a name", "Name withheld")
    assert hides(browser, coverage(call), "Not public", hidden.reference, "Esi Invented", "Yaw Invented")


def test_a_chair_with_a_preview_reads_the_coverage_and_its_links_lead_to_the_draft(call, source):
    draft = build.summary(call.dialogue, public=False)
    other = build.summary(call.dialogue, public=False, language="fr", text="1. Autre.")
    chair = build.appearance(call.dialogue, role="co-chair")
    preview = publishing.share(draft, by=None, days=3, recipient=chair)
    address = reverse("contributions:coverage-preview", args=[preview.secret])
    browser = opened(preview)
    assert shows(browser, preview.get_absolute_url(), f'href="{address}"')
    assert is_absent(Client(), address)
    assert shows(browser, address, "Debts at sea", f'href="{preview.get_absolute_url()}#p1"')
    assert hides(browser, address, other.get_absolute_url(), draft.get_absolute_url())
    nobody = publishing.share(draft, by=None, days=3)
    assert is_absent(Client(), reverse("contributions:coverage-preview", args=[nobody.secret]))
    assert is_absent(Client(), reverse("contributions:coverage-preview", args=["no-such-secret"]))
    publishing.withdraw_preview(preview, by=None)
    assert is_absent(Client(), address)


def hit(*words):
    return Hit(None, "", "", [], "", Snippet("", "", "", words))


def test_records_that_share_far_fewer_words_than_the_nearest_are_not_proposed():
    most, half, less = hit(*"abcd"), hit(*"ab"), hit("a")
    assert near_enough([most, half, less], 1) == [most, half]
    assert near_enough([less], 1) == [less]
    assert near_enough([less], 2) == []
    assert near_enough([Hit(None, "", "", [], "", None)], 1) == []
    assert near_enough([], 2) == []
