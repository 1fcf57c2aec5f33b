"""workflow.begin, save and revise: only the filer writes, and corrections of submissions."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from contributions import workflow
from contributions.models import Contribution, Revision
from tests import build

pytestmark = pytest.mark.django_db

SENT = ["submitted", "returned", "accepted", "published"]
OVER = ["declined", "withdrawn"]


@pytest.mark.parametrize("change", [{"closes": -0.5}, {"opens": 0.5}, {"public": False}, {"audience": "invited"}])
def test_no_draft_is_begun_for_a_call_that_is_not_open_to_everyone(participant, change):
    with pytest.raises(ValidationError, match="This call is not open"):
        workflow.begin(build.call(**change), by=participant)
    assert not Contribution.objects.exists()


def test_a_draft_begins_with_one_empty_revision(participant):
    draft = workflow.begin(build.call(), by=participant)
    revision = Revision.objects.get()
    assert (draft.draft, draft.newest, draft.shown) == (revision, None, None)
    assert (revision.number, revision.title, revision.appear_as, revision.language) == (1, "", "organization", "en")


@pytest.mark.parametrize(
    ("page", "taken", "language"),
    [("zh-hans", [], "zh"), ("ar", ["ar", "fr"], "ar"), ("en", ["es", "fr"], "fr"), ("es", ["ar", "fr"], "ar")],
)
def test_a_draft_begins_in_the_language_of_the_page_if_the_call_takes_it(participant, page, taken, language):
    with override(page):
        draft = workflow.begin(build.call(languages=taken), by=participant)
    assert draft.draft.language == language


def test_a_second_click_begins_no_second_draft(participant, stranger):
    call, key = build.call(), uuid4()
    first, second = (workflow.begin(call, by=participant, key=key) for _ in range(2))
    assert (first, first.key) == (second, key)
    assert Contribution.objects.count() == Revision.objects.count() == 1
    with pytest.raises(PermissionDenied):
        workflow.begin(call, by=stranger, key=key)
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary", "anonymous"])
def test_nobody_writes_in_the_draft_of_another(request, participant, who):
    draft = build.draft(build.call(), by=participant, title="Kept")
    by = AnonymousUser() if who == "anonymous" else request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        workflow.save(draft.draft, by=by, title="Changed")
    with pytest.raises(PermissionDenied):
        workflow.revise(draft, by=by)
    with pytest.raises(PermissionDenied):
        workflow.discard(draft, by=by)
    assert Revision.objects.get().title == "Kept"


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary", "anonymous"])
def test_nobody_corrects_the_submission_of_another(request, participant, who):
    record = build.contribution(by=participant)
    with pytest.raises(PermissionDenied):
        workflow.revise(record, by=AnonymousUser() if who == "anonymous" else request.getfixturevalue(who))
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("state", [*SENT, *OVER])
def test_a_submitted_revision_is_not_changed(participant, state):
    record = build.contribution(by=participant, state=state, title="Kept")
    with pytest.raises(workflow.WrongStateError, match="You have submitted"):
        workflow.save(record.newest, by=participant, title="Changed")
    assert Revision.objects.get().title == "Kept"


@pytest.mark.parametrize("state", OVER)
def test_a_closed_contribution_is_not_corrected(participant, state):
    record = build.contribution(by=participant, state=state)
    with pytest.raises(workflow.WrongStateError, match="cannot be changed any more"):
        workflow.revise(record, by=participant)
    assert Revision.objects.count() == 1


def test_a_filer_saves_a_draft(participant):
    draft = build.draft(build.call(), by=participant)
    workflow.save(draft.draft, by=participant, title="Changed")
    assert Revision.objects.get().title == "Changed"
    assert Contribution.objects.get().state == "draft"


def test_saving_changes_only_the_named_fields(participant):
    revision = build.draft(build.call(), by=participant, text="Kept.").draft
    revision.receipt_code, revision.text = "STOLEN", "Overwritten by an old copy."
    workflow.save(revision, by=participant, title="Changed")
    stored = Revision.objects.get()
    assert (stored.title, stored.text, stored.receipt_code) == ("Changed", "Kept.", None)


def test_an_answer_keeps_the_question_as_it_was_asked(participant):
    call = build.call()
    question = call.questions.create(number=1, text="What do you see?", language="en")
    revision = build.draft(call, by=participant).draft
    for text in ("Ships.", "Ships and debts."):
        workflow.save(revision, by=participant, answers={question: text})
    question.text = "Rewritten?"
    question.save()
    answer = revision.answers.get()
    assert (answer.number, answer.question, answer.text) == (1, "What do you see?", "Ships and debts.")


@pytest.mark.parametrize("state", SENT)
def test_a_correction_begins_as_a_copy_and_changes_no_state(participant, state):
    call = build.call()
    question = call.questions.create(number=1, text="What do you see?")
    draft = build.draft(call, by=participant, signers="One\nTwo", appear_as="anonymous", language="fr")
    workflow.save(draft.draft, by=participant, answers={question: "Ships."})
    workflow.submit(draft, by=participant, consent=True)
    verbs = {"accepted": workflow.accept, "published": workflow.publish}
    if state == "returned":
        workflow.request_changes(draft, by=None, note="Shorter.")
    elif state in verbs:
        verbs[state](draft, by=None)
    before = Contribution.objects.values("state", "published_at", "shown", "newest").get()
    revision = workflow.revise(draft, by=participant)
    assert Contribution.objects.values("state", "published_at", "shown", "newest").get() == before
    for name in ("organization_name", "signers", "title", "language", "text", "appear_as"):
        assert getattr(revision, name) == getattr(draft.newest, name)
    assert [answer.text for answer in revision.answers.all()] == ["Ships."]
    assert (revision.number, revision.sent_at, revision.receipt_code, revision.sent_files) == (2, None, None, [])


def test_a_second_click_on_correct_returns_the_same_revision(participant):
    record = build.contribution(by=participant)
    first = workflow.revise(record, by=participant)
    workflow.save(first, by=participant, title="Half a thought")
    assert workflow.revise(Contribution.objects.get(), by=participant) == first
    assert Revision.objects.count() == 2


def test_a_correction_goes_to_review_and_the_public_revision_stays(participant):
    record = build.contribution(by=participant, title="First")
    moment = record.published_at
    build.correction(record, by=participant, title="Second")
    stored = Contribution.objects.get()
    assert (stored.state, stored.newest.title, stored.shown.title) == ("submitted", "Second", "First")
    assert stored.published_at == moment
    assert stored.content.title == stored.title == "First"


def test_each_revision_has_a_receipt_of_its_own(participant):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, title="Second")
    codes = set(Revision.objects.values_list("receipt_code", flat=True))
    assert len(codes) == 2
    assert all(len(code) == 32 for code in codes)
