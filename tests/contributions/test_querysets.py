"""Who sees which contribution, call and file: both sides of the gate, for each state."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from contributions.models import Attachment, Call, Contribution, Invitation, Reflection, Revision
from contributions.views.contributions import topics_of
from dialogues.models import Organization
from publishing import workflow as proceedings
from tests import build

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "returned", "accepted", "published", "declined", "withdrawn"]


@pytest.fixture
def all_states(participant):
    """A contribution of the participant in each state, to one dialogue."""
    call = build.call()
    return {
        state: build.contribution(call, by=participant, state=state, attach=[("a.txt", b"words")]) for state in STATES
    }


def states(queryset):
    return set(queryset.values_list("state", flat=True))


def seen_by(user):
    seen = states(Contribution.objects.visible_to(user))
    attachments = Attachment.objects.visible_to(user)
    assert set(attachments.values_list("revision__contribution__state", flat=True)) == seen
    return seen


def test_everyone_sees_published_contributions_and_no_others(all_states):
    assert states(Contribution.objects.published()) == {"published"}
    assert seen_by(AnonymousUser()) == {"published"}


def test_a_file_follows_its_contribution(all_states):
    assert set(Attachment.objects.published()) == {all_states["published"].shown.attachments.get()}


def test_a_signed_in_user_sees_no_more_than_the_public(all_states, stranger):
    assert seen_by(stranger) == {"published"}


def test_a_filer_sees_all_of_their_own_and_none_of_others(all_states, participant, stranger):
    build.contribution(by=stranger, state="submitted")
    assert seen_by(participant) == set(STATES)
    assert set(Contribution.objects.visible_to(participant)) == set(all_states.values())


@pytest.mark.parametrize("role", ["reviewer", "secretary"])
def test_a_reviewer_sees_submissions_but_no_drafts_of_others(request, all_states, role):
    by = request.getfixturevalue(role)
    own = build.draft(build.call(), by=by)
    sent = set(all_states.values()) - {all_states["draft"]}
    assert set(Contribution.objects.visible_to(by)) == sent | {own}
    assert {file.revision.contribution for file in Attachment.objects.visible_to(by)} == sent


def test_a_chair_sees_no_more_than_the_public(all_states):
    chair = build.co_chair(all_states["draft"].call.dialogue)
    assert seen_by(chair) == {"published"}


def test_a_former_reviewer_sees_no_more_than_the_public(all_states, reviewer):
    reviewer.is_active = False
    reviewer.save()
    assert seen_by(reviewer) == {"published"}


def test_a_hidden_dialogue_hides_its_contributions(all_states, stranger, participant):
    proceedings.unpublish(all_states["published"].call.dialogue, by=None)
    assert not Contribution.objects.published().exists()
    assert seen_by(AnonymousUser()) == seen_by(stranger) == set()
    assert seen_by(participant) == set(STATES)


def test_contributions_are_public_again_with_their_dialogue(all_states):
    dialogue = all_states["published"].call.dialogue
    proceedings.unpublish(dialogue, by=None)
    proceedings.publish(dialogue, by=None)
    assert states(Contribution.objects.published()) == {"published"}


def test_filed_by_returns_a_users_own_newest_first(participant, stranger):
    call = build.call()
    first, second = build.draft(call, by=participant), build.draft(call, by=participant)
    build.draft(call, by=stranger)
    assert list(Contribution.objects.filed_by(participant)) == [second, first]
    first.save()
    assert list(Contribution.objects.filed_by(participant)) == [first, second]


def test_a_call_is_public_with_its_dialogue():
    open_call, hidden = build.call(), build.call(public=False)
    orphan = build.call(build.dialogue(public=False))
    assert set(Call.objects.published()) == {open_call}
    assert set(Call.objects.visible_to(AnonymousUser())) == {open_call}
    assert {hidden, orphan} & set(Call.objects.published()) == set()


def test_open_calls_are_between_opening_and_closing():
    now = timezone.now()
    current, past, future = build.call(), build.call(opens=-2, closes=-1), build.call(opens=1, closes=2)
    assert list(Call.objects.open()) == [current]
    assert list(Call.objects.open(past.opens_at)) == [past]
    assert list(Call.objects.open(future.opens_at)) == [future]
    assert current in Call.objects.open(now)
    assert current not in Call.objects.open(current.closes_at)


def test_a_page_fetches_public_topics_only():
    record, shown, hidden = build.contribution(), build.topic("Ports"), build.topic("Secret", public=False)
    record.topics.add(shown, hidden)
    assert topics_of(contribution=record.pk) == [shown]


def test_a_list_takes_one_query_whatever_its_length(django_assert_num_queries):
    call = build.call()
    for _ in range(4):
        build.contribution(call)
    with django_assert_num_queries(1):
        for record in Contribution.objects.published().for_lists():
            assert record.call.dialogue.series.name
            assert record.get_absolute_url()
            assert record.shown.title
            assert str(record.shown.byline)


def test_a_list_fetches_no_texts():
    build.contribution(text="A long text.")
    listed = Contribution.objects.for_lists().get()
    assert "text" in listed.shown.get_deferred_fields()
    assert "description" in listed.call.dialogue.get_deferred_fields()


def test_the_files_of_a_draft_are_visible_to_its_filer_alone(participant, secretary):
    draft = build.contribution(by=participant, state="draft", attach=[("a.txt", b"words")])
    assert not Attachment.objects.visible_to(secretary).exists()
    assert Attachment.objects.visible_to(participant).get().revision.contribution == draft


def test_a_draft_correction_of_a_published_contribution_is_visible_to_its_filer_alone(participant, reviewer, stranger):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False)
    build.attached(record, "b.txt", b"more", by=participant)
    both = Attachment.objects.filter(number=2)
    for user in (reviewer, stranger, AnonymousUser()):
        assert not both.visible_to(user).exists()
        assert Attachment.objects.visible_to(user).get().revision == record.shown
    assert both.visible_to(participant).count() == 1


def test_a_file_of_an_unpublished_correction_is_visible_to_reviewers_and_not_to_the_public(
    participant, reviewer, stranger
):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False)
    build.attached(record, "b.txt", b"more", by=participant)
    build.filing.submit(record, by=participant, consent=True)
    for user in (stranger, AnonymousUser()):
        assert [file.number for file in Attachment.objects.visible_to(user)] == [1]
    assert {file.number for file in Attachment.objects.visible_to(reviewer)} == {1, 2}


def test_a_file_that_a_published_correction_left_out_is_no_longer_public(participant, reviewer):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    revision = build.correction(record, by=participant, sent=False)
    build.filing.detach(revision.attachments.get(), by=participant)
    assert Attachment.objects.published().count() == 1
    build.filing.submit(record, by=participant, consent=True)
    assert Attachment.objects.published().count() == 1
    build.filing.publish(record, by=None)
    assert not Attachment.objects.published().exists()
    assert Attachment.objects.visible_to(reviewer).count() == 1


@pytest.mark.parametrize(("state", "was_public"), [(state, state == "published") for state in STATES])
def test_tombstones_are_withdrawn_contributions_that_were_public(state, was_public):
    record = build.contribution(state=state)
    assert not Contribution.objects.tombstones().exists()
    if state in ("submitted", "returned", "accepted", "published"):
        build.filing.withdraw(record, by=None)
    assert Contribution.objects.tombstones().exists() is was_public
    proceedings.unpublish(record.call.dialogue, by=None)
    assert not Contribution.objects.tombstones().exists()


def test_due_contributions_are_accepted_and_their_time_has_come():
    call, now = build.call(), timezone.now()
    for hours in (-1, 0, 1):
        record = build.contribution(call, state="accepted")
        Contribution.objects.filter(pk=record.pk).update(publish_at=now + timedelta(hours=hours))
    build.contribution(call, state="accepted")
    assert Contribution.objects.due(now).count() == 2
    Contribution.objects.update(state="submitted")
    assert not Contribution.objects.due(now).exists()


def test_an_invitation_is_unused_until_it_has_a_contribution():
    call = build.call(audience="invited")
    used, unused = (call.invitations.create(organization_name=name) for name in ("Used", "Unused"))
    used.contribution = build.draft(call)
    used.save()
    assert list(Invitation.objects.unused()) == [unused]
    assert not Call.objects.for_anyone().exists()


def test_due_contributions_are_found_by_the_clock_of_the_server():
    now = timezone.now()
    past, future = (build.contribution(state="accepted") for _ in range(2))
    Contribution.objects.filter(pk=past.pk).update(publish_at=now - timedelta(hours=1))
    Contribution.objects.filter(pk=future.pk).update(publish_at=now + timedelta(hours=1))
    assert list(Contribution.objects.due()) == [past]
    assert not Contribution.objects.due(now - timedelta(hours=2)).exists()


def test_calls_for_anyone_need_no_invitation():
    anyone = build.call(audience="anyone")
    build.call(audience="invited")
    assert list(Call.objects.for_anyone()) == [anyone]


@pytest.mark.parametrize(
    ("hidden", "shown"), [(None, (True, True)), ("call", (False, True)), ("dialogue", (False, False))]
)
def test_a_filer_is_told_which_names_they_may_read(hidden, shown, participant, secretary):
    record = build.contribution(by=participant, state="submitted")
    if hidden:
        proceedings.unpublish(record.call if hidden == "call" else record.call.dialogue, by=None)
    found = Contribution.objects.with_visibility_for(participant).get()
    assert (found.shows_call, found.shows_dialogue) == shown
    found = Contribution.objects.with_visibility_for(secretary).get()
    assert (found.shows_call, found.shows_dialogue) == (True, True)


def test_visibility_is_that_of_the_own_call_and_dialogue(participant):
    build.call()
    record = build.contribution(by=participant, state="submitted")
    proceedings.unpublish(record.call.dialogue, by=None)
    found = Contribution.objects.with_visibility_for(participant).get(pk=record.pk)
    assert (found.shows_call, found.shows_dialogue) == (False, False)


def test_drafts_and_sent_revisions_are_told_apart_and_found_by_their_filer(participant, stranger):
    record = build.contribution(by=participant)
    draft = build.correction(record, by=participant, sent=False)
    assert list(Revision.objects.drafts()) == [draft]
    assert list(Revision.objects.sent()) == [record.shown]
    assert set(Revision.objects.filed_by(participant)) == {draft, record.shown}
    assert not Revision.objects.filed_by(stranger).exists()


def test_a_list_of_files_takes_one_query(django_assert_num_queries):
    build.contribution(attach=[("a.txt", b"words")])
    with django_assert_num_queries(1):
        file = Attachment.objects.for_lists().get()
        assert file.document.clean_copy
        assert file.revision.contribution.state == "published"


def test_a_page_fetches_the_text_and_the_organization_in_one_query(django_assert_num_queries):
    record = build.contribution()
    record.organization = Organization.objects.create(name="Open Door")
    record.save()
    expected = (record.shown, record.shown.text, record.organization)
    with django_assert_num_queries(1):
        found = Contribution.objects.for_page().get()
        assert (found.shown, found.shown.text, found.organization) == expected


def test_newest_files_are_those_of_the_newest_submitted_revision(participant):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False)
    build.attached(record, "b.txt", b"more", by=participant)
    assert [file.number for file in Attachment.objects.newest()] == [1]
    build.filing.submit(record, by=participant, consent=True)
    assert {file.number for file in Attachment.objects.newest().filter(revision=record.revisions.last())} == {1, 2}
    assert set(Attachment.objects.newest().values_list("revision", flat=True)) == {record.revisions.last().pk}


@pytest.mark.parametrize("hidden", [None, "summary", "dialogue"])
def test_a_reflection_is_public_with_its_paragraph(hidden, django_assert_num_queries):
    summary = build.summary(build.dialogue())
    reflection = build.reflection(summary.paragraphs.first(), build.contribution())
    if hidden:
        proceedings.unpublish(summary if hidden == "summary" else summary.dialogue, by=None)
    assert list(Reflection.objects.published()) == ([] if hidden else [reflection])
    with django_assert_num_queries(1):
        assert Reflection.objects.with_paragraphs().get().paragraph.summary == summary
