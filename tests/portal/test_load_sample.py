"""The sample loads completely and only once, and says nothing about real meetings that is not known."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from contributions.models import Attachment, Call, Contribution, Reflection
from dialogues.models import (
    Dialogue,
    ExpectedDocument,
    Organization,
    Paper,
    Photograph,
    Quote,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)
from documents.models import Document, Picture
from tests.gate import hides, shows
from tests.sample import copy_rows_and_files

VIENNA = ZoneInfo("Europe/Vienna")


def load():
    out = io.StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue()


def counts():
    """Return the number of records of each of our models."""
    ours = ("accounts", "contributions", "dialogues", "documents", "publishing", "search")
    return {model._meta.label: model.objects.count() for app in ours for model in apps.get_app_config(app).get_models()}


@pytest.fixture(scope="module")
def sample(loaded_sample, django_db_blocker):
    """Have the loaded sample in the database; return the command's output and the number of emails."""
    with django_db_blocker.unblock(), transaction.atomic():
        copy_rows_and_files(loaded_sample)
        yield (loaded_sample / "said.txt").read_text("utf8"), int((loaded_sample / "emails.txt").read_text())
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()  # of numbers that were the sample's


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sample")]


def real(slug):
    return Dialogue.objects.published().get(slug=slug)


def people(slug):
    """Return the appearances at a dialogue: role, name, and how the person was introduced."""
    found = real(slug).appearances.select_related("speaker")
    return [(each.role, each.speaker.name, each.as_given) for each in found]


def test_the_command_prints_the_addresses_to_sign_in_with(sample):
    said, _ = sample
    assert "secretary@sample.example" in said
    assert "filer@sample.example" in said
    staff = get_user_model().objects.get(email="secretary@sample.example")
    assert (staff.is_staff, staff.is_superuser, staff.has_usable_password()) == (True, False, False)
    assert [group.name for group in staff.groups.all()] == ["Secretariat"]


def test_loading_sends_no_email(sample):
    assert sample[1] == 0


def test_a_second_run_loads_nothing():
    before = counts()
    assert load() == "The portal has records already: nothing was loaded.\n"
    assert counts() == before


def test_all_records_are_published():
    for model in (Dialogue, Speaker, Quote, Summary, Paper, Topic, Call, Contribution, Attachment):
        assert model.objects.published().count() == model.objects.count() > 0


def test_the_series_without_a_dialogue_of_its_own_is_not_public():
    hidden = set(Series.objects.all()) - set(Series.objects.published())
    assert [series.name for series in hidden] == ["Technical Assistance"]
    assert Series.objects.count() == 6


def test_there_are_eight_real_dialogues_and_one_invented():
    assert dict(Dialogue.objects.values_list("slug", "starts_on")) == {
        "firearms-first-2022": date(2022, 5, 6),
        "international-cooperation-and-technical-assistance-first-2022": date(2022, 5, 27),
        "smuggling-of-migrants-first-2022": date(2022, 7, 1),
        "trafficking-in-persons-first-2022": date(2022, 7, 1),
        "trafficking-in-persons-second-2023": date(2023, 10, 4),
        "smuggling-of-migrants-second-2023": date(2023, 10, 9),
        "trafficking-in-persons-third-2024": date(2024, 7, 10),
        "smuggling-of-migrants-third-2024": date(2024, 7, 15),
        "sample-dialogue": date(2026, 6, 16),
    }


def test_unknown_editions_cities_and_formats_are_empty():
    facts = Dialogue.objects.exclude(slug="sample-dialogue").order_by("starts_on", "slug")
    assert list(facts.values_list("edition", "city", "format", "languages")) == [
        (1, "Vienna", "", []),
        (1, "Vienna", "", []),
        (1, "Vienna", "hybrid", ["en"]),
        (1, "Vienna", "hybrid", ["en"]),
        (2, "Vienna", "hybrid", []),
        (2, "", "", []),
        (3, "Vienna", "", []),
        (3, "Vienna", "hybrid", ["en"]),
    ]


def test_planned_and_inferred_facts_are_marked():
    planned = [dialogue.slug for dialogue in Dialogue.objects.filter(date_note="planned date")]
    assert planned == ["international-cooperation-and-technical-assistance-first-2022"]
    inferred = Dialogue.objects.filter(follows__endswith="(inferred)").values_list("slug", flat=True)
    assert set(inferred) == {"smuggling-of-migrants-second-2023", "trafficking-in-persons-third-2024"}


def test_the_third_dialogue_on_smuggling_has_two_sessions_in_boardroom_d():
    dialogue = real("smuggling-of-migrants-third-2024")
    assert dialogue.venue == "Vienna International Centre, Boardroom D"
    assert [(each.starts_at, each.ends_at) for each in dialogue.sittings.all()] == [
        (datetime(2024, 7, 15, 10, tzinfo=VIENNA), datetime(2024, 7, 15, 13, tzinfo=VIENNA)),
        (datetime(2024, 7, 15, 15, tzinfo=VIENNA), datetime(2024, 7, 15, 18, tzinfo=VIENNA)),
    ]


