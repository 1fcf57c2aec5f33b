"""What everyone reads of contributions, and what nobody does: each door from both sides."""

import pytest

from contributions.models import Contribution
from dialogues import workflow as proceedings
from tests import build, files, gate

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "returned", "declined", "withdrawn", "orphan"]
SENT = [state for state in HIDDEN if state != "draft"]
TITLE, WORD = "Papers at sea", "quagga"


@pytest.fixture
def topic():
    return build.topic("Ports")


def made(state, topic, by=None):
    """A contribution in that state, or published below a dialogue that is hidden again."""
    record = build.contribution(
        by=by,
        state="published" if state == "orphan" else state,
        title=TITLE,
        text=f"A {WORD} speaks.",
        organization_name="Zebrahaus",
        attach=[("secret-name.pdf", files.pdf([f"A {WORD} in a file"]))],
    )
    record.topics.add(topic)
    if state == "orphan":
        proceedings.unpublish(record.call.dialogue, by=None)
    return record


def listings(record, topic):
    """Pages where a published contribution is named; that of a hidden dialogue is not there itself."""
    slug = record.call.dialogue.slug
    lists = ["/", "/contributions/", f"/contributions/?dialogue={slug}", f"/contributions/?topic={topic.slug}"]
    pages = [f"/topics/{topic.slug}/", *([f"/dialogues/{slug}/"] if record.call.dialogue.is_published else [])]
    return [*lists, *pages]


def test_what_is_published_stands_on_its_page_and_in_every_list(client, topic):
    record = made("published", topic)
    assert gate.shows(client, record.get_absolute_url(), TITLE, "Zebrahaus", f"A {WORD} speaks.", "Ports")
    for listing in listings(record, topic):
        assert gate.shows(client, listing, TITLE, "Zebrahaus", f'href="{record.get_absolute_url()}"')
    assert gate.shows(client, f"/search/?q={WORD}", TITLE, "1 result")


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_hidden_stands_in_no_list_for_anyone(client, topic, filer, participant, secretary, browser_of, state):
    record = made(state, topic, by=participant)
    for browser in (client, filer, browser_of(secretary)):
        for listing in listings(record, topic):
            assert gate.hides(browser, listing, TITLE, "Zebrahaus")
        assert gate.hides(browser, f"/search/?q={WORD}", TITLE, "Zebrahaus", "Contributions 1")
        assert gate.shows(browser, f"/search/?q={WORD}", "0 results")


@pytest.mark.parametrize("state", SENT)
def test_a_hidden_page_is_like_one_that_never_was(client, topic, stranger, browser_of, state):
    record = made(state, topic)
    chair = browser_of(build.co_chair(record.call.dialogue))
    for browser in (client, browser_of(stranger), chair):
        assert gate.is_absent(browser, record.get_absolute_url())
        assert gate.is_absent(browser, record.attachments.get().get_absolute_url())


def test_a_draft_has_no_public_address_at_all(client, topic):
    record = made("draft", topic)
    for reference in ("None", record.pk, record.key):
        assert gate.is_absent(client, f"/contributions/{reference}/")
        assert gate.is_absent(client, f"/contributions/{reference}/files/{record.attachments.get().pk}/")


