"""Who sees which contribution, call and file: both sides of the gate, state by state."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from contributions.models import Attachment, Call, Contribution
from dialogues import workflow as proceedings
from tests import build, files

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "returned", "published", "declined", "withdrawn"]


@pytest.fixture
def all_states(participant):
    """One contribution of the participant in each state, to one dialogue."""
    call = build.call()
    return {
        state: build.contribution(call, by=participant, state=state, attach=[("a.txt", b"words")]) for state in STATES
    }


def states(queryset):
    return set(queryset.values_list("state", flat=True))


def seen_by(user):
    seen = states(Contribution.objects.visible_to(user))
    attachments = Attachment.objects.visible_to(user)
    assert set(attachments.values_list("contribution__state", flat=True)) == seen
    return seen


def test_everyone_sees_what_is_published_and_nothing_else(all_states):
    assert states(Contribution.objects.published()) == {"published"}
    assert seen_by(AnonymousUser()) == {"published"}


def test_a_file_follows_its_contribution(all_states):
    assert set(Attachment.objects.published()) == {all_states["published"].attachments.get()}


def test_someone_signed_in_sees_no_more(all_states, stranger):
    assert seen_by(stranger) == {"published"}


def test_a_filer_sees_all_of_their_own_and_nobody_elses(all_states, participant, stranger):
    build.contribution(by=stranger, state="submitted")
    assert seen_by(participant) == set(STATES)
    assert set(Contribution.objects.visible_to(participant)) == set(all_states.values())


@pytest.mark.parametrize("role", ["reviewer", "secretary"])
def test_a_reviewer_sees_what_was_sent_but_no_draft_of_others(request, all_states, role):
    by = request.getfixturevalue(role)
    own = build.draft(build.call(), by=by)
    sent = set(all_states.values()) - {all_states["draft"]}
    assert set(Contribution.objects.visible_to(by)) == sent | {own}
    assert {file.contribution for file in Attachment.objects.visible_to(by)} == sent


def test_a_chair_sees_no_more_than_the_public(all_states):
    chair = build.co_chair(all_states["draft"].call.dialogue)
    assert seen_by(chair) == {"published"}


def test_a_reviewer_who_left_sees_no_more_than_the_public(all_states, reviewer):
    reviewer.is_active = False
    reviewer.save()
    assert seen_by(reviewer) == {"published"}


def test_a_hidden_dialogue_hides_its_contributions(all_states, stranger, participant):
    proceedings.unpublish(all_states["published"].call.dialogue, by=None)
    assert not Contribution.objects.published().exists()
    assert seen_by(AnonymousUser()) == seen_by(stranger) == set()
    assert seen_by(participant) == set(STATES)


def test_they_come_back_with_it(all_states):
    dialogue = all_states["published"].call.dialogue
    proceedings.unpublish(dialogue, by=None)
    proceedings.publish(dialogue, by=None)
    assert states(Contribution.objects.published()) == {"published"}


def test_filed_by_shows_a_persons_own_newest_first(participant, stranger):
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


def test_open_calls_are_those_between_their_two_moments():
    now = timezone.now()
    current, past, future = build.call(), build.call(opens=-2, closes=-1), build.call(opens=1, closes=2)
    assert list(Call.objects.open()) == [current]
    assert list(Call.objects.open(past.opens_at)) == [past]
    assert list(Call.objects.open(future.opens_at)) == [future]
    assert current in Call.objects.open(now)
    assert current not in Call.objects.open(current.closes_at)


def test_lists_name_public_topics_only():
    record, shown, hidden = build.contribution(), build.topic("Ports"), build.topic("Secret", public=False)
    record.topics.add(shown, hidden)
    assert list(Contribution.objects.for_lists().get().topics.all()) == [shown]


def test_a_list_takes_two_queries_however_long_it_is(django_assert_num_queries):
    call = build.call()
    for _ in range(4):
        build.contribution(call).topics.add(build.topic(f"Topic {_}"))
    with django_assert_num_queries(2):
        for record in Contribution.objects.published().for_lists():
            assert record.call.dialogue.series.name
            assert len(record.topics.all()) == 1


def test_the_files_of_a_draft_are_its_filers_alone(participant, secretary):
    draft = build.contribution(by=participant, state="draft", attach=[("a.pdf", files.pdf())])
    assert not Attachment.objects.visible_to(secretary).exists()
    assert Attachment.objects.visible_to(participant).get().contribution == draft
