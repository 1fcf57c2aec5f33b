"""What everyone can read of contributions, and what nobody can: both sides of each rule."""

import pytest

from contributions import workflow
from documents.models import CleanCopy
from publishing import workflow as proceedings
from tests import build, files, gate

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "returned", "accepted", "declined", "withdrawn", "orphan"]
SENT = [state for state in HIDDEN if state != "draft"]
TITLE, WORD = "Papers at sea", "quagga"


@pytest.fixture
def topic():
    return build.topic("Ports")


def made(state, topic, by=None):
    """A contribution in that state, or published in a dialogue that is hidden again."""
    record = build.contribution(
        by=by,
        state="published" if state == "orphan" else state,
        title=TITLE,
        text=f"A {WORD} speaks.",
        organization_name="Zebrahaus",
        attach=[("secret-name.txt", f"A {WORD} in a file".encode())],
    )
    record.topics.add(topic)
    if state == "orphan":
        proceedings.unpublish(record.call.dialogue, by=None)
    return record


def file_of(record):
    """The address of the page of its one file."""
    return f"/contributions/{record.reference}/files/1/"


def download_of(record):
    """The address of its one file."""
    return f"{file_of(record)}download/"


def listings(record, topic):
    """Pages that name a published contribution; the page of a hidden dialogue is itself absent."""
    slug = record.call.dialogue.slug
    lists = ["/", "/contributions/", f"/contributions/?dialogue={slug}", f"/contributions/?topic={topic.slug}"]
    pages = [f"/topics/{topic.slug}/", *([f"/dialogues/{slug}/"] if record.call.dialogue.is_published else [])]
    return [*lists, *pages]


def test_a_published_contribution_is_on_its_page_and_in_every_list(client, topic):
    record = made("published", topic)
    assert gate.shows(client, record.get_absolute_url(), TITLE, "Zebrahaus", f"A {WORD} speaks.", "Ports")
    for listing in listings(record, topic):
        assert gate.shows(client, listing, TITLE, "Zebrahaus", f'href="{record.get_absolute_url()}"')
    assert gate.shows(client, f"/search/?q={WORD}", TITLE, "1 result")


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_contribution_is_in_nobodys_lists(client, topic, filer, participant, secretary, browser_of, state):
    record = made(state, topic, by=participant)
    for browser in (client, filer, browser_of(secretary)):
        for listing in listings(record, topic):
            assert gate.hides(browser, listing, TITLE, "Zebrahaus")
        assert gate.hides(browser, f"/search/?q={WORD}", TITLE, "Zebrahaus", "Contributions 1")
        assert gate.shows(browser, f"/search/?q={WORD}", "0 results")


@pytest.mark.parametrize("state", SENT)
def test_a_hidden_page_is_the_same_as_a_missing_one(client, topic, stranger, browser_of, state):
    record = made(state, topic)
    chair = browser_of(build.co_chair(record.call.dialogue))
    for browser in (client, browser_of(stranger), chair):
        assert gate.is_absent(browser, record.get_absolute_url())
        assert gate.is_absent(browser, file_of(record))
        assert gate.is_absent(browser, download_of(record))


def test_a_draft_has_no_public_address(client, topic):
    record = made("draft", topic)
    for reference in ("None", record.pk, record.key):
        assert gate.is_absent(client, f"/contributions/{reference}/")
        assert gate.is_absent(client, f"/contributions/{reference}/files/1/")
        assert gate.is_absent(client, f"/contributions/{reference}/files/1/download/")


@pytest.mark.parametrize("state", SENT)
def test_the_filer_reads_it_at_its_address(filer, participant, topic, state):
    record = made(state, topic, by=participant)
    assert gate.shows(filer, record.get_absolute_url(), TITLE, f"A {WORD} speaks.")
    assert gate.shows(filer, file_of(record), f"A {WORD} in a file")
    assert filer.get(download_of(record)).status_code == 200


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_reviewers_read_submissions(request, browser_of, topic, who):
    browser = browser_of(request.getfixturevalue(who))
    record = made("submitted", topic)
    notice = "Only the sender and reviewers can open this page"
    assert gate.shows(browser, record.get_absolute_url(), TITLE, "Submitted, awaiting review.", notice)
    assert gate.shows(browser, file_of(record), f"A {WORD} in a file", notice)
    assert browser.get(download_of(record)).status_code == 200


