"""The page of the desk on which staff choose the sources of each paragraph of a summary."""

import pytest
from django.urls import reverse

from contributions import workflow
from contributions.models import Reflection
from contributions.reflections.proposals import proposals, search_sources
from dialogues import workflow as proceedings
from publishing import workflow as publishing
from tests import build, files
from tests.gate import TOO_LARGE, hides, is_absent, shows

pytestmark = pytest.mark.django_db

FEES = "Recruitment fees are deducted from the wages of domestic workers."
SHIPS = "Crews aboard fishing ships are kept at sea without pay or papers."


@pytest.fixture
def office(secretary, browser_of):
    return browser_of(secretary)


@pytest.fixture
def call():
    return build.call(build.dialogue(slug="third"))


@pytest.fixture
def summary(call):
    return build.summary(call.dialogue, public=False, text=f"# Debts\n\n1. {FEES}\n\n2. {SHIPS}")


@pytest.fixture
def fees(call):
    return build.contribution(call, title="On fees", text=f"We saw that {FEES}")


@pytest.fixture
def quote(call):
    at = build.appearance(call.dialogue, who=build.speaker("Kofi Invented"))
    return build.quote(at, text="They fished at sea without papers.")


def address(summary):
    return reverse("desk:sources", args=[summary.pk])


def key(record):
    return f"{record._meta.label_lower}.{record.pk}"


def value(number, record, place=""):
    """Return what the form sends for a source of a paragraph."""
    return f"p{number} {key(record)} {place}".strip()


def shown(office, summary, number, **asked):
    """Return the HTML of the paragraph with that number."""
    context = office.get(address(summary), asked).context
    return next(paragraph for paragraph in context["paragraphs"] if paragraph.label == str(number))


def said():
    return [(row.paragraph.number, row.key, row.state) for row in Reflection.objects.all()]


def test_the_summary_links_to_its_sources(office, summary):
    for page in (
        reverse("admin:dialogues_summary_change", args=[summary.pk]),
        f"/desk/dialogues/{summary.dialogue_id}/summary/",
    ):
        assert shows(office, page, f'href="{address(summary)}"')


def test_a_draft_gets_proposals_with_passages(office, summary, fees, quote):
    first, second = shown(office, summary, 1), shown(office, summary, 2)
    assert [one["source"].key for one in first.proposed] == [key(fees)]
    assert [one["source"].key for one in second.proposed] == [key(quote)]
    assert shows(office, address(summary), "<mark>Recruitment</mark> <mark>fees</mark>", "Kofi Invented", 'id="p2"')
    assert shows(office, address(summary), "without translation", "What is not published yet is not proposed")


def test_hidden_records_are_not_proposed(office, call, summary):
    build.contribution(call, title="Not yet", text=FEES, state="submitted")
    assert shown(office, summary, 1).proposed == []
    assert hides(office, address(summary), "Not yet")


def test_a_proposal_shows_the_byline_that_the_sender_chose(office, call, summary):
    build.contribution(call, text=FEES, person_name="Esi Invented", appear_as="anonymous")
    assert shows(office, address(summary), "Name withheld")
    assert hides(office, address(summary), "Esi Invented", "Open Door")


def test_confirming_keeps_the_place_of_the_passage_and_returns_to_the_paragraph(office, call, summary, secretary):
    report = build.contribution(call, title="A report", attach=[("a.pdf", files.pdf(["Contents", SHIPS]))])
    (one,) = shown(office, summary, 2).proposed
    assert (one["place"], one["source"].place) == ("files/1/#page-2-p1", "file 1, page 2")
    answer = office.post(address(summary), {"confirm": value(2, report, one["place"])})
    assert answer.headers["Location"] == f"{address(summary)}?paragraph=p2#p2"
    row = Reflection.objects.get()
    assert (row.contribution, row.place, row.by) == (report, "files/1/#page-2-p1", secretary)
    paragraph = shown(office, summary, 2)
    assert ([row.key for row in paragraph.confirmed], paragraph.proposed) == ([key(report)], [])


def test_a_dismissed_source_is_not_proposed_again_and_can_be_confirmed(office, summary, fees):
    office.post(address(summary), {"dismiss": value(1, fees)})
    paragraph = shown(office, summary, 1)
    assert (paragraph.proposed, [row.key for row in paragraph.dismissed]) == ([], [key(fees)])
    office.post(address(summary), {"confirm": value(1, fees)})
    assert said() == [(1, key(fees), "confirmed")]


