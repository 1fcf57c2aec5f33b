import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from contributions.models import Attachment, Contribution
from dialogues.models import Organization
from documents.models import Document
from intake import workflow
from intake.admin.table import Table
from intake.models import BatchFile
from publishing.models import Transition
from tests import build, files

from . import batches, lists

PDF = files.pdf(["One"])
GOOD = {"file": "a.pdf", "organization": "Open Door", "title": "What we saw", "language": "en", "consent": "yes"}


@pytest.fixture
def one(secretary, call):
    """Make a batch of one row with these cells, and its file."""

    def make(**cells):
        cells = {**GOOD, **cells}
        listed = [list(cells), list(cells.values())]
        return batches.batch(secretary, [files.upload("a.pdf", PDF)], listed, call=call)

    return make


def line(batch, by):
    return Table(batch, by).lines[0]


def bring_in(batch, by):
    return workflow.confirm(batch, Table(batch, by).ready(), by=by)


def test_a_good_row_is_ready_and_becomes_a_contribution_that_waits_for_review(one, secretary):
    body = Organization.objects.create(name="Öpen  DOOR")
    batch = one(organization="open door", **{"appear as": "by name", "person": "Ana Sample"})
    assert (line(batch, secretary).state, bring_in(batch, secretary)) == ("ready", 1)
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


def test_a_row_that_is_done_keeps_no_word_and_no_file(one, secretary):
    batch = one()
    (stored,) = [file.file for file in batch.files.all()]
    bring_in(batch, secretary)
    row = batch.rows.get()
    assert (row.state, row.values, row.file, row.contribution) == ("done", {}, None, Contribution.objects.get())
    assert not BatchFile.objects.exists()
    assert Document.objects.get().file.storage.exists(Document.objects.get().file.name)
    assert stored.name != Document.objects.get().file.name


def test_a_batch_that_is_done_names_no_file_any_more(secretary, call):
    batch = batches.batch(secretary, [*batches.papers(2), *batches.papers(1)], batches.rows(2), call=call)
    assert batch.remarks == ["“Paper 01.pdf” came in twice and is taken once."]
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
        ({"organization": ""}, "organization", "Say which organization it comes from."),
        ({"title": ""}, "title", "Give it a title."),
        ({"title": "=1+1"}, "title", "This is a formula (=1+1): write the words themselves."),
        ({"title": "x" * 301}, "title", "This is longer than 300 characters: shorten it."),
        ({"language": ""}, "language", "Say in which language it is."),
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
def test_what_is_wrong_is_said_at_its_cell(one, secretary, cells, column, sentence):
    batch = one(**cells)
    found = line(batch, secretary)
    assert (found.state, found.understood.errors) == ("wrong", {column: sentence})
    assert workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary) == 0
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("dialogue", ["Fifth dialogue", "fifth", "FIFTH  Dialogue"])
def test_a_row_may_name_its_dialogue(one, secretary, dialogue):
    batch = one(dialogue=dialogue)
    batch.call = None
    batch.save()
    assert line(batch, secretary).state == "ready"


def test_a_dialogue_without_a_call_or_with_several(one, secretary, call):
    build.dialogue(title="Silent")
    build.call(call.dialogue, title="Second call")
    assert line(one(dialogue="Silent"), secretary).understood.errors == {"dialogue": "This dialogue has no call."}
    several = "Several calls fit: name the dialogue and the call."
    assert line(one(dialogue="fifth"), secretary).understood.errors == {"dialogue": several}
    assert line(one(dialogue="fifth", call="second call"), secretary).state == "ready"


def test_what_a_user_may_not_see_does_not_exist_for_their_rows(one, call):
    hidden = build.call(build.dialogue(public=False, title="Hidden"), title="Hidden call")
    helper = build.user("helper@example.org", is_staff=True)
    assert line(one(dialogue="Hidden"), helper).understood.errors["dialogue"].startswith("There is no dialogue")
    assert line(one(call=hidden.title), helper).understood.errors["call"].startswith("There is no call")


