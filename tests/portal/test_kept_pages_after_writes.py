"""After whatever changes a public page, the next request shows it: moves, edits in the admin, tasks, chores."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from contributions import workflow as filing
from contributions.models import Contribution, Signature
from dialogues import workflow as proceedings
from documents.models import CleanCopy, Document
from documents.tasks import read_document
from publishing import workflow as publishing
from publishing.models import Deletion, Guest, PublicChange, Verb
from search.models import IndexJob
from search.tasks import rebuild, update_index
from tests import build, files

pytestmark = pytest.mark.django_db


def edit(name, field, value="Of another kind"):
    """Return what saves another value in a field of a record."""

    def save(world):
        record = getattr(world, name)
        record.refresh_from_db()
        setattr(record, field, value)
        record.save()

    return save


def decided(decide, name):
    """Return what decides whether a record is a source of the first paragraph."""
    return lambda world: decide(world.paragraph, getattr(world, name), by=world.secretary)


def delete(world):
    publishing.unpublish(world.news, by=None)
    publishing.delete(world.news, by=None)


def restore(world):
    delete(world)
    publishing.restore(Deletion.objects.get(), by=None)


def correct(world):
    build.correction(world.contribution, title="Corrected by the sender")
    filing.publish(Contribution.objects.get(pk=world.contribution.pk), by=None)


def publish_what_is_due(world):
    filing.accept(build.checked(world.submitted), by=None, publish_at=timezone.now() + timedelta(seconds=1))
    Contribution.objects.filter(pk=world.submitted.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    call_command("publish_due", verbosity=0)


def use_correction(world):
    guest = Guest(publishing.share(world.quote, by=None, days=14, recipient=world.seat))
    proceedings.answer_quote(world.quote, by=guest, text="We were heard by zebras.")
    proceedings.use_correction(world.quote, by=world.secretary)


def take_apart(world):
    """Undo the merger of someone who was there too."""
    twin = build.appearance(world.dialogue, who=build.speaker("A twin")).speaker
    publishing.restore(proceedings.merge(twin, world.speaker, by=None), by=None)


def correct_as_staff(world):
    Contribution.objects.filter(pk=world.contribution.pk).update(filer=None)
    world.contribution.refresh_from_db()
    filing.correct(world.contribution, filing.Correction("A typing error.", {"title": "Corrected by staff"}), by=None)
    filing.publish(build.checked(world.contribution), by=None)


def decline_signature(world):
    asked = {"address": "terns@example.org", "asked_at": timezone.now(), "state": "confirmed"}
    signature = Signature.objects.create(contribution=world.contribution, name="House of Terns", **asked)
    filing.answer_signature(signature, signs=False)


def follow_up(world):
    """Mark a paragraph, and link a quote of a later dialogue to it."""
    build.recommendation(world.summary, world.paragraph.number)
    later = build.quote(build.appearance(build.dialogue()), text="It was done.")
    marked = world.summary.paragraphs.get(pk=world.paragraph.pk)
    return marked, proceedings.link_follow_up(marked, later, kind="reported", by=None)


def new_version(world):
    new = proceedings.start_new_version(world.summary, by=None, changes="Names.")
    publishing.publish(new, by=None)


def read_again(world):
    document = Document.objects.get(pk=world.paper.document_id)
    CleanCopy.objects.filter(document=document).delete()
    read_document.call(document.pk)


def edit_in_the_admin(world):
    """Change the title of a dialogue in its form, as staff do."""
    browser = Client()
    browser.force_login(world.secretary)
    address = f"/admin/dialogues/dialogue/{world.dialogue.pk}/change/"
    context = browser.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    posted = {name: value for name, value in values.items() if value not in (None, "", [])}
    answer = browser.post(address, posted | {"title": "Renamed by staff"})
    assert answer.status_code == 302, answer.context["errors"]


# By the verb that it logs, or by what it is.
ACTS = {
    Verb.PUBLISH: lambda world: publishing.publish(world.draft_quote, by=None),
    Verb.UNPUBLISH: lambda world: publishing.unpublish(world.quote, by=None),
    Verb.DELETE: delete,
    Verb.RESTORE: restore,
    Verb.WITHDRAW: lambda world: filing.withdraw(world.contribution, by=None),
    Verb.WITHDRAW_CONSENT: lambda world: proceedings.withdraw_consent(world.photograph, by=None),
    Verb.CONFIRM_SOURCE: lambda world: filing.confirm_reflection(
        world.paragraph, world.contribution, by=world.secretary
    ),
    Verb.DISMISS_SOURCE: lambda world: filing.dismiss_reflection(world.paragraph, world.quote, by=world.secretary),
    Verb.CARRY_OVER_SOURCE: new_version,
    Verb.MARK_PARAGRAPH: lambda world: build.recommendation(world.summary, world.paragraph.number),
    Verb.UNMARK_PARAGRAPH: lambda world: build.recommendation(world.summary, 2, kind=""),
    Verb.FOLLOW_UP: follow_up,
    Verb.REMOVE_FOLLOW_UP: lambda world: proceedings.remove_follow_up(*follow_up(world), by=None),
    Verb.USE_CORRECTION: use_correction,
    Verb.CORRECT: correct_as_staff,
    Verb.CONFIRM_SIGNER: lambda world: filing.confirm_signers(
        world.contribution, ["House of Gulls"], by=world.secretary
    ),
    Verb.DECLINE_SIGNER: decline_signature,
    Verb.MERGE: lambda world: proceedings.merge(world.speaker, build.speaker("Merged into"), by=None),
    Verb.UNMERGE: take_apart,
    "a contribution is published": lambda world: filing.publish(build.checked(world.submitted), by=None),
    "a contribution is unpublished": lambda world: filing.unpublish(world.contribution, by=None),
    "a correction": correct,
    "a publication that was due": publish_what_is_due,
    "a dialogue unpublished": lambda world: publishing.unpublish(world.dialogue, by=None),
    "an edit in the admin": edit_in_the_admin,
    "a city": edit("dialogue", "city"),
    "a panel": edit("panel", "title"),
    "the order of panels": edit("panel", "number", 7),
    "a speaker": edit("speaker", "name"),
    "an appearance": edit("seat", "title"),
    "another appearance": lambda world: build.appearance(world.dialogue, who=build.speaker("Someone else")),
    "an organization": edit("organization", "name"),
    "the country of an organization": edit("organization", "country", "NO"),
    "a quote": edit("quote", "text"),
    "a topic": edit("topic", "name"),
    "the topics of a dialogue": lambda world: world.dialogue.topics.clear(),
    "news": edit("news", "title"),
    "a call": edit("call", "title"),
    "a question of a call": lambda world: world.call.questions.create(number=1, text="What did you see?"),
    "an expected document": lambda world: world.expected.delete(),
    "a count": lambda world: world.dialogue.counts.create(what="States", number=12),
    "a sitting": lambda world: world.dialogue.sittings.create(
        starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1)
    ),
    "paragraphs": lambda world: proceedings.write_paragraphs(world.summary, "1. A zebra was seen.\n\n2. Two were."),
    "a file that was read again": read_again,
    "a picture": lambda world: edit("speaker", "portrait", build.portrait())(world),
    "a term": lambda world: build.concept("quagga", "zebra"),
}
# Verbs of what no public page shows.
SHOWN_NOWHERE = {
    Verb.ACCEPT, Verb.ASSIGN, Verb.CHECK, Verb.CONFIRM_WORDS, Verb.CORRECT_WORDS, Verb.DECLINE, Verb.REQUEST_CHANGES,
    Verb.SEND_LETTER, Verb.SHARE, Verb.SUBMIT, Verb.WITHDRAW_PREVIEW, Verb.ASK_APPROVAL,
    Verb.APPROVE, Verb.IMPORT, Verb.ERASE, Verb.GRANT_EXTENSION, Verb.DECLINE_EXTENSION, Verb.JOIN, Verb.LEAVE,
    Verb.INVITE, Verb.SEND_INVITATION, Verb.WITHDRAW_INVITATION,
    Verb.PICTURE_PAGES, Verb.ADD_SECOND_FACTOR, Verb.RESET_SECOND_FACTOR, Verb.REMOVE_SECOND_FACTOR,
}  # fmt: skip


def test_every_verb_is_tried_or_shown_nowhere():
    assert {verb for verb in ACTS if verb in Verb.values} | SHOWN_NOWHERE == set(Verb)


@pytest.mark.parametrize("act", ACTS.values(), ids=map(str, ACTS))
def test_whatever_changes_a_page_changes_the_state(world, client, settings, pages_before, act):
    """Then no page is current that was kept before."""
    settings.KEPT_PAGES_MEGABYTES = 0
    pages_before |= {} if pages_before else pages_of(client, world)
    state = PublicChange.objects.state()
    act(world)
    has_moved = PublicChange.objects.state() != state
    is_changed = any(page != pages_before[address] for address, page in each_page(client, world))
    assert (is_changed, has_moved) == (True, True)


def test_the_next_request_shows_it(world, client, settings):
    first = pages_of(client, world)
    assert pages_of(client, world) == first
    publishing.unpublish(world.dialogue, by=None)
    kept = pages_of(client, world)
    settings.KEPT_PAGES_MEGABYTES = 0
    assert pages_of(client, world) == kept != first


@pytest.fixture(scope="module")
def pages_before():
    """The pages before anything is done, once they were made."""
    return {}


def pages_of(client, world):
    """Return {address: status and content}."""
    return dict(each_page(client, world))


def each_page(client, world):
    """Yield each address, and the status and content of its page."""
    for address in world.pages:
        answer = client.get(address)
        yield address, (answer.status_code, answer.content)


def test_search_shows_what_the_index_has_by_now(world, client, settings, tasks_wait):
    """What was published is found once the worker has written the index, though nothing else has changed since."""
    update_index.call()
    publishing.publish(world.draft_quote, by=None)
    assert "A second" not in client.get("/search/?q=second").content.decode()
    assert IndexJob.objects.exists()
    update_index.call()
    assert "A <mark>second</mark>" in client.get("/search/?q=second").content.decode()


def test_a_rebuild_changes_the_state(world):
    before = PublicChange.objects.state()
    rebuild()
    assert PublicChange.objects.state() != before


def test_an_update_without_changes_keeps_all_pages(world):
    update_index.call()
    before = PublicChange.objects.state()
    update_index.call()
    assert PublicChange.objects.state() == before


def test_an_upload_to_a_draft_keeps_all_pages(world, participant):
    draft = build.draft(world.call, by=participant)
    before = PublicChange.objects.state()
    build.attached(draft, "b.pdf", files.pdf(["Words."]), by=participant)
    assert PublicChange.objects.state() == before
