import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from contributions.models import Attachment, Contribution
from dialogues.models import Organization
from documents.models import Document
from intake import workflow
from intake.batches.batch_table import Table
from intake.models import BatchFile
from publishing.models import Transition
from tests import build, files

from . import batch_builders as batches
from . import list_builders as lists
from .batch_builders import GOOD, PDF, first_row, import_ready


def test_a_valid_row_becomes_a_submitted_contribution(batch_of_one, secretary):
    body = Organization.objects.create(name="Öpen  DOOR")
    batch = batch_of_one(organization="open door", **{"appear as": "by name", "person": "Ana Sample"})
    assert (first_row(batch, secretary).state, import_ready(batch, secretary)) == ("ready", 1)
    made = Contribution.objects.get()
    revision = made.newest
    assert (made.state, made.filer, made.organization, made.call) == ("submitted", None, body, batch.call)
    assert (revision.organization_name, revision.title, revision.language) == ("open door", "What we saw", "en")
    assert (revision.appear_as, revision.person_name) == ("named", "Ana Sample")
    assert revision.attachments.get().document.original_name == "a.pdf"
    assert list(Transition.objects.values_list("verb", "part", "actor")[:2]) == [
        ("import", "staff", secretary.pk), ("submit", "system", None),
    ]  # fmt: skip
    call_command("check_log")


def test_a_done_row_keeps_no_text_and_no_file(batch_of_one, secretary):
    batch = batch_of_one()
    (stored,) = [file.file for file in batch.files.all()]
    import_ready(batch, secretary)
    row = batch.rows.get()
    assert (row.state, row.values, row.file, row.contribution) == ("done", {}, None, Contribution.objects.get())
    assert not BatchFile.objects.exists()
    assert Document.objects.get().file.storage.exists(Document.objects.get().file.name)
    assert stored.name != Document.objects.get().file.name


def test_a_done_batch_keeps_no_remarks(secretary, call):
    batch = batches.batch(secretary, [*batches.papers(2), *batches.papers(1)], batches.rows(2), call=call)
    assert batch.remarks == ["“Paper 01.pdf” was uploaded twice and is used once."]
    first, second = batch.rows.values_list("pk", flat=True)
    workflow.confirm(batch, [first], by=secretary)
    batch.refresh_from_db()
    assert batch.remarks != []
    workflow.confirm(batch, [second], by=secretary)
    batch.refresh_from_db()
    assert batch.remarks == []


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (
            {"organization": ""},
            "organization",
            "Say which organization it comes from. If a person sent it alone, write person under “Sender is”.",
        ),
        ({"title": ""}, "title", "Enter a title."),
        ({"title": "=1+1"}, "title", "This is a formula (=1+1): write the words themselves."),
        ({"title": "x" * 301}, "title", "This is longer than 300 characters: shorten it."),
        ({"language": ""}, "language", "Enter the language."),
        ({"language": "Klingon"}, "language", "“Klingon” is not one of en, fr, es, ar, ru, zh."),
        ({"consent": ""}, "consent", "Say whether its sender agreed to the publication: yes or no."),
        ({"consent": "perhaps"}, "consent", "Say whether its sender agreed to the publication: yes or no."),
        ({"consent": "No"}, "consent", "Its sender did not agree to the publication, so it stays out."),
        ({"appear as": "loudly"}, "appear_as", "Write named, organization or anonymous."),
        ({"appear as": "named"}, "person", "Write the name that should appear."),
        ({"dialogue": "Ninth"}, "dialogue", "There is no dialogue “Ninth”: write its title or its address."),
        ({"call": "Other"}, "call", "There is no call “Other”: write its title."),
        ({"file": "b.pdf"}, "file", "No file of this name is left: none came in, or several, or another row has it."),
    ],
)
def test_errors_are_shown_at_their_cell(batch_of_one, secretary, cells, column, sentence):
    batch = batch_of_one(**cells)
    found = first_row(batch, secretary)
    assert (found.state, found.parsed.errors) == ("wrong", {column: sentence})
    assert workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary) == 0
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("person", "mara@example.org"), ("person", "Mara Lind, +43 660 1234567"),
        ("organization", "House <office@example.org>"),
    ],
)  # fmt: skip
def test_an_address_that_is_typed_into_a_name_is_refused(batch_of_one, secretary, column, text):
    batch = batch_of_one()
    workflow.correct(batch, {batch.rows.get().pk: {column: text}}, by=secretary)
    found = first_row(batch, secretary)
    assert found.parsed.errors == {column: "Enter a name without an address or phone number."}
    assert workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary) == 0


def test_an_address_that_is_typed_into_a_title_is_refused(batch_of_one, secretary):
    found = first_row(batch_of_one(title="Please write to mara@example.org"), secretary)
    assert found.parsed.errors == {"title": "Write it without an email address."}


@pytest.mark.parametrize("dialogue", ["Fifth dialogue", "fifth", "FIFTH  Dialogue"])
def test_a_row_may_name_its_dialogue(batch_of_one, secretary, dialogue):
    batch = batch_of_one(dialogue=dialogue)
    batch.call = None
    batch.save()
    assert first_row(batch, secretary).state == "ready"