@pytest.mark.parametrize("state", ["submitted", "returned", "declined", "withdrawn", "orphan"])
def test_its_filer_reads_it_at_its_address(filer, participant, topic, state):
    record = made(state, topic, by=participant)
    assert gate.shows(filer, record.get_absolute_url(), TITLE, f"A {WORD} speaks.")
    assert filer.get(record.attachments.get().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_those_who_review_read_what_was_sent(request, browser_of, topic, who):
    browser = browser_of(request.getfixturevalue(who))
    record = made("submitted", topic)
    notice = "Only its sender and reviewers can read this page"
    assert gate.shows(browser, record.get_absolute_url(), TITLE, "Sent, waits for review.", notice)
    assert browser.get(record.attachments.get().get_absolute_url()).status_code == 200


def test_what_is_published_does_not_say_that_it_is_hidden(client, topic):
    record = made("published", topic)
    assert gate.hides(client, record.get_absolute_url(), "Only its sender and reviewers can read this page")


def test_a_file_leaves_under_a_name_of_the_portals(client, topic):
    record = made("published", topic)
    attachment = record.attachments.get()
    answer = client.get(attachment.get_absolute_url())
    content = answer.getvalue()
    assert content == attachment.document.clean_copy.file.read()
    assert content != attachment.document.file.read()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{record.reference}-{attachment.pk}-en.pdf"'


def test_a_file_tells_its_own_language(client):
    record = build.contribution(attach=[("a.txt", b"mots")])
    record.attachments.update(language="fr")
    assert client.get(record.attachments.get().get_absolute_url())["Content-Language"] == "fr"


def test_a_file_is_only_at_its_own_contribution(client, topic):
    record, other = made("published", topic), made("published", topic)
    attachment = record.attachments.get()
    assert client.get(f"/contributions/{record.reference}/files/{attachment.pk}/").status_code == 200
    assert gate.is_absent(client, f"/contributions/{other.reference}/files/{attachment.pk}/")


def test_no_public_page_knows_the_filer_or_the_name_of_the_file(client, topic, participant):
    participant.name = "Pat Participant"
    participant.save()
    record = made("published", topic, by=participant)
    pages = [record.get_absolute_url(), f"/search/?q={WORD}", *listings(record, topic)]
    for page in pages:
        assert gate.hides(client, page, participant.email, participant.name, "secret-name")
    for words in ("participant", "secret-name", participant.email):
        assert gate.shows(client, f"/search/?q={words}", "0 results")


def test_the_list_narrows_to_a_dialogue_or_a_topic(client, topic):
    record = made("published", topic)
    other = build.contribution(title="Something else")
    for query in (f"dialogue={record.call.dialogue.slug}", f"topic={topic.slug}"):
        assert gate.shows(client, f"/contributions/?{query}", TITLE)
        assert gate.hides(client, f"/contributions/?{query}", other.title)
    both = f"/contributions/?dialogue={other.call.dialogue.slug}&topic={topic.slug}"
    assert gate.hides(client, both, TITLE, other.title)


@pytest.mark.parametrize("query", ["dialogue=nothing-here", "topic=nothing-here"])
def test_a_filter_that_fits_nothing_shows_nothing(client, topic, query):
    made("published", topic)
    assert gate.hides(client, f"/contributions/?{query}", TITLE)
    assert gate.shows(client, f"/contributions/?{query}", "No contributions are published here yet.")


@pytest.mark.parametrize("query", ["dialogue=a%20b", "topic=%00", "dialogue=<script>", "page=1"])
def test_a_filter_that_can_not_be_read_is_left_out(client, topic, query):
    made("published", topic)
    assert gate.shows(client, f"/contributions/?{query}", TITLE)


def test_a_hidden_topic_does_not_show_through_its_filter_or_its_contributions(client, topic):
    record = made("published", topic)
    proceedings.unpublish(topic, by=None)
    hidden, absent = (client.get(f"/contributions/?topic={slug}").content for slug in (topic.slug, "nothing-here"))
    assert hidden.replace(topic.slug.encode(), b"nothing-here") == absent
    assert gate.hides(client, record.get_absolute_url(), "Ports", topic.slug)


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9" * 30])
def test_pages_of_the_list_that_are_not_there_are_absent(client, topic, page):
    made("published", topic)
    assert gate.is_absent(client, f"/contributions/?page={page}")


def test_the_list_pages_after_thirty(client):
    call = build.call()
    moment = build.contribution(call).published_at
    rows = [
        Contribution(call=call, title=f"No. {n:02}", reference=f"X-{n}", state="published", submitted_at=moment,
                     published_at=moment) for n in range(30)
    ]  # fmt: skip
    Contribution.objects.bulk_create(rows)
    first, second = (client.get(f"/contributions/?page={n}").context["object_list"] for n in (1, 2))
    assert (len(first), len(second)) == (30, 1)
    assert not set(first) & set(second)


def test_what_was_typed_is_shown_and_not_run(client):
    evil = "<script>alert(1)</script>"
    record = build.contribution(title=evil, text=f"{evil} [x](javascript:alert(1))", organization_name=evil)
    for page in (record.get_absolute_url(), "/contributions/", "/search/?q=alert"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(client, topic, method):
    record = made("published", topic)
    for page in ("/contributions/", record.get_absolute_url(), record.attachments.get().get_absolute_url()):
        assert getattr(client, method)(page).status_code == 405
    assert Contribution.objects.get().state == "published"
