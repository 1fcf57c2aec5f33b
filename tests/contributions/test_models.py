import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contributions.models import Contribution, GuidingQuestion, ReferenceCounter
from tests import build, files

pytestmark = pytest.mark.django_db

MOMENT = timezone.now()
SENT = {"reference": "TIP-2024-0001", "submitted_at": MOMENT}


def store(**fields):
    with transaction.atomic():
        return Contribution.objects.create(call=build.call(), **fields)


@pytest.mark.parametrize("state", ["submitted", "returned", "declined", "withdrawn"])
def test_only_the_published_state_has_an_open_gate(state):
    with pytest.raises(IntegrityError, match="contribution_public_when_published"):
        store(state=state, published_at=MOMENT, **SENT)
    assert store(state=state, **SENT).pk


def test_a_draft_has_no_open_gate():
    with pytest.raises(IntegrityError, match="contribution_public_when_published"):
        store(state="draft", published_at=MOMENT)
    assert store(state="draft").pk


def test_the_published_state_has_an_open_gate():
    with pytest.raises(IntegrityError, match="contribution_public_when_published"):
        store(state="published", **SENT)
    assert store(state="published", published_at=MOMENT, **SENT).pk


@pytest.mark.parametrize("lacking", ["reference", "submitted_at"])
@pytest.mark.parametrize("state", ["submitted", "returned", "declined", "withdrawn"])
def test_what_was_sent_has_a_reference_and_its_moment(state, lacking):
    with pytest.raises(IntegrityError, match="contribution_sent_has_reference"):
        store(state=state, **SENT | {lacking: None})


def test_a_published_contribution_has_a_reference():
    with pytest.raises(IntegrityError, match="contribution_sent_has_reference"):
        store(state="published", published_at=MOMENT, submitted_at=MOMENT)


def test_a_reference_stands_once():
    store(state="submitted", **SENT)
    with pytest.raises(IntegrityError, match="reference"):
        store(state="submitted", **SENT)


def test_many_drafts_go_without_a_reference():
    assert {store().reference, store().reference} == {None}


def test_a_call_closes_after_it_opens():
    with pytest.raises(IntegrityError, match="call_closes_after_it_opens"), transaction.atomic():
        build.call(opens=1, closes=1)


def test_a_question_has_one_number_in_a_language():
    call = build.call()
    for language in ("en", "fr"):
        GuidingQuestion.objects.create(call=call, number=1, text="What do you see?", language=language)
    with pytest.raises(IntegrityError, match="UNIQUE"), transaction.atomic():
        GuidingQuestion.objects.create(call=call, number=1, text="And now?", language="fr")
    assert [str(question) for question in call.questions.all()] == ["1. What do you see?"] * 2


def test_its_name_is_its_title_then_its_reference_then_says_that_there_is_none():
    assert str(Contribution(title="What we saw", reference="TIP-2024-0001")) == "What we saw"
    assert str(Contribution(reference="TIP-2024-0001")) == "TIP-2024-0001"
    assert str(Contribution()) == "Untitled draft"


def test_a_draft_lives_at_its_key_and_what_was_sent_at_its_reference():
    draft = build.draft(build.call())
    assert draft.get_absolute_url() == f"/contributions/mine/{draft.key}/"
    assert Contribution(reference="TIP-2024-0001").get_absolute_url() == "/contributions/TIP-2024-0001/"


@pytest.mark.parametrize(
    ("state", "is_editable", "can_be_withdrawn"),
    [
        ("draft", True, False),
        ("submitted", False, True),
        ("returned", True, True),
        ("published", False, True),
        ("declined", False, False),
        ("withdrawn", False, False),
    ],
)
def test_what_its_filer_can_do_depends_on_its_state(state, is_editable, can_be_withdrawn):
    record = Contribution(state=state)
    assert (record.is_editable, record.can_be_withdrawn) == (is_editable, can_be_withdrawn)


def test_a_counter_writes_the_reference_that_it_gave_last():
    assert str(ReferenceCounter(prefix="TIP-2024", last=7)) == "TIP-2024-0007"
    assert str(ReferenceCounter(prefix="TIP-2024", last=10_000)) == "TIP-2024-10000"


def test_the_address_of_a_file_is_below_its_contributions():
    record = build.contribution(attach=[("secret-name.pdf", files.pdf())])
    attachment = record.attachments.get()
    assert attachment.get_absolute_url() == f"/contributions/{record.reference}/files/{attachment.pk}/"
    assert str(attachment) == "What we saw: PDF"


def test_a_call_leads_to_where_one_contributes():
    call = build.call()
    assert call.get_absolute_url() == f"/contributions/new/?call={call.pk}"
    assert str(call) == "Call for contributions"
