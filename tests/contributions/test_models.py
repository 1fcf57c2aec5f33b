import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contributions.models import Contribution, GuidingQuestion, Invitation, Revision
from contributions.receipts import new_code
from tests import build

pytestmark = pytest.mark.django_db

UNIQUE = r"unique|UNIQUE"  # as PostgreSQL or SQLite says it
MOMENT = timezone.now()
SENT = {"reference": "TIP-2024-0001", "submitted_at": MOMENT}
STATES = ["submitted", "returned", "accepted", "declined", "withdrawn"]


def store(*, newest=True, shown=False, **fields):
    """Create a row with one revision, submitted unless it is a draft, without the workflow."""
    with transaction.atomic():
        record = Contribution.objects.create(call=build.call())
        sent = {"sent_at": MOMENT, "consented_at": MOMENT, "receipt_code": new_code()} if newest else {}
        revision = Revision.objects.create(contribution=record, **sent)
        links = ({"newest": revision} if newest else {}) | ({"shown": revision} if shown else {})
        Contribution.objects.filter(pk=record.pk).update(**links, **fields)
        return Contribution.objects.get(pk=record.pk)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_a_closed_contribution_cannot_be_public(state):
    with pytest.raises(IntegrityError, match="contribution_hidden_is_not_public"):
        store(state=state, published_at=MOMENT, shown=True, **SENT)
    assert store(state=state, **SENT).pk


def test_a_draft_cannot_be_public():
    with pytest.raises(IntegrityError, match="contribution_hidden_is_not_public"):
        store(state="draft", published_at=MOMENT, shown=True, newest=False)
    assert store(state="draft", newest=False).pk


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted"])
def test_a_contribution_whose_correction_is_in_review_may_be_public(state):
    assert store(state=state, published_at=MOMENT, shown=True, **SENT).is_published


def test_the_state_published_requires_an_open_gate():
    with pytest.raises(IntegrityError, match="contribution_published_is_public"):
        store(state="published", **SENT)
    assert store(state="published", published_at=MOMENT, shown=True, **SENT).pk


def test_a_public_contribution_shows_a_revision_and_a_hidden_one_shows_none():
    with pytest.raises(IntegrityError, match="contribution_public_shows_a_revision"):
        store(state="published", published_at=MOMENT, **SENT)
    with pytest.raises(IntegrityError, match="contribution_public_shows_a_revision"):
        store(state="submitted", shown=True, **SENT)


@pytest.mark.parametrize("lacking", ["reference", "submitted_at"])
@pytest.mark.parametrize("state", STATES)
def test_a_submitted_contribution_has_a_reference_and_a_time(state, lacking):
    with pytest.raises(IntegrityError, match="contribution_sent_has_reference"):
        store(state=state, **SENT | {lacking: None})


def test_a_submitted_contribution_has_a_newest_revision():
    with pytest.raises(IntegrityError, match="contribution_sent_has_reference"):
        store(state="submitted", newest=False, **SENT)


def test_a_submitted_revision_has_a_receipt_and_consent():
    record = store(state="draft", newest=False)
    for lacking in ("receipt_code", "consented_at"):
        sent = {"sent_at": MOMENT, "consented_at": MOMENT, "receipt_code": "CODE"} | {lacking: None}
        with pytest.raises(IntegrityError, match="revision_sent_has_receipt"), transaction.atomic():
            record.revisions.update(**sent)
    with pytest.raises(IntegrityError, match="revision_sent_has_receipt"), transaction.atomic():
        record.revisions.update(receipt_code="CODE")


def test_a_contribution_has_one_draft_at_a_time():
    record = store(state="draft", newest=False)
    with pytest.raises(IntegrityError, match=UNIQUE), transaction.atomic():
        Revision.objects.create(contribution=record, number=2)
    with pytest.raises(IntegrityError, match=UNIQUE), transaction.atomic():
        Revision.objects.create(contribution=record, number=1, sent_at=MOMENT, consented_at=MOMENT, receipt_code="C")


