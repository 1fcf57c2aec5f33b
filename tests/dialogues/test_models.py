"""The constraints of the database: what they refuse and what they accept."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError

from dialogues.models import Organization, Series
from dialogues.models.dialogue import validate_languages, validate_timezone
from publishing import workflow
from publishing.models import LogHead, Transition
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

NINE, TEN = datetime(2024, 7, 10, 9, tzinfo=UTC), datetime(2024, 7, 10, 10, tzinfo=UTC)


def refused(rule, make, **fields):
    """Return whether the database refuses a record because of that constraint. PostgreSQL looks at lengths first."""
    with pytest.raises((IntegrityError, DataError), match=f"{rule}|value too long"), transaction.atomic():
        make(**fields)
    return True


def twice(*columns, app="dialogues"):
    """Return what SQLite or PostgreSQL says where a row with these values exists already."""
    names = [column.partition(".")[2] for column in columns]
    in_sqlite = "UNIQUE constraint failed: " + ", ".join(f"{app}_{column}" for column in columns)
    in_postgresql = ", ".join(f'"?{name}"?' for name in names)
    return rf"{in_sqlite}|Key \({in_postgresql}\)="


def test_the_code_of_a_series_has_two_to_eight_capitals():
    for number, code in enumerate(["TIP", "AB", "ABCDEFGH"]):
        Series.objects.create(name=f"Series {number}", slug=f"s{number}", code=code)
    for code in ("tip", "T", "TI-P", "TÏP", "", "TIP1", "ABCDEFGHI"):
        assert refused("series_code_is_capitals", Series.objects.create, name=f"x{code}", slug="x", code=code)


def test_the_name_slug_and_code_of_a_series_are_unique():
    Series.objects.create(name="One", slug="one", code="ONE")
    assert refused(twice("series.name"), Series.objects.create, name="One", slug="two", code="TWO")
    assert refused(twice("series.slug"), Series.objects.create, name="Two", slug="one", code="TWO")
    assert refused(twice("series.code"), Series.objects.create, name="Two", slug="two", code="ONE")


def test_the_name_and_slug_of_a_topic_are_unique():
    build.topic("Children")
    assert refused(twice("topic.name"), build.topic, name="Children")


def test_an_edition_is_unique_in_its_series_but_may_be_empty():
    for edition in (1, 2, None, None):
        build.dialogue(edition=edition)
    build.dialogue(edition=1, series=build.series("SOM"))
    assert refused(twice("dialogue.series_id", "dialogue.edition"), build.dialogue, edition=1)


def test_the_slug_of_a_dialogue_is_unique():
    build.dialogue(slug="third")
    assert refused(twice("dialogue.slug"), build.dialogue, slug="third")


def test_a_dialogue_cannot_end_before_it_starts():
    for last in (None, date(2024, 7, 10), date(2024, 7, 11)):
        build.dialogue(starts_on=date(2024, 7, 10), ends_on=last)
    rule = "dialogue_ends_after_it_starts"
    assert refused(rule, build.dialogue, starts_on=date(2024, 7, 10), ends_on=date(2024, 7, 9))


def test_a_sitting_must_end_after_it_starts():
    sittings = build.dialogue().sittings
    sittings.create(starts_at=NINE, ends_at=TEN)
    for end in (NINE, NINE.replace(hour=8)):
        assert refused("sitting_ends_after_it_starts", sittings.create, starts_at=NINE, ends_at=end)


def test_the_number_of_a_panel_is_unique_in_its_dialogue():
    dialogue = build.dialogue()
    build.panel(dialogue, number=1)
    build.panel(build.dialogue(), number=1)
    assert refused(twice("panel.dialogue_id", "panel.number"), build.panel, of=dialogue, number=1)


def test_a_panel_must_end_after_it_starts():
    dialogue = build.dialogue()
    for number, (start, end) in enumerate([(None, None), (NINE, None), (NINE, TEN)]):
        build.panel(dialogue, number=number, starts_at=start, ends_at=end)
    rule = "panel_ends_after_it_starts"
    assert refused(rule, build.panel, of=dialogue, number=9, starts_at=TEN, ends_at=TEN)
    assert refused(rule, build.panel, of=dialogue, number=9, starts_at=TEN, ends_at=NINE)


def test_a_country_is_two_capitals_or_empty():
    for country in ("", "AT"):
        Organization.objects.create(name=f"Body {country}", country=country)
    for country in ("at", "A", "A1", "ÖS", "AUT"):
        assert refused("organization_country_is_two_capitals", Organization.objects.create, name="x", country=country)


def test_the_name_of_an_organization_is_unique():
    Organization.objects.create(name="Open Door")
    assert refused(twice("organization.name"), Organization.objects.create, name="Open Door")


def test_a_speaker_has_each_role_once_at_a_panel():
    dialogue, ada = build.dialogue(), build.speaker()
    panel = build.panel(dialogue)
    build.appearance(dialogue, who=ada, panel=panel)
    build.appearance(dialogue, who=ada, panel=panel, role="moderator")
    build.appearance(dialogue, who=ada, panel=build.panel(dialogue, number=2))
    assert refused(
        twice("appearance.panel_id", "appearance.speaker_id", "appearance.role"),
        build.appearance, of=dialogue, who=ada, panel=panel,
    )  # fmt: skip


def test_a_speaker_has_each_role_once_at_the_whole_dialogue():
    dialogue, ada = build.dialogue(), build.speaker()
    build.appearance(dialogue, who=ada)
    build.appearance(dialogue, who=ada, role="speaker")
    build.appearance(build.dialogue(), who=ada)
    assert refused(
        twice("appearance.dialogue_id", "appearance.speaker_id", "appearance.role"),
        build.appearance, of=dialogue, who=ada,
    )  # fmt: skip


def test_a_dialogue_has_one_chair_or_several_co_chairs():
    chaired, shared = build.dialogue(), build.dialogue()
    build.appearance(chaired, role="chair")
    build.appearance(chaired, role="chair", panel=build.panel(chaired))
    for _ in range(3):
        build.appearance(shared, role="co-chair")
    assert refused(twice("appearance.dialogue_id"), build.appearance, of=chaired, role="chair")


@pytest.mark.parametrize(("first", "second"), [("chair", "co-chair"), ("co-chair", "chair")])
def test_a_dialogue_cannot_have_both_a_chair_and_co_chairs(first, second):
    dialogue = build.dialogue()
    build.appearance(dialogue, role=first)
    with pytest.raises(ValidationError, match="either one chair or several co-chairs"):
        build.appearance(dialogue, role=second).full_clean()
    build.appearance(dialogue, role=second, panel=build.panel(dialogue)).full_clean()


def test_the_panel_of_an_appearance_must_belong_to_its_dialogue():
    dialogue = build.dialogue()
    build.appearance(dialogue, panel=build.panel(dialogue)).full_clean()
    with pytest.raises(ValidationError, match="belongs to another dialogue"):
        build.appearance(build.dialogue(), panel=build.panel(dialogue, number=2)).full_clean()


@pytest.mark.parametrize(
    ("fields", "line"),
    [({}, ""), ({"title": "Judge"}, "Judge"), ({"affiliation": "Court"}, "Court"),
     ({"title": "Judge", "affiliation": "Court"}, "Judge, Court")],
)  # fmt: skip
def test_title_and_affiliation_are_shown_on_one_line(fields, line):
    assert build.appearance(build.dialogue(), **fields).as_given == line


def test_a_quote_needs_text_and_protects_its_appearance():
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Yes.")
    assert refused("quote_has_words", build.quote, at=appearance, text="")
    with pytest.raises(ProtectedError):
        appearance.delete()


def test_a_speaker_with_appearances_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        build.appearance(build.dialogue()).speaker.delete()


def test_language_and_version_of_a_summary_are_unique_in_its_dialogue():
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, language="fr")
    build.summary(dialogue, version=2, changes="Names.")
    columns = twice("summary.dialogue_id", "summary.language", "summary.version")
    assert refused(columns, build.summary, of=dialogue)


def test_versions_start_at_one_and_later_ones_need_a_description_of_changes():
    dialogue = build.dialogue()
    assert refused("summary_version_from_one", build.summary, of=dialogue, version=0, changes="x")
    assert refused("summary_new_version_says_what_changed", build.summary, of=dialogue, version=2)
    build.summary(dialogue, version=2, changes="Names.")


def test_positions_and_numbers_of_paragraphs_are_unique_in_a_summary():
    paragraphs = build.summary(build.dialogue(), text="", public=False).paragraphs
    paragraphs.create(position=1, number=1, text="a")
    paragraphs.create(position=2, number=None, text="b")
    paragraphs.create(position=3, number=None, text="c")
    build.summary(build.dialogue(), text="", public=False).paragraphs.create(position=1, number=1, text="a")
    same_place = twice("paragraph.summary_id", "paragraph.position")
    same_number = twice("paragraph.summary_id", "paragraph.part", "paragraph.number")
    assert refused(same_place, paragraphs.create, position=1, number=2, text="d")
    assert refused(same_number, paragraphs.create, position=4, number=1, text="d")
    paragraphs.create(position=4, number=1, part=2, text="d")


def test_a_heading_cannot_have_a_number():
    paragraphs = build.summary(build.dialogue(), text="", public=False).paragraphs
    paragraphs.create(position=1, level=2, text="Heading")
    assert refused("paragraph_heading_has_no_number", paragraphs.create, position=2, level=2, number=1, text="x")


def test_a_kind_of_document_is_expected_once_in_each_language():
    expected = build.dialogue().expected
    for language in ("", "en", "fr"):
        expected.create(kind="summary", language=language)
    columns = twice(*(f"expecteddocument.{name}" for name in ("dialogue_id", "kind", "language")))
    assert refused(columns, expected.create, kind="summary", language="fr")
    assert refused(columns, expected.create, kind="summary")


def test_a_participation_count_must_say_what_it_counts():
    counts = build.dialogue().counts
    counts.create(what="NGOs", number=0)
    assert refused("count_says_what_it_counts", counts.create, what="", number=3)


def test_a_comment_needs_text_and_a_transition_a_verb():
    dialogue = build.dialogue(public=False)
    dialogue.comments.create(text="Hm.")
    assert refused("comment_has_words", dialogue.comments.create, text="")
    entry = workflow.log(dialogue, "publish", by=None)
    same = {"record": dialogue, "part": "system", "at": entry.at, "number": 9, "digest": "b", "previous": "a"}
    assert refused("transition_has_a_verb", Transition.objects.create, **same, verb="")


def test_the_log_names_only_staff_has_one_head_and_cannot_fork(secretary):
    first = workflow.log(build.dialogue(public=False), "publish", by=secretary)
    fields = {"record": first.record, "verb": "publish", "at": first.at, "number": 2, "digest": "b", "previous": "a"}
    for part in ("sender", "system"):
        rule = "transition_names_staff_alone"
        assert refused(rule, Transition.objects.create, **fields, part=part, actor=secretary)
    assert refused("log_head_is_one_row", LogHead.objects.create, pk=2)
    for name in ("number", "digest", "previous"):
        same = fields | {"part": "system", name: getattr(first, name)}
        rule = twice(f"transition.{name}", app="publishing")
        assert refused(rule, Transition.objects.create, **same)


def test_a_time_zone_must_be_in_the_iana_database():
    for name in ("Europe/Vienna", "UTC"):
        validate_timezone(name)
    for name in ("Vienna", "CEST", "../etc/passwd", ""):
        with pytest.raises(ValidationError, match="not a time zone"):
            validate_timezone(name)


def test_working_languages_must_be_languages_of_the_portal():
    validate_languages([])
    validate_languages(["en", "ar"])
    with pytest.raises(ValidationError, match="Not a language of the portal: de, xx"):
        validate_languages(["xx", "en", "de"])


def test_properties_of_a_dialogue_for_zone_days_and_languages():
    dialogue = build.dialogue(timezone="America/New_York", languages=["fr", "en"], starts_on=date(2024, 7, 10))
    assert (str(dialogue.zone), dialogue.zone_city) == ("America/New_York", "New York")
    assert dialogue.language_names == ["English", "Français"]
    assert dialogue.last_day == date(2024, 7, 10)
    dialogue.ends_on = date(2024, 7, 12)
    assert dialogue.last_day == date(2024, 7, 12)
    dialogue.starts_on = dialogue.ends_on = None
    assert dialogue.last_day is None
