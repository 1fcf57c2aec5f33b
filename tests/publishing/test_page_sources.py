"""What changes the state of public pages: what they show, in the same transaction, and nothing else."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contributions.models import Answer
from dialogues.models import Dialogue, Organization, Sitting, Topic
from documents.models import Document
from publishing import workflow as publishing
from publishing.models import PublicChange
from publishing.page_sources import note_change, shown_models
from tests import build

pytestmark = pytest.mark.django_db

# Models whose rows no page for everyone shows, and why.
NOT_SHOWN = {
    "accounts": {"User"},
    "background": {"QueuedTask", "WorkerProcess"},
    "contributions": {  # for reviewers and senders
        "CallLetter",
        "Check",
        "Decision",
        "ExtensionRequest",
        "HeldContribution",
        "Invitation",
        "Look",
        "Membership",
        "Note",
        "Reminder",
        "Signature",
        "Team",
        "TeamInvitation",
    },
    "dialogues": {"Comment", "DocumentAlert", "SummaryReading"},  # for staff and co-chairs
    "documents": {"PartialUpload"},
    "intake": {"Batch", "BatchFile", "BatchList", "BatchRow", "RememberedColumns"},
    "mail": {"LetterText", "OutgoingEmail", "Outage"},
    # The log has an entry with each move. A public number is given by a move.
    "publishing": {"Deletion", "FormerAddress", "LogHead", "NumberCounter", "Preview", "PublicChange", "Transition"},
    # The index says itself when it has changed, and so do lists of similar records.
    "search": {"IndexJob", "KeptText", "SearchAlert", "SimilarRecords", "WriteLock"},
}


def moved(act):
    """Do something and return whether the state of public pages changed."""
    before = PublicChange.objects.state()
    act()
    return PublicChange.objects.state() != before


def renamed(record, field="title"):
    """Return what gives a record another text."""

    def rename():
        setattr(record, field, f"{getattr(record, field)} again")
        record.save()

    return rename


def test_every_model_is_declared_or_shown_nowhere():
    own = [app.label for app in apps.get_app_configs() if (settings.BASE_DIR / app.name).is_dir()]
    models = {
        f"{label}.{model.__name__}"
        for label in own
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    }
    shown = {model._meta.label for model in shown_models()}
    hidden = {f"{label}.{name}" for label, names in NOT_SHOWN.items() for name in names}
    assert shown & hidden == set()
    assert shown | hidden == models


def test_a_public_record_changes_the_state_and_a_draft_does_not():
    public, draft = build.dialogue(), build.dialogue(public=False)
    assert moved(renamed(public))
    assert not moved(renamed(draft))
    assert not moved(lambda: build.dialogue(public=False))


def test_saving_what_is_stored_already_changes_nothing():
    assert not moved(build.dialogue().save)


def test_a_field_that_is_not_saved_changes_nothing():
    record = build.dialogue(city="Vienna")
    record.city = "Geneva"
    assert not moved(lambda: record.save(update_fields=["venue"]))
    assert moved(lambda: record.save(update_fields=["city"]))
    record.series = build.series("OTH")
    assert moved(lambda: record.save(update_fields=["series"]))
    record.series = build.series("TIP")
    assert moved(lambda: record.save(update_fields=["series_id"]))


def test_publication_and_its_opposite_change_the_state():
    draft = build.dialogue(public=False)
    assert moved(lambda: publishing.publish(draft, by=None))
    assert moved(lambda: publishing.unpublish(draft, by=None))
    assert not moved(renamed(draft))


def test_parts_of_a_record_change_the_state_with_it():
    public, draft = build.dialogue(), build.dialogue(public=False)
    now = timezone.now()
    for dialogue, expected in ((public, True), (draft, False)):
        made = Sitting(pk=1_000, dialogue=dialogue, starts_at=now, ends_at=now + timedelta(hours=1))
        assert moved(made.save) is expected
        assert moved(made.delete) is expected


def test_a_child_of_a_draft_changes_nothing():
    draft = build.dialogue(public=False)
    seat = build.appearance(draft)
    assert not moved(renamed(seat))
    assert not moved(seat.delete)


def test_relations_change_the_state_from_both_ends():
    public, draft, topic = build.dialogue(), build.dialogue(public=False), build.topic()
    assert moved(lambda: public.topics.add(topic))
    assert moved(lambda: public.topics.clear())
    assert moved(lambda: topic.dialogues.add(public))
    assert moved(lambda: topic.dialogues.remove(public))
    assert not moved(lambda: draft.topics.add(topic))
    assert not moved(lambda: topic.dialogues.remove(draft))


def test_a_topic_changes_the_state_once_it_is_public():
    assert not moved(renamed(build.topic("Hidden", public=False), "name"))
    assert moved(renamed(build.topic("Shown"), "name"))


def test_an_organization_always_changes_the_state():
    assert moved(lambda: Organization.objects.create(name="A house"))


def test_filing_a_contribution_changes_nothing_until_it_is_published(participant):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    made = []
    assert not moved(lambda: made.append(build.draft(call, by=participant)))
    draft = made[0].revisions.get()
    assert not moved(lambda: Answer.objects.create(revision=draft, number=1, question="What?", text="This."))
    assert not moved(lambda: build.attached(made[0], "report.pdf", by=participant))
    assert not moved(lambda: build.contribution(call, by=participant, state="submitted"))
    assert moved(lambda: build.contribution(call, by=participant))


def test_a_correction_changes_the_state_when_it_is_shown(reviewer):
    contribution = build.contribution()
    assert not moved(lambda: build.correction(contribution))
    assert moved(renamed(contribution.shown))


def test_a_clean_copy_changes_the_state_if_its_record_is_public():
    public = build.contribution(attach=[("a.txt", b"Words.")]).shown.attachments.get().document
    waiting = (
        build.contribution(state="submitted", attach=[("b.txt", b"Other words.")]).newest.attachments.get().document
    )
    assert isinstance(public, Document)
    assert moved(public.clean_copy.delete)
    assert not moved(waiting.clean_copy.delete)


def test_a_portrait_changes_the_state_if_its_speaker_is_public():
    seated, unknown = build.speaker(portrait=build.portrait()), build.speaker(portrait=build.portrait())
    build.appearance(build.dialogue(), who=seated)
    assert moved(renamed(seated.portrait, "alt"))
    assert not moved(renamed(unknown.portrait, "alt"))


def test_the_account_of_a_speaker_is_shown_nowhere(participant):
    speaker = build.speaker()
    build.appearance(build.dialogue(), who=speaker)
    speaker.account = participant
    assert not moved(speaker.save)


def test_a_change_that_is_rolled_back_changes_nothing():
    rename = renamed(build.dialogue())
    before = PublicChange.objects.state()
    with transaction.atomic():
        rename()
        transaction.set_rollback(True)
    assert PublicChange.objects.state() == before


def test_the_state_stays_the_same_when_old_changes_are_forgotten():
    for _ in range(4):
        note_change()
    PublicChange.objects.update(at=timezone.now() - timedelta(hours=2))
    before = PublicChange.objects.state()
    PublicChange.objects.forget_old()
    assert PublicChange.objects.count() == 1
    assert PublicChange.objects.state() == before
    note_change()
    PublicChange.objects.update(at=timezone.now() - timedelta(hours=2))
    PublicChange.objects.forget_old()
    assert PublicChange.objects.state() == (before[0] + 1, before[1] + 1)


def test_changes_of_the_last_minutes_are_not_forgotten():
    for _ in range(3):
        note_change()
    before = PublicChange.objects.state()
    PublicChange.objects.forget_old()
    assert (PublicChange.objects.count(), PublicChange.objects.state()) == (3, before)


def test_a_transaction_that_ends_late_changes_the_state_too():
    note_change()
    PublicChange.objects.create(pk=1_000)
    before = PublicChange.objects.state()
    PublicChange.objects.create(pk=999)  # begun earlier, and seen only now
    assert PublicChange.objects.state() != before


def as_the_portal(code, **names):
    """Run code as if it were in a file of the portal."""
    exec(compile(code, str(settings.BASE_DIR / "publishing" / "invented.py"), "exec"), names)  # noqa: S102


@pytest.mark.parametrize(
    ("public", "noted", "fails"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_the_watch_of_all_tests_sees_what_a_bulk_write_does_not_note(public, noted, fails):
    build.dialogue(public=public)
    code = f"with atomic(): rows.update(city='Elsewhere'); {noted} and note()"
    names = {"atomic": transaction.atomic, "rows": Dialogue.objects.all(), "note": note_change}
    if not fails:
        as_the_portal(code, **names)
        return
    with pytest.raises(AssertionError, match="invented"):
        as_the_portal(code, **names)


def test_the_watch_of_all_tests_sees_bulk_creation():
    code = "with atomic(): rows.bulk_create(made)"
    topics = [Topic(name="Law", slug="law", published_at=timezone.now())]
    with pytest.raises(AssertionError, match="not noted"):
        as_the_portal(code, atomic=transaction.atomic, rows=Topic.objects.all(), made=topics)
