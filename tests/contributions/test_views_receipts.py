"""The page that checks receipts and files. It reveals nothing to those without a receipt."""

import pytest

from contributions import workflow
from contributions.models import Contribution, Revision
from contributions.receipts import format_code
from publishing import workflow as proceedings
from tests import build, files, gate

pytestmark = pytest.mark.django_db

PAGE = "/contributions/check/"
STATES = ["submitted", "returned", "accepted", "published", "declined", "withdrawn"]
NO_RECEIPT = "No receipt has this reference and code."
NO_FILE = "No published file is identical to this one, byte for byte."
TRUE = "This receipt is genuine."


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "receipt_check": "1000/m/ip"}


def ask(client, **fields):
    return client.post(PAGE, fields)


def said(client, **fields):
    """Return the text of the page without what was typed."""
    html = ask(client, **fields).content.decode()
    return html[html.index("<main") : html.index('<form method="post"')]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("typed", ["as it is", "in groups", "carelessly"])
def test_a_receipt_is_genuine_whatever_the_state_of_the_contribution(client, state, typed):
    record = build.contribution(state=state, title="Quagga", organization_name="Zebrahaus")
    code = record.newest.receipt_code
    typed = {"as it is": code, "in groups": format_code(code), "carelessly": f" {format_code(code).lower()} "}[typed]
    html = said(client, reference=f" {record.reference.lower()} ", code=typed)
    assert TRUE in html
    assert f"{record.reference}</bdi>, revision 1, arrived " in html
    assert record.newest.log_digest in html
    assert "Quagga" not in html
    assert "Zebrahaus" not in html


def test_a_receipt_shows_its_files_and_no_others(client):
    record = build.contribution(state="submitted", attach=[("secret-name.txt", b"words")])
    sha256 = record.newest.sent_files[0]["sha256"]
    receipt = {"reference": record.reference, "code": record.newest.receipt_code}
    assert sha256 in said(client, **receipt)
    assert "secret-name" not in said(client, **receipt)
    assert "The file you chose is file 1 of this receipt." in said(client, **receipt, sha256=sha256.upper())
    file = files.upload("renamed.bin", b"words")
    assert "The file you chose is file 1 of this receipt." in said(client, **receipt, file=file)
    assert "is not one of those on this receipt" in said(client, **receipt, sha256="0" * 64)


def test_absent_hidden_and_mistyped_receipts_get_the_same_answer(client, participant):
    shown = build.contribution(by=participant)
    hidden = build.contribution(by=participant, state="submitted")
    build.correction(shown, by=participant, sent=False)
    other = hidden.newest.receipt_code
    answers = {
        said(client, reference="TIP-1999-0001", code=other),
        said(client, reference=shown.reference, code=other),
        said(client, reference=shown.reference, code="A" * 32),
        said(client, reference=hidden.reference, code="A" * 32),
        said(client, reference=hidden.reference, code="None"),
        said(client, reference="None", code=other),
    }
    assert len(answers) == 1
    assert NO_RECEIPT in answers.pop()


def test_a_file_is_compared_with_published_copies(client):
    record = build.contribution(title="Quagga", attach=[("a.pdf", files.pdf(["Words"]))])
    attachment = record.shown.attachments.get()
    copy = attachment.document.copy
    with copy.file.open("rb") as published:
        bytes_of_it = published.read()
    assert bytes_of_it != files.pdf(["Words"])
    for given in ({"sha256": copy.sha256}, {"file": files.upload("x.pdf", bytes_of_it)}):
        html = said(client, **given)
        assert f'This is file 1, as published in <bdi class="reference">{record.reference}</bdi>:' in html
        assert f'href="{record.get_absolute_url()}"' in html
    # Nobody learns that a hidden contribution is here.
    assert NO_FILE in said(client, sha256=attachment.document.sha256)


@pytest.mark.parametrize("state", ["draft", *[state for state in STATES if state != "published"], "orphan"])
def test_nothing_is_said_about_unpublished_files(client, participant, state):
    is_orphan = state == "orphan"
    record = build.contribution(
        by=participant, state="published" if is_orphan else state, attach=[("a.txt", b"words")]
    )  # fmt: skip
    if is_orphan:
        proceedings.unpublish(record.call.dialogue, by=None)
    document = Revision.objects.get().attachments.get().document
    for digest in (document.sha256, document.copy.sha256):
        assert said(client, sha256=digest) == said(client, sha256="0" * 64)
    assert NO_FILE in said(client, sha256="0" * 64)


def test_nothing_is_said_about_files_of_unpublished_revisions(client, participant):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, sent=False)
    digest = build.attached(record, "b.txt", b"more", by=participant).document.copy.sha256
    assert NO_FILE in said(client, sha256=digest)
    workflow.submit(record, by=participant, consent=True)
    assert NO_FILE in said(client, sha256=digest)
    workflow.publish(record, by=None)
    assert NO_FILE not in said(client, sha256=digest)
    build.correction(record, by=participant, sent=False)
    workflow.detach(record.draft.attachments.get(), by=participant)
    workflow.submit(record, by=participant, consent=True)
    workflow.publish(record, by=None)
    assert NO_FILE in said(client, sha256=digest)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Enter a reference with its code, a file, or the SHA-256 of a file."),
        ({"reference": "TIP-2024-0001"}, "A receipt is checked by its reference and its code together."),
        ({"code": "ABCD"}, "A receipt is checked by its reference and its code together."),
        ({"sha256": "xyz"}, "A SHA-256 is 64 digits and letters from A to F."),
        ({"code": "x" * 101, "reference": "R"}, "at most 100 characters"),
    ],
)
def test_input_that_cannot_be_checked_gets_a_message(client, fields, sentence):
    answer = ask(client, **fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("code", ["\0", "é", "----", " "])
def test_odd_codes_are_not_receipts(client, code):
    build.contribution(state="submitted")
    answer = ask(client, reference=Contribution.objects.get().reference, code=code)
    assert answer.status_code in (200, 422)
    assert TRUE not in answer.content.decode()


def test_the_page_is_open_to_all_and_stores_nothing(client):
    before = build.contribution(state="submitted")
    assert gate.shows(client, PAGE, "Check a receipt or a file")
    ask(client, file=files.upload("a.txt", b"words"))
    assert Contribution.objects.get() == before
    assert not before.newest.attachments.exists()


def test_guessing_is_rate_limited(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "receipt_check": "3/m/ip"}
    answers = [ask(client, reference="R", code="A" * 32).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_the_terms_say_how_long_data_is_kept(client, settings):
    for words in (f"deleted after {settings.DRAFT_DAYS} days", f"deleted after {settings.WITHDRAWN_DAYS} days"):
        assert gate.shows(client, "/contributions/terms/", words)