def test_a_confirmed_source_can_be_removed_even_if_it_is_no_longer_public(office, summary, fees):
    build.reflection(summary.paragraphs.get(number=1), fees)
    workflow.withdraw(fees, by=None)
    assert shows(office, address(summary), "A source that is not public at present")
    assert hides(office, address(summary), "On fees", fees.reference)
    office.post(address(summary), {"dismiss": value(1, fees)})
    assert said() == [(1, key(fees), "dismissed")]


def test_a_rewritten_paragraph_asks_for_confirmation_again(office, summary, fees):
    build.reflection(summary.paragraphs.get(number=1), fees)
    changed = "The paragraph has changed a little"
    assert hides(office, address(summary), changed)
    proceedings.write_paragraphs(summary, f"1. {FEES} Still.\n\n2. {SHIPS}")
    assert shows(office, address(summary), changed)
    proceedings.write_paragraphs(summary, f"1. Another matter altogether.\n\n2. {SHIPS}")
    assert shows(office, address(summary), "The paragraph has changed since")
    office.post(address(summary), {"confirm": value(1, fees)})
    assert hides(office, address(summary), changed, "The paragraph has changed since")


def test_a_decision_from_another_language_is_marked_and_can_be_dismissed_here(office, summary, fees):
    build.reflection(summary.paragraphs.get(number=1), fees)
    french = build.summary(summary.dialogue, language="fr", text="1. Les frais.")
    assert shows(office, address(french), "About the summary in English")
    office.post(address(french), {"dismiss": value(1, fees)})
    assert shown(office, french, 1).confirmed == []
    assert [row.key for row in shown(office, summary, 1).confirmed] == [key(fees)]


@pytest.mark.parametrize("of", ["reference", "address", "title", "words", "speaker", "number"])
def test_a_search_by_hand_finds_references_titles_and_quotes(office, summary, fees, quote, of):
    words, found = {
        "reference": (fees.reference.lower(), fees),
        "address": (f"https://portal.example{fees.get_absolute_url()}", fees),
        "title": ("on FEES", fees),
        "words": ("fished at sea", quote),
        "speaker": ("kofi", quote),
        "number": (quote.address_number, quote),
    }[of]
    paragraph = shown(office, summary, 2, paragraph="p2", words=words)
    assert [source.key for source in paragraph.found] == [key(found)]
    assert paragraph.words == words


def test_a_search_by_hand_finds_only_public_records_of_this_dialogue(office, call, summary):
    build.contribution(call, title="Hidden fees", state="submitted")
    build.contribution(title="Fees elsewhere")
    build.quote(build.appearance(call.dialogue), text="Fees in a draft.", public=False)
    assert search_sources(call.dialogue, "fees") == search_sources(call.dialogue, "  ") == []
    asked = {"paragraph": "p1", "words": "fees"}
    answer = office.get(address(summary), asked).content.decode()
    assert "This dialogue has no public contribution or quote with this name." in answer
    assert 'value="fees"' in answer


@pytest.mark.parametrize("source", ["", "contributions.contribution.x", "accounts.user.1", "dialogues.quote.999999"])
def test_a_missing_source_is_refused_with_one_message(office, summary, source):
    for verb in ("confirm", "dismiss"):
        sent = {verb: f"p1 {source}"}
        assert (
            "no longer public, so nothing was changed"
            in office.post(address(summary), sent, follow=True).content.decode()
        )
    assert said() == []


@pytest.mark.parametrize("number", ["", "7", "x", *TOO_LARGE])
def test_a_missing_paragraph_answers_404(office, summary, fees, number):
    sent = {"confirm": value(number, fees)}
    assert office.post(address(summary), sent).status_code == 404
    assert office.get(address(summary), {"paragraph": f"p{number}", "words": "x"}).status_code == 200


def test_a_quote_of_another_dialogue_is_refused(office, summary):
    other = build.quote(build.appearance(build.dialogue()))
    sent = {"confirm": value(1, other)}
    answer = office.post(address(summary), sent, follow=True).content.decode()
    assert "not a published contribution or quote of this dialogue" in answer
    assert said() == []