def test_people_have_the_title_and_affiliation_of_that_day():
    prosecutor = "European Delegated Prosecutor, European Public Prosecutor’s Office"
    assert people("smuggling-of-migrants-first-2022") == [("chair", "Francesco Testa", prosecutor)]
    assert people("trafficking-in-persons-second-2023") == [
        ("co-chair", "Germán Andrés Calderón Velásquez", "Colombia"),
        ("co-chair", "Ignacio Baylina Ruiz", "Spain"),
        ("co-chair", "Virginia Prugh", "United States"),
    ]
    assert people("trafficking-in-persons-third-2024") == [
        ("chair", "Conny Rijken", "Professor"),
        ("speaker", "Sean Columb", "University of Liverpool"),
        ("speaker", "Victoria Ibiwoye", "One African Child Foundation"),
    ]
    assert people("smuggling-of-migrants-third-2024") == [
        ("co-chair", "Vasiliki Kakosimou", ""),
        ("co-chair", "Francesco Testa", ""),
        ("speaker", "Gabriella Sanchez", "Georgetown University"),
    ]


def test_dialogues_without_known_speakers_have_no_appearances():
    for slug in ("firearms-first-2022", "trafficking-in-persons-first-2022", "smuggling-of-migrants-second-2023"):
        assert people(slug) == []


def test_topics_and_counts_of_real_dialogues():
    topics = {slug: set(real(slug).topics.values_list("slug", flat=True)) for slug in (
        "trafficking-in-persons-third-2024", "smuggling-of-migrants-third-2024", "firearms-first-2022")}  # fmt: skip
    assert list(topics.values()) == [
        {"removal-of-organs", "child-trafficking", "national-priorities"},
        {"root-causes", "assistance-measures", "gender-perspectives"},
        set(),
    ]
    assert [str(count) for count in real("smuggling-of-migrants-first-2022").counts.all()] == [
        "37 NGOs", "5 academia", "2 private sector"
    ]  # fmt: skip


def test_real_dialogues_have_no_invented_records():
    ours = Dialogue.objects.exclude(slug="sample-dialogue")
    for model, path in ((Quote, "appearance__dialogue"), (Summary, "dialogue"), (Paper, "dialogue"),
                        (Call, "dialogue"), (Contribution, "call__dialogue")):  # fmt: skip
        assert not model.objects.filter(**{f"{path}__in": ours}).exists()
    assert not ours.exclude(panels=None).exists()


def test_the_summary_has_forty_paragraphs_in_english_and_french():
    summaries = {summary.language: summary for summary in Summary.objects.all()}
    assert set(summaries) == {"en", "fr"}
    for summary in summaries.values():
        numbers = summary.paragraphs.exclude(number=None).values_list("number", flat=True)
        assert list(numbers) == list(range(1, 41))
    outlines = {tuple(s.paragraphs.values_list("position", "level", "number")) for s in summaries.values()}
    assert len(outlines) == 1


def test_ten_paragraphs_have_confirmed_sources_and_every_contribution_is_reflected():
    rows = Reflection.objects.select_related("paragraph")
    assert {row.paragraph.number for row in rows} == {7, 9, 10, 11, 15, 18, 20, 22, 30, 31}
    assert {row.contribution.reference for row in rows if row.contribution} == {
        reference for reference in Contribution.objects.values_list("reference", flat=True) if reference
    }
    assert all(row.is_confirmed and row.still_applies for row in rows)


def test_the_sample_dialogue_has_the_expected_number_of_records():
    dialogue = real("sample-dialogue")
    assert Quote.objects.filter(appearance__dialogue=dialogue).count() == 12
    assert dialogue.panels.count() == 3
    assert dialogue.papers.count() == 3
    assert dialogue.appearances.count() == 17
    assert (dialogue.recordings.count(), dialogue.statements.count(), dialogue.photographs.count()) == (1, 2, 1)
    assert Organization.objects.count() == 12
    assert Contribution.objects.published().count() == 6
    filer = get_user_model().objects.get(email="filer@sample.example")
    assert set(Contribution.objects.values_list("filer", flat=True)) == {filer.pk}


def test_documents_were_announced_before_their_dialogue():
    awaited = ExpectedDocument.objects.select_related("dialogue").exclude(dialogue__starts_on=None)
    assert awaited
    assert all(one.announced_on < one.dialogue.starts_on for one in awaited)


def test_one_call_is_open():
    assert [call.title for call in Call.objects.published().open()] == [
        "Follow-up call: what has changed since the Sample Dialogue"
    ]


def test_every_file_and_portrait_was_read():
    assert set(Document.objects.values_list("state", "fault")) == {("read", "")}
    assert set(Picture.objects.values_list("state", flat=True)) == {"ready"}
    assert Picture.objects.count() == 15


def test_each_page_of_the_sample_dialogue_shows_the_notice():
    notice = real("sample-dialogue").series.notice
    assert notice
    assert not Series.objects.exclude(dialogues__slug="sample-dialogue").exclude(notice="").exists()
    for address in ("", "panels/1/", "quotes/", "summary/en/v1/", "summary/fr/v1/"):
        assert shows(Client(), f"/dialogues/sample-dialogue/{address}", notice)
    assert hides(Client(), "/dialogues/firearms-first-2022/", notice)


def test_every_page_of_the_sample_opens():
    for model in (Dialogue, Speaker, Quote, Statement, Photograph, Summary, Paper, Topic, Contribution, Attachment):
        for record in model.objects.all():
            assert Client().get(record.get_absolute_url()).status_code == 200