def test_a_limit_of_the_call_holds_and_its_hour_does_not(one, secretary, call):
    call.languages = ["fr"]
    call.save()
    assert line(one(), secretary).understood.errors["language"].startswith("This call does not take")
    call.languages, call.opens_at, call.closes_at = (
        [],
        call.opens_at.replace(year=1999),
        call.closes_at.replace(year=2000),
    )
    call.save()
    assert bring_in(one(), secretary) == 1
    assert Contribution.objects.get().state == "submitted"


def test_the_batch_speaks_for_rows_that_say_nothing(one, secretary):
    batch = one(language="", consent="")
    batch.defaults = {"language": "fr", "consent": "yes"}
    batch.save()
    bring_in(batch, secretary)
    assert Contribution.objects.get().newest.language == "fr"


def test_a_second_try_makes_nothing_double(one, secretary):
    bring_in(one(), secretary)
    again = one()
    found = line(again, secretary)
    assert (found.state, found.understood.same) == ("same", Contribution.objects.get())
    assert workflow.confirm(again, [found.row.pk], by=secretary) == 1
    row = again.rows.get()
    assert (row.state, row.error) == ("open", f"This file is there already, in {found.understood.same.reference}.")
    assert (Contribution.objects.count(), Attachment.objects.count(), Document.objects.count()) == (1, 1, 1)


def test_another_call_may_have_the_same_file_and_a_draft_is_nobodys_business(one, secretary, call, participant):
    draft = build.draft(call, by=participant)
    build.attached(draft, "mine.pdf", PDF, by=participant)
    assert line(one(), secretary).state == "ready"
    build.contribution(build.call(), attach=[("a.pdf", PDF)])
    assert line(one(), secretary).state == "ready"


def test_who_may_not_brings_nothing_in(one, reviewer, secretary):
    batch = one()
    with pytest.raises(PermissionDenied):
        workflow.confirm(batch, [batch.rows.get().pk], by=reviewer)
    with pytest.raises(PermissionDenied):
        workflow.correct(batch, {}, by=reviewer)
    assert batch.rows.get().state == "open"


def test_a_correction_is_kept_and_what_is_done_stays(one, secretary):
    batch = one(title="")
    row = batch.rows.get()
    workflow.correct(batch, {row.pk: {"title": "Now", "person": ""}}, by=secretary)
    assert batch.rows.get().values == {**GOOD, "title": "Now"}
    bring_in(batch, secretary)
    workflow.correct(batch, {row.pk: {"title": "Later"}}, by=secretary)
    assert batch.rows.get().values == {}


def test_a_file_that_vanished_is_said(one, secretary):
    batch = one()
    file = batch.files.get().file
    file.storage.delete(file.name)
    bring_in(batch, secretary)
    assert (batch.rows.get().state, batch.rows.get().error) == (
        "open", "The file is not there any more: send it again.",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_forty_at_once(secretary, call, form, record_property):
    rows = batches.rows(40)
    content = lists.xlsx(rows) if form == "xlsx" else lists.semicolons(rows)
    papers = dict(batches.paper(number) for number in range(1, 41))
    began = time.monotonic()
    upload = files.upload("all.zip", batches.archive({**papers, f"list.{form}": content}))
    batch = batches.batch(secretary, [upload], call=call)
    assert Table(batch, secretary).counts == {"ready": 40, "wrong": 0, "same": 0, "waiting": 0, "done": 0}
    assert bring_in(batch, secretary) == 40
    record_property("seconds", round(time.monotonic() - began, 1))
    assert Table(batch, secretary).counts["done"] == 40
    names = Contribution.objects.values_list("newest__organization_name", flat=True)
    assert sorted(names) == sorted(f"Vereinigung für {number}" for number in range(1, 41))
    assert (Document.objects.count(), BatchFile.objects.count()) == (40, 0)