def test_a_dialogue_without_a_call_or_with_several_calls(batch_of_one, secretary, call):
    build.dialogue(title="Silent")
    build.call(call.dialogue, title="Second call")
    assert first_row(batch_of_one(dialogue="Silent"), secretary).parsed.errors == {
        "dialogue": "This dialogue has no call."
    }
    several = "Several calls fit: name the dialogue and the call."
    assert first_row(batch_of_one(dialogue="fifth"), secretary).parsed.errors == {"dialogue": several}
    assert first_row(batch_of_one(dialogue="fifth", call="second call"), secretary).state == "ready"


def test_hidden_records_cannot_be_referenced(batch_of_one, call):
    hidden = build.call(build.dialogue(public=False, title="Hidden"), title="Hidden call")
    helper = build.user("helper@example.org", is_staff=True)
    assert (
        first_row(batch_of_one(dialogue="Hidden"), helper).parsed.errors["dialogue"].startswith("There is no dialogue")
    )
    assert first_row(batch_of_one(call=hidden.title), helper).parsed.errors["call"].startswith("There is no call")


def test_limits_of_the_call_apply_but_its_deadline_does_not(batch_of_one, secretary, call):
    call.languages = ["fr"]
    call.save()
    assert first_row(batch_of_one(), secretary).parsed.errors["language"].startswith("This call does not accept")
    call.languages, call.opens_at, call.closes_at = (
        [],
        call.opens_at.replace(year=1999),
        call.closes_at.replace(year=2000),
    )
    call.save()
    assert import_ready(batch_of_one(), secretary) == 1
    assert Contribution.objects.get().state == "submitted"


def test_defaults_fill_empty_cells(batch_of_one, secretary):
    batch = batch_of_one(language="", consent="")
    batch.defaults = {"language": "fr", "consent": "yes"}
    batch.save()
    import_ready(batch, secretary)
    assert Contribution.objects.get().newest.language == "fr"


def test_an_existing_contribution_is_not_imported_again(batch_of_one, secretary):
    import_ready(batch_of_one(), secretary)
    again = batch_of_one()
    found = first_row(again, secretary)
    assert (found.state, found.parsed.existing) == ("same", Contribution.objects.get())
    assert workflow.confirm(again, [found.row.pk], by=secretary) == 1
    row = again.rows.get()
    assert (row.state, row.error) == ("open", f"This file is there already, in {found.parsed.existing.reference}.")
    assert (Contribution.objects.count(), Attachment.objects.count(), Document.objects.count()) == (1, 1, 1)


def test_the_same_file_in_another_call_or_a_draft_does_not_count(batch_of_one, secretary, call, participant):
    draft = build.draft(call, by=participant)
    build.attached(draft, "mine.pdf", PDF, by=participant)
    assert first_row(batch_of_one(), secretary).state == "ready"
    build.contribution(build.call(), attach=[("a.pdf", PDF)])
    assert first_row(batch_of_one(), secretary).state == "ready"


def test_users_without_permission_can_change_nothing(batch_of_one, reviewer, secretary):
    batch = batch_of_one()
    with pytest.raises(PermissionDenied):
        workflow.confirm(batch, [batch.rows.get().pk], by=reviewer)
    with pytest.raises(PermissionDenied):
        workflow.correct(batch, {}, by=reviewer)
    assert batch.rows.get().state == "open"


def test_open_rows_are_corrected_and_done_rows_are_not(batch_of_one, secretary):
    batch = batch_of_one(title="")
    row = batch.rows.get()
    workflow.correct(batch, {row.pk: {"title": "Now", "person": ""}}, by=secretary)
    assert batch.rows.get().values == {**GOOD, "title": "Now"}
    import_ready(batch, secretary)
    workflow.correct(batch, {row.pk: {"title": "Later"}}, by=secretary)
    assert batch.rows.get().values == {}


def test_a_missing_file_is_an_error(batch_of_one, secretary):
    batch = batch_of_one()
    file = batch.files.get().file
    file.storage.delete(file.name)
    import_ready(batch, secretary)
    assert (batch.rows.get().state, batch.rows.get().error) == (
        "open", "The file no longer exists: send it again.",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_forty_files_with_a_list_are_imported(secretary, call, form, record_property):
    rows = batches.rows(40)
    content = lists.xlsx(rows) if form == "xlsx" else lists.semicolons(rows)
    papers = dict(batches.paper(number) for number in range(1, 41))
    began = time.monotonic()
    upload = files.upload("all.zip", batches.archive({**papers, f"list.{form}": content}))
    batch = batches.batch(secretary, [upload], call=call)
    assert Table(batch, secretary).counts == {"ready": 40, "wrong": 0, "same": 0, "waiting": 0, "done": 0}
    assert import_ready(batch, secretary) == 40
    record_property("seconds", round(time.monotonic() - began, 1))
    assert Table(batch, secretary).counts["done"] == 40
    names = Contribution.objects.values_list("newest__organization_name", flat=True)
    assert sorted(names) == sorted(f"Vereinigung für {number}" for number in range(1, 41))
    assert (Document.objects.count(), BatchFile.objects.count()) == (40, 0)
