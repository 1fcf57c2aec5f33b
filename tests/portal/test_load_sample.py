"""The sample loads whole, once, and says of real meetings what is known of them and nothing else."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from contributions.models import Attachment, Call, Contribution, Reflection
from dialogues.models import Dialogue, Organization, Paper, Quote, Series, Speaker, Summary, Topic
from documents.models import Document, Picture
from tests.gate import hides, shows

VIENNA = ZoneInfo("Europe/Vienna")


def load():
    out = io.StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue()


def counts():
    """How many records of each model of ours there are."""
    ours = ("accounts", "contributions", "dialogues", "documents", "publishing", "search")
    return {model._meta.label: model.objects.count() for app in ours for model in apps.get_app_config(app).get_models()}


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """The sample, loaded once for the tests of this file, which only read; what the command said, and letters sent."""
    with django_db_blocker.unblock(), transaction.atomic():
        mail.outbox = []
        yield load(), len(mail.outbox)
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("sample")


def real(slug):
    return Dialogue.objects.published().get(slug=slug)


def people(slug):
    """Who appears at a dialogue: role, name, and how they were introduced."""
    found = real(slug).appearances.select_related("speaker")
    return [(each.role, each.speaker.name, each.as_given) for each in found]


def test_the_command_says_how_to_get_in(sample):
    said, _ = sample
    assert "secretary@sample.example" in said
    assert "filer@sample.example" in said
    staff = get_user_model().objects.get(email="secretary@sample.example")
    assert (staff.is_staff, staff.is_superuser, staff.has_usable_password()) == (True, False, False)
    assert [group.name for group in staff.groups.all()] == ["Secretariat"]


def test_it_writes_no_letters(sample):
    assert sample[1] == 0


def test_a_second_time_loads_nothing_more():
    before = counts()
    assert load() == "The portal has records already: nothing was loaded.\n"
    assert counts() == before


def test_all_of_it_is_published():
    for model in (Dialogue, Speaker, Quote, Summary, Paper, Topic, Call, Contribution, Attachment):
        assert model.objects.published().count() == model.objects.count() > 0


def test_of_the_series_one_is_not_public_yet_as_it_met_jointly_with_another():
    hidden = set(Series.objects.all()) - set(Series.objects.published())
    assert [series.name for series in hidden] == ["Technical Assistance"]
    assert Series.objects.count() == 6


def test_there_are_eight_real_dialogues_and_one_that_is_invented():
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


def test_editions_cities_and_formats_are_those_that_are_known():
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


def test_what_is_planned_or_inferred_says_so():
    planned = [dialogue.slug for dialogue in Dialogue.objects.filter(date_note="planned date")]
    assert planned == ["international-cooperation-and-technical-assistance-first-2022"]
    inferred = Dialogue.objects.filter(follows__endswith="(inferred)").values_list("slug", flat=True)
    assert set(inferred) == {"smuggling-of-migrants-second-2023", "trafficking-in-persons-third-2024"}


def test_the_third_on_smuggling_met_in_the_morning_and_the_afternoon_in_boardroom_d():
    dialogue = real("smuggling-of-migrants-third-2024")
    assert dialogue.venue == "Vienna International Centre, Boardroom D"
    assert [(each.starts_at, each.ends_at) for each in dialogue.sittings.all()] == [
        (datetime(2024, 7, 15, 10, tzinfo=VIENNA), datetime(2024, 7, 15, 13, tzinfo=VIENNA)),
        (datetime(2024, 7, 15, 15, tzinfo=VIENNA), datetime(2024, 7, 15, 18, tzinfo=VIENNA)),
    ]


def test_people_are_introduced_as_they_were_that_day():
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


def test_where_no_one_is_known_no_one_is_named():
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


def test_nothing_was_invented_for_real_dialogues():
    ours = Dialogue.objects.exclude(slug="sample-dialogue")
    for model, path in ((Quote, "appearance__dialogue"), (Summary, "dialogue"), (Paper, "dialogue"),
                        (Call, "dialogue"), (Contribution, "call__dialogue")):  # fmt: skip
        assert not model.objects.filter(**{f"{path}__in": ours}).exists()
    assert not ours.exclude(panels=None).exists()


def test_the_sample_has_forty_paragraphs_in_english_and_in_french():
    summaries = {summary.language: summary for summary in Summary.objects.all()}
    assert set(summaries) == {"en", "fr"}
    for summary in summaries.values():
        numbers = summary.paragraphs.exclude(number=None).values_list("number", flat=True)
        assert list(numbers) == list(range(1, 41))
    outlines = {tuple(s.paragraphs.values_list("position", "level", "number")) for s in summaries.values()}
    assert len(outlines) == 1


def test_what_stands_behind_ten_paragraphs_is_confirmed_and_all_contributions_are_reflected():
    rows = Reflection.objects.select_related("paragraph")
    assert {row.paragraph.number for row in rows} == {7, 9, 10, 11, 15, 18, 20, 22, 30, 31}
    assert {row.contribution.reference for row in rows if row.contribution} == {
        reference for reference in Contribution.objects.values_list("reference", flat=True) if reference
    }
    assert all(row.is_confirmed and row.still_applies for row in rows)


def test_the_sample_has_twelve_quotes_three_panels_three_papers_and_six_contributions():
    dialogue = real("sample-dialogue")
    assert Quote.objects.filter(appearance__dialogue=dialogue).count() == 12
    assert dialogue.panels.count() == 3
    assert dialogue.papers.count() == 3
    assert dialogue.appearances.count() == 17
    assert Organization.objects.count() == 12
    references = Contribution.objects.order_by("reference").values_list("reference", flat=True)
    assert [reference[-4:] for reference in references] == [f"000{number}" for number in range(1, 7)]
    filer = get_user_model().objects.get(email="filer@sample.example")
    assert set(Contribution.objects.values_list("filer", flat=True)) == {filer.pk}


def test_one_call_is_open_so_that_the_form_can_be_tried():
    assert [call.title for call in Call.objects.published().open()] == [
        "Follow-up call: what has changed since the Sample Dialogue"
    ]


def test_every_file_and_portrait_could_be_read():
    assert set(Document.objects.values_list("state", "fault")) == {("read", "")}
    assert set(Picture.objects.values_list("state", flat=True)) == {"ready"}
    assert Picture.objects.count() == 14


def test_each_page_of_the_sample_says_that_it_is_one():
    notice = real("sample-dialogue").series.notice
    assert notice
    assert not Series.objects.exclude(dialogues__slug="sample-dialogue").exclude(notice="").exists()
    for address in ("", "panels/1/", "quotes/", "summary/en/v1/", "summary/fr/v1/"):
        assert shows(Client(), f"/dialogues/sample-dialogue/{address}", notice)
    assert hides(Client(), "/dialogues/firearms-first-2022/", notice)


def test_every_page_of_the_sample_opens():
    for model in (Dialogue, Speaker, Quote, Summary, Paper, Topic, Contribution, Attachment):
        for record in model.objects.all():
            assert Client().get(record.get_absolute_url()).status_code == 200
