"""Every rule that the database keeps: what it refuses, and what it takes."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from dialogues.models import Organization, Series
from dialogues.models.dialogue import validate_languages, validate_timezone
from publishing import workflow
from publishing.models import LogHead, Transition
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

NINE, TEN = datetime(2024, 7, 10, 9, tzinfo=UTC), datetime(2024, 7, 10, 10, tzinfo=UTC)


def refused(rule, make, **fields):
    """Whether the database refuses this record by that rule."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make(**fields)
    return True


def twice(*columns):
    return "UNIQUE constraint failed: " + ", ".join(f"dialogues_{column}" for column in columns)


def test_the_code_of_a_series_is_two_to_eight_capitals():
    for number, code in enumerate(["TIP", "AB", "ABCDEFGH"]):
        Series.objects.create(name=f"Series {number}", slug=f"s{number}", code=code)
    for code in ("tip", "T", "TI-P", "TÏP", "", "TIP1", "ABCDEFGHI"):
        assert refused("series_code_is_capitals", Series.objects.create, name=f"x{code}", slug="x", code=code)


def test_a_series_has_its_name_address_and_code_for_itself():
    Series.objects.create(name="One", slug="one", code="ONE")
    assert refused(twice("series.name"), Series.objects.create, name="One", slug="two", code="TWO")
    assert refused(twice("series.slug"), Series.objects.create, name="Two", slug="one", code="TWO")
    assert refused(twice("series.code"), Series.objects.create, name="Two", slug="two", code="ONE")


def test_a_topic_has_its_name_for_itself():
    build.topic("Children")
    assert refused(twice("topic.name"), build.topic, name="Children")


def test_a_series_has_one_dialogue_of_each_edition_and_any_number_without():
    for edition in (1, 2, None, None):
        build.dialogue(edition=edition)
    build.dialogue(edition=1, series=build.series("SOM"))
    assert refused(twice("dialogue.series_id", "dialogue.edition"), build.dialogue, edition=1)


def test_no_two_dialogues_share_an_address():
    build.dialogue(slug="third")
    assert refused(twice("dialogue.slug"), build.dialogue, slug="third")


def test_a_dialogue_ends_on_the_day_it_starts_or_later():
    for last in (None, date(2024, 7, 10), date(2024, 7, 11)):
        build.dialogue(starts_on=date(2024, 7, 10), ends_on=last)
    rule = "dialogue_ends_after_it_starts"
    assert refused(rule, build.dialogue, starts_on=date(2024, 7, 10), ends_on=date(2024, 7, 9))


def test_a_sitting_ends_after_it_starts():
    sittings = build.dialogue().sittings
    sittings.create(starts_at=NINE, ends_at=TEN)
    for end in (NINE, NINE.replace(hour=8)):
        assert refused("sitting_ends_after_it_starts", sittings.create, starts_at=NINE, ends_at=end)


def test_the_number_of_a_panel_occurs_once_in_a_dialogue():
    dialogue = build.dialogue()
    build.panel(dialogue, number=1)
    build.panel(build.dialogue(), number=1)
    assert refused(twice("panel.dialogue_id", "panel.number"), build.panel, of=dialogue, number=1)


def test_a_panel_ends_after_it_starts():
    dialogue = build.dialogue()
    for number, (start, end) in enumerate([(None, None), (NINE, None), (NINE, TEN)]):
        build.panel(dialogue, number=number, starts_at=start, ends_at=end)
    rule = "panel_ends_after_it_starts"
    assert refused(rule, build.panel, of=dialogue, number=9, starts_at=TEN, ends_at=TEN)
    assert refused(rule, build.panel, of=dialogue, number=9, starts_at=TEN, ends_at=NINE)


def test_a_country_is_two_capitals_or_unknown():
    for country in ("", "AT"):
        Organization.objects.create(name=f"Body {country}", country=country)
    for country in ("at", "A", "A1", "ÖS", "AUT"):
        assert refused("organization_country_is_two_capitals", Organization.objects.create, name="x", country=country)


def test_an_organization_has_its_name_for_itself():
    Organization.objects.create(name="Open Door")
    assert refused(twice("organization.name"), Organization.objects.create, name="Open Door")


def test_a_speaker_appears_once_in_each_role_at_a_panel():
    dialogue, ada = build.dialogue(), build.speaker()
    panel = build.panel(dialogue)
    build.appearance(dialogue, who=ada, panel=panel)
    build.appearance(dialogue, who=ada, panel=panel, role="moderator")
    build.appearance(dialogue, who=ada, panel=build.panel(dialogue, number=2))
    assert refused(
        twice("appearance.panel_id", "appearance.speaker_id", "appearance.role"),
        build.appearance, of=dialogue, who=ada, panel=panel,
    )  # fmt: skip


def test_a_speaker_appears_once_in_each_role_at_the_whole():
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
def test_a_chair_and_a_co_chair_do_not_go_together(first, second):
    dialogue = build.dialogue()
    build.appearance(dialogue, role=first)
    with pytest.raises(ValidationError, match="either one chair or several co-chairs"):
        build.appearance(dialogue, role=second).full_clean()
    build.appearance(dialogue, role=second, panel=build.panel(dialogue)).full_clean()


def test_an_appearance_at_a_panel_is_at_the_panels_dialogue():
    dialogue = build.dialogue()
    build.appearance(dialogue, panel=build.panel(dialogue)).full_clean()
    with pytest.raises(ValidationError, match="belongs to another dialogue"):
        build.appearance(build.dialogue(), panel=build.panel(dialogue, number=2)).full_clean()