def test_only_users_who_may_change_summaries_have_access(summary, fees, reviewer, participant, client, browser_of):
    reviewing = browser_of(reviewer)
    sent = {"confirm": value(1, fees)}
    chair = build.co_chair(summary.dialogue, is_staff=True)
    for browser in (reviewing, browser_of(participant), browser_of(chair), client):
        assert browser.get(address(summary)).status_code in (302, 404)
        assert browser.post(address(summary), sent).status_code in (302, 403, 404)
    assert said() == []
    publishing.publish(summary, by=None)
    assert reviewing.get(address(summary)).status_code in (403, 404)


def test_a_missing_summary_answers_404(office):
    assert is_absent(office, "/desk/sources/99999/")


def test_a_summary_is_deleted_with_its_sources(office, summary, fees):
    build.reflection(summary.paragraphs.get(number=1), fees)
    office.post(reverse("admin:dialogues_summary_delete", args=[summary.pk]), {"post": "yes"})
    assert said() == []


def test_headings_have_no_sources(summary, fees):
    assert set(proposals(summary, list(summary.paragraphs.all()))) == {"p1", "p2"}


@pytest.mark.parametrize("verb", ["confirm", "dismiss"])
def test_distant_records_are_not_proposed_once_near_ones_are_decided(office, call, summary, fees, verb):
    build.contribution(call, title="Far", text="Wages and fees of others.")
    assert [one["source"].key for one in shown(office, summary, 1).proposed] == [key(fees)]
    office.post(address(summary), {verb: value(1, fees)})
    assert shown(office, summary, 1).proposed == []


@pytest.mark.parametrize("verb", ["confirm", "dismiss"])
def test_a_script_gets_the_paragraph_alone_as_it_is_now(office, summary, fees, verb):
    answer = office.post(address(summary), {verb: value(1, fees), "fragment": "1"})
    html = answer.content.decode()
    assert (answer.status_code, html.count("data-paragraph"), "<html" in html) == (200, 1, False)
    assert 'id="p1"' in html
    assert ('name="ticked"' in html) is False
    assert (f'name="dismiss" value="{value(1, fees)}"' in html) is (verb == "confirm")


def test_a_script_is_told_why_a_source_is_refused(office, summary):
    answer = office.post(address(summary), {"confirm": "p1 dialogues.quote.999999", "fragment": "1"})
    assert answer.status_code == 422
    assert "no longer public, so nothing was changed" in answer.content.decode()
    assert said() == []


def test_the_ticked_are_confirmed_together_with_their_places(office, call, summary, fees, quote):
    report = build.contribution(call, title="A report", attach=[("a.pdf", files.pdf(["Contents", SHIPS]))])
    html = office.get(address(summary)).content.decode()
    ticked = [value(1, fees), value(2, report, "files/1/#page-2-p1"), value(2, quote)]
    assert all(f'name="ticked" value="{one}' in html for one in ticked)
    answer = office.post(address(summary), {"verb": "confirm-ticked", "ticked": ticked}, follow=True).content.decode()
    assert "3 sources confirmed." in answer
    assert said() == [(1, key(fees), "confirmed"), (2, key(report), "confirmed"), (2, key(quote), "confirmed")]
    assert Reflection.objects.get(contribution=report).place == "files/1/#page-2-p1"


def test_one_refused_source_does_not_stop_the_other_ticked_ones(office, summary, fees):
    ticked = ["p2 dialogues.quote.999999", value(1, fees)]
    answer = office.post(address(summary), {"verb": "confirm-ticked", "ticked": ticked}, follow=True).content.decode()
    assert "Paragraph 2: That is no longer public" in answer
    assert "1 source confirmed." in answer
    assert said() == [(1, key(fees), "confirmed")]


def test_nothing_ticked_confirms_nothing(office, summary, fees):
    answer = office.post(address(summary), {"verb": "confirm-ticked"}, follow=True).content.decode()
    assert "Tick one or more proposals first." in answer
    assert said() == []


def test_the_search_for_sources_ignores_case_in_every_alphabet(call):
    record = build.contribution(call, title="Долги моряков", state="published")
    quote = build.quote(build.appearance(call.dialogue, who=build.speaker("Élodie Inventée")), text="Работа в море.")
    found = [search_sources(call.dialogue, words) for words in ("ДОЛГИ", "работа В", "élodie")]
    assert [[one.key for one in sources] for sources in found] == [[key(record)], [key(quote)], [key(quote)]]
