"""Lists that were written before the code that reads them (see `outside_lists`), from the upload to the records."""

import pytest

from contributions import participation
from contributions import workflow as filing
from contributions.models import Contribution
from dialogues.models import Appearance, Organization, Panel, Paper
from intake import workflow
from intake.batches.batch_table import Table
from intake.batches.incoming_files import receive
from intake.batches.row_kinds import KINDS
from intake.columns import guess
from intake.list_files import read_table
from intake.models import Batch, BatchList
from tests import build, files

from . import list_builders as lists
from . import outside_lists as outside

pytestmark = pytest.mark.usefixtures("call")


def received(by, content, *uploads, **fields):
    """Return a batch of a list and files, with the columns as they were guessed."""
    batch = Batch(made_by=by, **fields)
    receive(batch, [files.upload(name, f"Text of {name}.".encode()) for name in uploads], lists.upload(content))
    if not batch.list.is_applied:
        workflow.set_columns(batch, batch.list.columns, by=by)
    batch.refresh_from_db()
    return batch


def errors_of(batch, by):
    return [row.parsed.errors for row in Table(batch, by).rows]


@pytest.mark.parametrize(
    ("kind", "content", "header", "left_out"),
    [
        ("contributions", outside.french_register(), 4, ["N° d’ordre", "Sigle", "Courriel"]),
        ("contributions", outside.spanish_form(), 1, ["Dirección de correo electrónico", "Contacto"]),
        ("speakers", outside.russian_speakers(), 2, ["Эл. почта"]),
        ("programme", outside.arabic_programme(), 3, []),
        ("papers", outside.chinese_papers(), 1, ["备注"]),
    ],
)
def test_headings_are_found_and_addresses_are_no_names(kind, content, header, left_out):
    columns = KINDS[kind].COLUMNS
    table, _remarks = read_table(lists.upload(content), columns)
    guessed = guess(table, columns)
    assert guessed.header == header
    pairs = zip(table[header - 1], guessed.columns, strict=True)
    assert [heading for heading, name in pairs if not name] == left_out
    assert not guessed.is_sure


def test_a_french_register_becomes_contributions(secretary, call):
    for name in ("Enfants", "Ports"):
        build.topic(name)
    uploads = ["rive-haute.pdf", "puerto_claro.txt", "lind notes.txt"]
    batch = received(secretary, outside.french_register(), *uploads[1:], call=call, defaults={})
    assert batch.remarks == ["Left out, because they are not rows of the list: 9."]
    receive(batch, [files.upload("rive-haute.pdf", files.pdf(["Les ports"]))])
    unclear = "Write named, organization or anonymous."
    first, second, third = errors_of(batch, secretary)
    assert (first, second) == ({}, {"appear_as": unclear})
    assert third == {}
    pks = list(batch.rows.values_list("pk", flat=True))
    workflow.correct(batch, {pks[1]: {"appear_as": "organization"}}, by=secretary)
    assert workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary) == 3
    one, two, three = Contribution.objects.order_by("pk")
    revision = one.newest
    assert (revision.title, revision.language, revision.person_name, revision.appear_as) == (
        "Ce que voient les ports", "fr", "Awa Ndoye", "named",
    )  # fmt: skip
    assert (str(revision.received_on), one.organization.name, one.organization.country) == (
        "2024-02-03", "Association Rive Haute", "SN",
    )  # fmt: skip
    assert sorted(topic.name for topic in one.topics.all()) == ["Enfants", "Ports"]
    assert (str(two.newest.received_on), two.newest.language, two.organization.country) == ("2024-02-04", "es", "ES")
    assert (three.newest.appear_as, three.newest.language, three.organization) == ("anonymous", "en", None)
    assert not Organization.objects.filter(name="Beratungsstelle Lind").exists()
    assert not BatchList.objects.exists()


def test_participation_counts_the_organizations_of_a_list(secretary, call):
    batch = received(secretary, outside.spanish_form(), "faro_rutas.txt", "semilla.txt", call=call)
    assert workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary) == 2
    for record in Contribution.objects.all():
        filing.publish(build.checked(record), by=secretary)
    assert {body.name for body in participation.named_organizations()} == {"Faro del Sur"}
    assert {body.country for body in participation.named_organizations()} == {"PE"}
    assert {record.newest.person_name for record in Contribution.objects.all()} == {""}


def test_russian_speakers_appear_on_their_panel(secretary, call):
    build.panel(call.dialogue, number=1)
    batch = received(secretary, outside.russian_speakers(), kind="speakers", dialogue=call.dialogue)
    assert errors_of(batch, secretary) == [{}, {}]
    workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary)
    assert list(Appearance.objects.values_list("speaker__name", "role", "title", "affiliation", "panel__number")) == [
        ("Анна Образцова", "moderator", "директор", "Фонд «Берег»", 1),
        ("Пётр Примеров", "panellist", "юрист", "Открытый дом", 1),
    ]


def test_an_arabic_programme_becomes_panels(secretary, call):
    batch = received(secretary, outside.arabic_programme(), kind="programme", dialogue=call.dialogue)
    assert errors_of(batch, secretary) == [{}, {}]
    workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary)
    assert list(Panel.objects.values_list("number", "title")) == [
        (1, "حماية الأطفال"), (2, "التعاون بين المدن"),
    ]  # fmt: skip


def test_chinese_papers_become_papers(secretary, call):
    uploads = ["议程.txt", "slides.txt"]
    batch = received(secretary, outside.chinese_papers(), *uploads, kind="papers", dialogue=call.dialogue)
    assert errors_of(batch, secretary) == [{}, {}]
    workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary)
    assert sorted(Paper.objects.values_list("title", "language", "kind")) == [
        ("Slides of the first panel", "en", "presentation"), ("会议议程", "zh", "programme"),
    ]  # fmt: skip
