"""The byline on every way out: names are shown as far as the sender chose, and no further."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from contributions.models import Contribution, Revision
from dialogues.models import Organization
from search.alerts import send_due
from search.models import SearchAlert
from tests import build, files, gate

pytestmark = pytest.mark.django_db

PERSON, BODY, SIGNER, RECORD = "Ibex Quill", "Zebrahaus", "Okapi League", "Xenops Institute"
NAMES = {"person_name": PERSON, "organization_name": BODY, "signers": f"{SIGNER}\nSecond Signer"}
SHOWN = {"named": [PERSON, BODY], "organization": [BODY], "anonymous": []}
CHOICES = list(SHOWN)
# The names of the account, the file and the organization on record, which only the secretariat may see.
NEVER = ["Pat Participant", "participant@example.org", "secret-name", RECORD, "Xenops"]


def hidden(choice):
    """The names that must appear nowhere."""
    signers = [] if SHOWN[choice] else [SIGNER, "Second Signer"]
    return [name for name in (PERSON, "Ibex", BODY) if not any(name in shown for shown in SHOWN[choice])] + [
        *signers, *NEVER,
    ]  # fmt: skip


@pytest.fixture
def publish(participant):
    """Publishes a contribution with that byline; its one file may show fewer names."""
    participant.name = "Pat Participant"
    participant.save()
    body = Organization.objects.create(name=RECORD, type="academia", country="NG")

    def make(choice, *, file=None, **fields):
        title = {"title": "A quagga speaks", "text": "The quagga of the sea keeps records of every wage."}
        call = build.call(build.dialogue(title="The dialogue", slug="the-dialogue"))
        draft = build.draft(call, by=participant, appear_as=choice, **{**NAMES, **title, **fields})
        Contribution.objects.update(organization=body)
        if file is not None:
            attachment = build.attached(draft, "secret-name.txt", b"The quagga again.", by=participant)
            workflow.set_file_bylines(draft.draft, {attachment: file}, by=participant)
        draft.refresh_from_db()
        workflow.submit(draft, by=participant, consent=True)
        build.confirm(draft, [SIGNER, "Second Signer"])
        draft.topics.add(build.topic("Ports"))
        workflow.publish(draft, by=None)
        mail.outbox.clear()
        return draft

    return make


def other(record):
    """A similar contribution."""
    return build.contribution(record.call, title="Quagga", text="The quagga of the sea keeps records of every wage.")


def pages(record):
    """Every public page that shows it."""
    topic = record.topics.get()
    return [
        record.get_absolute_url(), "/contributions/", "/contributions/?dialogue=the-dialogue", "/",
        "/dialogues/the-dialogue/", topic.get_absolute_url(), "/search/?q=quagga", "/search/?q=quagga&order=newest",
        other(record).get_absolute_url(),
    ]  # fmt: skip


@pytest.mark.parametrize("choice", CHOICES)
def test_pages_show_the_chosen_names(client, stranger, browser_of, publish, choice):
    record = publish(choice, file="")
    for page in pages(record):
        for browser in (client, browser_of(stranger)):
            assert gate.shows(browser, page, "A quagga speaks", record.reference), page
            assert gate.hides(browser, page, *hidden(choice)), page
    for page in ("/contributions/", "/dialogues/the-dialogue/", "/", record.get_absolute_url(), "/search/?q=quagga"):
        assert gate.shows(client, page, *SHOWN[choice])
    is_withheld = gate.shows(client, record.get_absolute_url(), "Name withheld at the sender’s request")
    assert is_withheld is (choice == "anonymous")
    signs = gate.shows(client, record.get_absolute_url(), SIGNER, "Second Signer", "Type of organization", "Academia")
    assert signs is (choice != "anonymous")


@pytest.mark.parametrize("choice", CHOICES)
def test_search_does_not_find_withheld_names(client, publish, choice):
    publish(choice, file="")
    assert gate.shows(client, "/search/?q=quagga", "1 result")
    shown = SHOWN[choice]
    asked = {
        "ibex": PERSON in shown, "speaker:ibex": PERSON in shown, '"ibex quill"': PERSON in shown,
        "zebrahaus": BODY in shown, "organization:zebrahaus": BODY in shown, "zebra*": BODY in shown,
        "okapi": BODY in shown, "organization:okapi": BODY in shown,
        "xenops": False, "organization:xenops": False, "participant": False, "secret-name": False,
    }  # fmt: skip
    for line, is_found in asked.items():
        total = "1 result" if is_found else "0 results"
        assert gate.shows(client, "/search/?" + f"q={line}", total), line
        hits = json.loads(client.get("/search/cite/", {"q": line, "as": "csl"}).content)
        assert len(hits) == is_found, line


@pytest.mark.parametrize("choice", CHOICES)
def test_facets_do_not_reveal_the_type_and_country_of_a_withheld_organization(client, publish, choice):
    publish(choice)
    ministry = Organization.objects.create(name="Ministry", type="state", country="AT")
    build.contribution(title="Another quagga", organization=ministry)
    is_shown = choice != "anonymous"
    html = client.get("/search/?q=quagga").content.decode()
    for theirs, other in (("organization_type=academia", "organization_type=state"), ("country=NG", "country=AT")):
        assert gate.shows(client, f"/search/?q=quagga&{theirs}", "1 result" if is_shown else "0 results")
        assert (theirs in html, other in html) == (is_shown, is_shown)  # with one value there is nothing to choose


@pytest.mark.parametrize("choice", CHOICES)
def test_suggestions_do_not_complete_withheld_names(client, publish, choice):
    publish(choice, file="")
    assert "quagga" in client.get("/search/suggest/?q=quag").content.decode()
    for beginning, name in (("zebr", BODY), ("ibe", PERSON), ("xeno", RECORD), ("okap", SIGNER)):
        completed = client.get(f"/search/suggest/?q={beginning}").json()[1]
        if name in hidden(choice):
            assert completed == []


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("address", ["feed/?q=quagga", "cite/?q=quagga&as=ris", "cite/?q=quagga&as=csl"])
def test_feeds_and_citations_show_the_chosen_names(client, publish, choice, address):
    record = publish(choice, file="")
    said = client.get(f"/search/{address}").content.decode()
    assert "A quagga speaks" in said
    for name in hidden(choice):
        assert name not in said
    if "cite" in address:
        assert record.reference in said
        for name in SHOWN[choice][:1]:
            assert name in said


@pytest.mark.parametrize("choice", CHOICES)
def test_the_head_of_a_page_shows_no_more_names_than_the_page(client, publish, choice):
    record = publish(choice)
    html = client.get(record.get_absolute_url()).content.decode()
    head = html[: html.index("</head>")]
    assert f"<title>A quagga speaks, {record.reference}" in head
    assert not any(name in head[: head.index("</title>")] for name in (PERSON, BODY, SIGNER, RECORD))
    assert not any(name in head for name in hidden(choice))
    assert all(name in head for name in SHOWN[choice][:1])


@pytest.mark.usefixtures("no_time_to_undo")
@pytest.mark.parametrize("choice", CHOICES)
def test_an_alert_shows_no_withheld_name(publish, choice):
    yesterday = timezone.now() - timedelta(days=1)
    SearchAlert.objects.create(
        address="reader@example.org", query="q=quagga", language="en", confirmed_at=yesterday, told_at=yesterday
    )
    record = publish(choice, file="")
    assert send_due() == 1
    (email,) = mail.outbox
    assert record.get_absolute_url() in email.body
    for name in hidden(choice):
        assert name not in email.subject + email.body


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("file", ["", "anonymous"])
def test_a_file_and_its_check_show_no_withheld_name(client, publish, choice, file):
    record = publish(choice, file=file)
    answer = client.get(f"/contributions/{record.reference}/files/1/download/")
    told = " ".join(f"{name}: {value}" for name, value in answer.headers.items()) + answer.getvalue().decode()
    receipt = {"reference": record.reference, "code": record.newest.receipt_code}
    told += client.post("/contributions/check/", receipt).content.decode()
    with record.shown.attachments.get().document.copy.file.open("rb") as copy:
        upload = files.upload("x.txt", copy.read())
    told += client.post("/contributions/check/", {"file": upload}).content.decode()
    assert f'This is file 1, as published in <bdi class="reference">{record.reference}</bdi>' in told
    for name in (PERSON, BODY, SIGNER, *NEVER):
        assert name not in told


def file_row(client, record):
    html = client.get(record.get_absolute_url()).content.decode()
    start = html.index('<section class="part" aria-labelledby="files">')
    return html[start : html.index("</section>", start)]


@pytest.mark.parametrize(
    ("whole", "file", "shown"),
    [
        ("named", "", []),
        ("named", "organization", [BODY]),
        ("named", "anonymous", ["Name withheld"]),
        ("organization", "anonymous", ["Name withheld"]),
        ("organization", "named", [BODY]),
        ("anonymous", "named", ["Name withheld"]),
    ],
)
def test_a_file_with_a_more_private_byline_shows_its_own(client, publish, whole, file, shown):
    record = publish(whole, file=file)
    record.shown.attachments.update(appear_as=file)  # even if a row holds more than its form would keep
    row = file_row(client, record)
    for name in shown:
        assert name in row
    for name in {PERSON, BODY, SIGNER, RECORD} - set(shown):
        assert name not in row


def test_once_a_correction_withholds_the_name_it_appears_nowhere(client, publish, participant):
    record = publish("named", file="")
    build.correction(record, by=participant, appear_as="anonymous")
    assert gate.shows(client, record.get_absolute_url(), PERSON, BODY)
    workflow.publish(record, by=None)
    for page in pages(record):
        assert gate.hides(client, page, *hidden("anonymous")), page
    for line in ("zebrahaus", "ibex", "okapi"):
        assert gate.shows(client, f"/search/?q={line}", "0 results")


def test_a_name_appears_only_once_the_correction_that_shows_it_is_published(client, publish, participant):
    record = publish("anonymous")
    build.correction(record, by=participant, appear_as="named")
    for page in pages(record):
        assert gate.hides(client, page, *hidden("anonymous")), page
    assert gate.shows(client, "/search/?q=zebrahaus", "0 results")
    assert Revision.objects.count() == 3  # with that of the other