def test_a_reference_is_unique():
    store(state="submitted", **SENT)
    with pytest.raises(IntegrityError, match="reference"):
        store(state="submitted", **SENT)


def test_many_drafts_have_no_reference():
    assert {build.draft(build.call()).reference, build.draft(build.call()).reference} == {None}


def test_a_call_closes_after_it_opens():
    with pytest.raises(IntegrityError, match="call_closes_after_it_opens"), transaction.atomic():
        build.call(opens=1, closes=1)


def test_a_call_asks_one_question_of_each_number():
    call = build.call()
    question = GuidingQuestion.objects.create(call=call, number=1, text="What do you see?")
    with pytest.raises(IntegrityError, match=UNIQUE), transaction.atomic():
        GuidingQuestion.objects.create(call=call, number=1, text="And now?", language="fr")
    assert str(question) == "1. What do you see?"


def test_each_question_is_asked_once_and_in_the_language_of_the_draft_if_possible():
    call = build.call()
    call.questions.create(number=1, text="1 en", word_limit=9, translations={"fr": {"text": "1 fr"}})
    call.questions.create(number=2, text="2 en")
    asked = [(one.number, one.text, one.language, one.word_limit) for one in call.questions_in("fr")]
    assert asked == [(1, "1 fr", "fr", 9), (2, "2 en", "en", None)]
    assert [question.text for question in call.questions_in("es")] == ["1 en", "2 en"]


def test_a_call_without_languages_accepts_all_six():
    assert len(build.call().language_choices) == 6
    assert build.call(languages=["fr", "ar"]).language_choices == [("ar", "العربية"), ("fr", "Français")]


def test_the_name_is_the_title_or_the_reference_or_says_that_there_is_none():
    assert str(build.contribution(title="What we saw", state="submitted")) == "What we saw"
    forgotten = build.contribution(state="withdrawn")
    forgotten.revisions.update(title="")
    forgotten.refresh_from_db()
    assert str(forgotten) == forgotten.reference
    assert str(build.draft(build.call(), title="")) == "Untitled draft"


def test_a_draft_is_addressed_by_its_key_and_a_submission_by_its_reference():
    draft = build.draft(build.call())
    assert draft.get_absolute_url() == f"/contributions/mine/{draft.key}/"
    assert Contribution(reference="TIP-2024-0001").get_absolute_url() == "/contributions/TIP-2024-0001/"


@pytest.mark.parametrize(
    ("state", "is_editable", "can_be_withdrawn"),
    [
        ("draft", True, False),
        ("submitted", True, True),
        ("returned", True, True),
        ("accepted", True, True),
        ("published", True, True),
        ("declined", False, False),
        ("withdrawn", False, False),
    ],
)
def test_the_actions_of_the_filer_depend_on_the_state(state, is_editable, can_be_withdrawn):
    record = Contribution(state=state)
    assert (record.is_editable, record.can_be_withdrawn) == (is_editable, can_be_withdrawn)


def test_a_file_is_addressed_by_its_number_below_its_contribution():
    record = build.contribution(attach=[("secret-name.txt", b"words")])
    attachment = record.shown.attachments.get()
    assert attachment.get_absolute_url() == f"/contributions/{record.reference}/files/1/"
    assert str(attachment) == "What we saw: Plain text"
    draft = build.contribution(state="draft", attach=[("secret-name.txt", b"words")])
    address = f"/contributions/mine/{draft.key}/files/1/"
    assert draft.draft.attachments.get().get_absolute_url() == address


def test_a_call_and_an_invitation_have_an_address():
    call = build.call()
    assert call.get_absolute_url() == f"/contributions/calls/{call.number}/"
    assert str(call) == "Call for contributions"
    first, second = (Invitation(call=call, organization_name="Open Door") for _ in range(2))
    assert first.get_absolute_url() == f"/contributions/invitation/{first.secret}/"
    assert first.secret != second.secret
    assert len(first.secret) == 32
