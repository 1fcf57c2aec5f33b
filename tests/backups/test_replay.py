from dataclasses import replace

import pytest

from backups import replay
from backups.takedowns import NotedMove
from contributions.models import Invitation, Reflection
from contributions.workflow import confirm_reflection, withdraw_invitations
from mail.models import OutgoingEmail, State
from publishing.log_chain import kind
from publishing.models import Preview, Transition, Verb
from publishing.workflow import share
from tests import build


def move(record, verb, number=10_000):
    """What the list has about a move after the backup."""
    entry = Transition(record=record)
    return NotedMove(number, kind(entry.content_type), record.pk, verb, "2026-05-01T10:00:00+00:00", "0" * 64)


def replayed(*moves):
    return replay.replay(moves, since=100)


@pytest.mark.parametrize(
    "verb", [Verb.UNPUBLISH, Verb.DELETE, Verb.MERGE, Verb.UNMERGE, Verb.PUBLISH, Verb.USE_CORRECTION]
)
def test_a_record_that_showed_less_later_is_hidden(db, verb):
    quote = build.quote(build.appearance(build.dialogue()))
    assert replayed(move(quote, verb)) == [f"quote {quote.pk}: hidden"]
    quote.refresh_from_db()
    assert not quote.is_published
    assert Transition.objects.first().verb == "unpublish"


@pytest.mark.parametrize("verb", [Verb.SHARE, Verb.CONFIRM_SOURCE, Verb.ASSIGN, Verb.RESTORE])
def test_a_record_that_showed_no_less_later_stays(db, verb):
    quote = build.quote(build.appearance(build.dialogue()))
    assert replayed(move(quote, verb)) == []
    quote.refresh_from_db()
    assert quote.is_published


def test_moves_before_the_backup_are_left_out(db):
    quote = build.quote(build.appearance(build.dialogue()))
    assert replayed(move(quote, Verb.UNPUBLISH, number=100)) == []
    assert replayed(move(quote, Verb.UNPUBLISH, number=101)) != []


def test_a_record_that_is_younger_than_the_backup_is_passed_over(db):
    quote = build.quote(build.appearance(build.dialogue()))
    assert replayed(replace(move(quote, Verb.UNPUBLISH), key=quote.pk + 1)) == []


def test_drafts_are_left_alone(db):
    assert replayed(move(build.dialogue(public=False), Verb.UNPUBLISH)) == []


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.ERASE])
def test_a_contribution_that_was_withdrawn_is_withdrawn_again(db, verb):
    contribution = build.contribution(build.call(build.dialogue()))
    assert replayed(move(contribution, verb)) == [f"contribution {contribution.reference}: withdrawn"]
    contribution.refresh_from_db()
    assert (contribution.state, contribution.is_published) == ("withdrawn", False)


def test_a_contribution_that_was_corrected_goes_back_to_review(db):
    contribution = build.contribution(build.call(build.dialogue()))
    assert replayed(move(contribution, Verb.PUBLISH)) == [
        f"contribution {contribution.reference}: hidden, and back in review"
    ]
    contribution.refresh_from_db()
    assert (contribution.state, contribution.is_published) == ("submitted", False)


def test_consent_that_was_withdrawn_stays_withdrawn(db):
    photograph = build.photograph(build.dialogue())
    assert replayed(move(photograph, Verb.WITHDRAW_CONSENT), move(photograph, Verb.UNPUBLISH))
    photograph.refresh_from_db()
    assert (photograph.is_published, photograph.consented_on) == (False, None)


def test_a_preview_that_was_closed_stays_closed(secretary):
    dialogue = build.dialogue(public=False)
    share(dialogue, by=secretary, days=5)
    kept = share(build.dialogue(public=False, slug="another"), by=secretary, days=5)
    assert replayed(move(dialogue, Verb.WITHDRAW_PREVIEW)) == [f"dialogue {dialogue.pk}: previews closed"]
    assert list(Preview.objects.all()) == [kept]


def test_a_source_that_was_dismissed_stays_dismissed(secretary):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, text="1. A quagga was seen.")
    quote = build.quote(build.appearance(dialogue))
    source = confirm_reflection(summary.paragraphs.get(), quote, by=secretary)
    assert replayed(move(source, Verb.CONFIRM_SOURCE)) == []
    assert replayed(move(source, Verb.DISMISS_SOURCE)) != []
    assert Reflection.objects.get().state == "dismissed"


def test_everyone_signs_in_again_and_staff_decide_on_unsent_letters(client, secretary):
    client.force_login(secretary)
    waiting = OutgoingEmail.objects.create(message_id="<a@b>", content={"to": ["c@d.example"]})
    sent = OutgoingEmail.objects.create(
        message_id="<b@b>", state=State.SENT, sent_at=waiting.queued_at, claimed_at=waiting.queued_at
    )
    replay.settle()
    assert "_auth_user_id" not in client.session
    assert list(OutgoingEmail.objects.order_by("pk").values_list("pk", "state")) == [
        (waiting.pk, "unclear"), (sent.pk, "sent"),
    ]  # fmt: skip


def test_invitations_that_were_withdrawn_later_are_withdrawn_again(db, secretary):
    call = build.call(build.dialogue())
    withdrawn, kept = (
        Invitation.objects.create(call=call, organization_name=name, made_by=secretary) for name in ("One", "Two")
    )
    entry = replace(move(call, Verb.WITHDRAW_INVITATION), invitations=(withdrawn.pk, withdrawn.pk + 1_000))
    assert replayed(entry) == ["invitations: 1 withdrawn"]
    withdrawn.refresh_from_db()
    kept.refresh_from_db()
    assert (withdrawn.is_waiting, kept.is_waiting) == (False, True)
    assert replayed(entry) == []


def test_the_list_names_the_invitations_that_were_withdrawn(db, secretary):
    call = build.call(build.dialogue())
    invitation = Invitation.objects.create(call=call, organization_name="One", made_by=secretary)
    withdraw_invitations([invitation], by=secretary)
    assert NotedMove.of(Transition.objects.get(verb="withdraw_invitation")).invitations == (invitation.pk,)
    assert NotedMove(1, "contributions.call", 1, "publish", "", "").invitations == ()