def test_a_published_contribution_is_not_marked_as_hidden(client, topic):
    record = made("published", topic)
    assert gate.hides(client, record.get_absolute_url(), "Only the sender and reviewers can open this page")


def test_a_download_is_the_clean_copy_under_a_neutral_name(client):
    sent = files.pdf(["A quagga in a file"])
    record = build.contribution(attach=[("secret-name.pdf", sent)])
    document = record.shown.attachments.get().document
    answer = client.get(download_of(record))
    with document.copy.file.open("rb") as copy:
        assert answer.getvalue() == copy.read() != sent
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{record.reference}-1-en.pdf"'
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    assert "secret-name" not in headers
    assert document.sha256 not in headers


def test_without_a_clean_copy_nothing_is_sent(client, browser_of, reviewer):
    record = build.contribution(attach=[("a.txt", b"words")])
    CleanCopy.objects.all().delete()
    for browser in (client, browser_of(reviewer)):
        assert gate.is_absent(browser, file_of(record))
        assert gate.is_absent(browser, download_of(record))
    assert gate.shows(client, record.get_absolute_url(), "not ready to download yet")


def test_a_file_has_its_own_language(client):
    record = build.contribution(attach=[("a.txt", b"mots")])
    record.shown.attachments.update(language="fr")
    assert client.get(download_of(record))["Content-Language"] == "fr"


def test_a_file_is_only_at_its_own_contribution(client, topic):
    record, other = made("published", topic), build.contribution()
    assert client.get(file_of(record)).status_code == client.get(download_of(record)).status_code == 200
    assert gate.is_absent(client, file_of(other))
    assert gate.is_absent(client, download_of(other))
    for number in (0, 2, *gate.TOO_LARGE[:2]):
        assert gate.is_absent(client, f"/contributions/{record.reference}/files/{number}/")


def test_no_public_page_shows_the_filer_or_the_original_file_name(client, topic, participant):
    participant.name = "Pat Participant"
    participant.save()
    record = made("published", topic, by=participant)
    pages = [record.get_absolute_url(), f"/search/?q={WORD}", *listings(record, topic)]
    for page in pages:
        assert gate.hides(client, page, participant.email, participant.name, "secret-name")
    for words in ("participant", "secret-name", participant.email):
        assert gate.shows(client, f"/search/?q={words}", "0 results")


def test_a_withdrawn_contribution_that_was_public_answers_410_and_says_no_more(client, topic, stranger, browser_of):
    record = made("published", topic)
    workflow.withdraw(record, by=None)
    for browser in (client, browser_of(stranger)):
        answer = browser.get(record.get_absolute_url())
        html = answer.content.decode()
        assert (answer.status_code, record.reference in html) == (410, True)
        assert "This contribution was withdrawn." in html
        for word in (TITLE, "Zebrahaus", WORD, "Ports", record.call.title, record.call.dialogue.slug):
            assert word not in html
        assert gate.is_absent(browser, file_of(record))
        assert gate.is_absent(browser, download_of(record))
    assert client.head(record.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted"])
def test_a_contribution_that_was_never_public_has_no_tombstone(client, topic, state):
    record = made(state, topic)
    workflow.withdraw(record, by=None)
    assert gate.is_absent(client, record.get_absolute_url())


@pytest.mark.parametrize("verb", ["unpublish", "decline"])
def test_a_contribution_that_staff_unpublished_or_declined_has_no_tombstone(client, topic, verb):
    record = made("published", topic)
    workflow.unpublish(record, by=None)
    if verb == "decline":
        workflow.decline(record, by=None, note="Names a victim.")
    assert gate.is_absent(client, record.get_absolute_url())


def test_a_hidden_dialogue_hides_tombstones_too(client, topic):
    record = made("published", topic)
    workflow.withdraw(record, by=None)
    proceedings.unpublish(record.call.dialogue, by=None)
    assert gate.is_absent(client, record.get_absolute_url())


@pytest.mark.parametrize(("prefix", "words"), [("", "1,500 words at most"), ("/fr", "1\u202f500 mots au maximum")])
def test_a_call_groups_the_digits_of_its_word_limits(client, prefix, words):
    call = build.call(word_limit=1500)
    call.questions.create(number=1, text="What do you see?", word_limit=1500)
    assert client.get(prefix + call.get_absolute_url()).content.decode().count(words) == 2