@pytest.mark.parametrize(
    ("fields", "line"),
    [({}, ""), ({"title": "Judge"}, "Judge"), ({"affiliation": "Court"}, "Court"),
     ({"title": "Judge", "affiliation": "Court"}, "Judge, Court")],
)  # fmt: skip
def test_title_and_affiliation_of_the_day_are_one_line(fields, line):
    assert build.appearance(build.dialogue(), **fields).as_given == line


def test_a_quote_has_words_and_keeps_the_appearance_where_they_were_said():
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Yes.")
    assert refused("quote_has_words", build.quote, at=appearance, text="")
    with pytest.raises(ProtectedError):
        appearance.delete()


def test_who_appeared_somewhere_can_not_be_deleted():
    with pytest.raises(ProtectedError):
        build.appearance(build.dialogue()).speaker.delete()


def test_a_dialogue_has_one_summary_of_each_language_and_version():
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, language="fr")
    build.summary(dialogue, version=2, changes="Names.")
    columns = twice("summary.dialogue_id", "summary.language", "summary.version")
    assert refused(columns, build.summary, of=dialogue)


def test_versions_count_from_one_and_a_new_one_says_what_changed():
    dialogue = build.dialogue()
    assert refused("summary_version_from_one", build.summary, of=dialogue, version=0, changes="x")
    assert refused("summary_new_version_says_what_changed", build.summary, of=dialogue, version=2)
    build.summary(dialogue, version=2, changes="Names.")


def test_positions_and_numbers_of_paragraphs_occur_once_in_a_summary():
    paragraphs = build.summary(build.dialogue(), text="", public=False).paragraphs
    paragraphs.create(position=1, number=1, text="a")
    paragraphs.create(position=2, number=None, text="b")
    paragraphs.create(position=3, number=None, text="c")
    build.summary(build.dialogue(), text="", public=False).paragraphs.create(position=1, number=1, text="a")
    same_place = twice("paragraph.summary_id", "paragraph.position")
    same_number = twice("paragraph.summary_id", "paragraph.number")
    assert refused(same_place, paragraphs.create, position=1, number=2, text="d")
    assert refused(same_number, paragraphs.create, position=4, number=1, text="d")


def test_a_heading_has_no_number():
    paragraphs = build.summary(build.dialogue(), text="", public=False).paragraphs
    paragraphs.create(position=1, level=2, text="Heading")
    assert refused("paragraph_heading_has_no_number", paragraphs.create, position=2, level=2, number=1, text="x")


def test_a_kind_of_document_is_expected_once_in_a_language():
    expected = build.dialogue().expected
    for language in ("", "en", "fr"):
        expected.create(kind="summary", language=language)
    columns = twice(*(f"expecteddocument.{name}" for name in ("dialogue_id", "kind", "language")))
    assert refused(columns, expected.create, kind="summary", language="fr")
    assert refused(columns, expected.create, kind="summary")


def test_a_count_says_what_it_counts():
    counts = build.dialogue().counts
    counts.create(what="NGOs", number=0)
    assert refused("count_says_what_it_counts", counts.create, what="", number=3)


def test_a_comment_has_words_and_a_transition_a_verb():
    dialogue = build.dialogue(public=False)
    dialogue.comments.create(text="Hm.")
    assert refused("comment_has_words", dialogue.comments.create, text="")
    entry = workflow.log(dialogue, "publish", by=None)
    same = {"record": dialogue, "part": "system", "at": entry.at, "number": 9, "digest": "b", "previous": "a"}
    assert refused("transition_has_a_verb", Transition.objects.create, **same, verb="")


def test_the_log_names_staff_alone_has_one_head_and_does_not_fork(secretary):
    first = workflow.log(build.dialogue(public=False), "publish", by=secretary)
    fields = {"record": first.record, "verb": "publish", "at": first.at, "number": 2, "digest": "b", "previous": "a"}
    for part in ("sender", "system"):
        rule = "transition_names_staff_alone"
        assert refused(rule, Transition.objects.create, **fields, part=part, actor=secretary)
    assert refused("log_head_is_one_row", LogHead.objects.create, pk=2)
    for name in ("number", "digest", "previous"):
        same = fields | {"part": "system", name: getattr(first, name)}
        rule = f"UNIQUE constraint failed: publishing_transition.{name}"
        assert refused(rule, Transition.objects.create, **same)


def test_a_time_zone_is_one_that_the_world_knows():
    for name in ("Europe/Vienna", "UTC"):
        validate_timezone(name)
    for name in ("Vienna", "CEST", "../etc/passwd", ""):
        with pytest.raises(ValidationError, match="not a time zone"):
            validate_timezone(name)


def test_working_languages_are_the_portals():
    validate_languages([])
    validate_languages(["en", "ar"])
    with pytest.raises(ValidationError, match="Not a language of the portal: de, xx"):
        validate_languages(["xx", "en", "de"])


def test_what_a_dialogue_says_of_its_zone_days_and_languages():
    dialogue = build.dialogue(timezone="America/New_York", languages=["fr", "en"], starts_on=date(2024, 7, 10))
    assert (str(dialogue.zone), dialogue.zone_city) == ("America/New_York", "New York")
    assert dialogue.language_names == ["English", "Français"]
    assert dialogue.last_day == date(2024, 7, 10)
    dialogue.ends_on = date(2024, 7, 12)
    assert dialogue.last_day == date(2024, 7, 12)
    dialogue.starts_on = dialogue.ends_on = None
    assert dialogue.last_day is None
