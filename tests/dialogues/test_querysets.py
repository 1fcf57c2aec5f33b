from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import override

from dialogues.models import (
    Appearance,
    Dialogue,
    ExpectedDocument,
    NewsItem,
    Quote,
    Series,
    Speaker,
    Summary,
    Topic,
)
from dialogues.noted_years import in_year
from dialogues.querysets import recipient_of
from publishing import workflow
from tests import build

pytestmark = pytest.mark.django_db


def test_one_public_appearance_makes_a_speaker_public():
    speaker = build.speaker()
    build.appearance(build.dialogue(public=False), who=speaker)
    assert speaker not in Speaker.objects.published()
    build.appearance(build.dialogue(), who=speaker)
    assert list(Speaker.objects.published()) == [speaker]


def test_a_speaker_without_appearances_is_visible_to_staff_only(secretary):
    speaker = build.speaker()
    assert speaker not in Speaker.objects.published()
    assert speaker not in Speaker.objects.visible_to(build.co_chair(build.dialogue()))
    assert speaker in Speaker.objects.visible_to(secretary)


def test_speakers_and_series_are_listed_once_however_often_they_are_public():
    speaker = build.speaker()
    for _ in range(3):
        build.appearance(build.dialogue(), who=speaker)
    assert Speaker.objects.published().count() == 1
    assert Series.objects.published().count() == 1


def test_a_series_of_drafts_is_visible_to_users_who_see_the_drafts(secretary, stranger):
    draft = build.dialogue(public=False)
    assert not Series.objects.visible_to(stranger).exists()
    assert list(Series.objects.visible_to(secretary)) == [draft.series]
    assert list(Series.objects.visible_to(build.co_chair(draft))) == [draft.series]


def test_chairing_means_chairing_the_whole_dialogue():
    dialogue = build.dialogue()
    panel = build.panel(dialogue)
    chair = build.appearance(dialogue, role="co-chair")
    for role in ("moderator", "panellist", "speaker", "floor"):
        build.appearance(dialogue, role=role)
    build.appearance(dialogue, role="chair", panel=panel)
    assert list(Appearance.objects.chairing()) == [chair]


def test_current_returns_the_highest_version_in_each_language():
    dialogue, other = build.dialogue(), build.dialogue()
    build.summary(dialogue, language="en")
    newest = build.summary(dialogue, language="en", version=2, changes="Names.")
    french, elsewhere = build.summary(dialogue, language="fr"), build.summary(other, language="en")
    assert set(Summary.objects.current()) == {newest, french, elsewhere}


def test_a_draft_does_not_replace_the_published_version():
    dialogue = build.dialogue()
    first = build.summary(dialogue)
    build.summary(dialogue, version=2, changes="Names.", public=False)
    assert list(Summary.objects.published().current()) == [first]


def test_latest_first_puts_dialogues_without_a_date_last():
    undated = build.dialogue(starts_on=None)
    old, new = build.dialogue(starts_on="2022-05-06"), build.dialogue(starts_on="2024-07-10")
    same_day = build.dialogue(starts_on="2024-07-10", slug="a-dialogue")
    assert list(Dialogue.objects.latest_first()) == [same_day, new, old, undated]


def test_dialogues_of_which_only_the_year_is_known_are_listed_and_filtered_by_it():
    undated, old, new = (build.dialogue(starts_on=None, date_note=note) for note in ("", "2001", "2010"))
    dated = build.dialogue(starts_on="2010-05-06", date_note="moved from 2001")
    assert list(Dialogue.objects.latest_first()) == [dated, new, old, undated]
    assert Dialogue.objects.years() == [2010, 2001]
    assert set(Dialogue.objects.filter(in_year(2010))) == {dated, new}
    assert set(Dialogue.objects.filter(in_year(2001))) == {old}


def test_lists_fetch_only_public_topics(django_assert_num_queries):
    dialogue, open_topic, hidden = build.dialogue(), build.topic("Open"), build.topic("Hidden", public=False)
    dialogue.topics.set([open_topic, hidden])
    with django_assert_num_queries(2):
        found = Dialogue.objects.for_lists().get()
        assert found.shown_topics == [open_topic]
        assert str(found.series) == "Series TIP"


def test_staff_can_comment_on_all_dialogues_and_chairs_on_their_own(secretary, reviewer, stranger):
    dialogue, other = build.dialogue(), build.dialogue(public=False)
    assert set(Dialogue.objects.open_to_comments_by(secretary)) == {dialogue, other}
    assert list(Dialogue.objects.open_to_comments_by(build.co_chair(other))) == [other]
    for user in (reviewer, stranger, AnonymousUser(), build.co_chair(dialogue, role="panellist")):
        assert not Dialogue.objects.open_to_comments_by(user).exists()


def test_an_anonymous_user_chairs_nothing():
    """A speaker without an account must not match a visitor without one."""
    dialogue = build.dialogue(public=False)
    build.appearance(dialogue, role="co-chair")
    assert not Dialogue.objects.visible_to(AnonymousUser()).exists()


def test_unpublishing_a_dialogue_hides_its_records_until_it_is_published_again(house):
    house.close("dialogue")
    assert not Quote.objects.published().exists()
    workflow.publish(house.dialogue, by=None)
    assert list(Quote.objects.published()) == [house.quote]


@pytest.mark.parametrize("part", ["panels", "appearances", "expected"])
def test_a_chair_sees_the_parts_of_their_own_draft_and_of_no_other(part):
    draft, other = build.dialogue(public=False), build.dialogue(public=False)
    for dialogue in (draft, other):
        build.panel(dialogue)
        build.appearance(dialogue)
        dialogue.expected.create(kind="summary")
    visible = getattr(draft, part).model.objects.visible_to(build.co_chair(draft))
    assert {record.dialogue for record in visible} == {draft}


def test_a_list_of_quotes_takes_one_query(django_assert_num_queries, house):
    with django_assert_num_queries(1):
        quote = Quote.objects.for_lists().get()
        assert quote.appearance.speaker.name == house.speaker.name
        assert quote.appearance.speaker.get_absolute_url()
        assert quote.appearance.as_given == house.appearance.as_given
        assert quote.appearance.dialogue.series.name == house.dialogue.series.name
    assert "biography" in quote.appearance.speaker.get_deferred_fields()


def test_the_page_of_a_quote_takes_one_query(django_assert_num_queries, house):
    with django_assert_num_queries(1):
        quote = Quote.objects.for_page().get()
        assert quote.appearance.speaker.portrait == house.speaker.portrait
        assert quote.appearance.dialogue.series == house.dialogue.series
        assert quote.appearance.panel == house.panel


def test_the_chair_of_a_dialogue_comes_with_their_name(django_assert_num_queries, stranger):
    dialogue, other = build.dialogue(), build.dialogue()
    chair = build.co_chair(dialogue)
    assert Appearance.objects.chair_of(other, chair) is None
    assert Appearance.objects.chair_of(dialogue, stranger) is None
    chair = type(chair).objects.get(pk=chair.pk)
    assert chair.has_perm("dialogues.view_chaired_drafts")
    with django_assert_num_queries(1):
        assert Appearance.objects.chair_of(dialogue, chair).speaker.account_id == chair.pk


def test_dialogues_are_listed_with_what_they_have_that_is_public():
    public, draft, none = build.dialogue(), build.dialogue(), build.dialogue()
    build.summary(public)
    build.summary(draft, public=False)
    listed = {one.pk: one.has_summary for one in Dialogue.objects.for_lists()}
    assert listed == {public.pk: True, draft.pk: False, none.pk: False}


def test_requests_are_counted_by_dialogue_kind_and_language_if_they_are_confirmed():
    dialogue, other, now = build.dialogue(), build.dialogue(), timezone.now()
    expected = dialogue.expected.create(kind="summary", language="fr")
    wishes = [
        (dialogue, "summary", "fr", now), (dialogue, "summary", "fr", now), (dialogue, "summary", "fr", None),
        (dialogue, "summary", "en", now), (dialogue, "guidance", "fr", now), (other, "summary", "fr", now),
    ]  # fmt: skip
    for number, (place, kind, language, confirmed_at) in enumerate(wishes):
        address = f"{number}@example.org"
        place.alerts.create(address=address, kind=kind, document_language=language, confirmed_at=confirmed_at)
    assert [one.waiting for one in ExpectedDocument.objects.with_waiting()] == [2]
    assert list(ExpectedDocument.objects.with_waiting()) == [expected]


def test_news_is_listed_by_day_and_then_by_publication():
    old = build.news_item("Old", issued_on="2022-05-06")
    undated = build.news_item("Undated", issued_on=None)
    first = build.news_item("First", issued_on="2024-07-10")
    second = build.news_item("Second", issued_on="2024-07-10")
    NewsItem.objects.filter(pk=first.pk).update(published_at=second.published_at - timedelta(hours=1))
    same = build.news_item("Same", slug="a-slug", issued_on="2024-07-10")
    NewsItem.objects.filter(pk=same.pk).update(published_at=second.published_at)
    assert list(NewsItem.objects.latest_first()) == [same, second, first, old, undated]


def test_topics_are_sorted_by_the_name_that_is_shown_and_then_by_address():
    ports, crews = build.topic("Ports"), build.topic("Crews")
    assert list(Topic.objects.by_name()) == [crews, ports]
    Topic.objects.filter(pk=ports.pk).update(translations={"fr": {"name": "A"}}, slug="b-slug")
    with override("fr"):
        assert list(Topic.objects.by_name()) == [ports, crews]
        Topic.objects.filter(pk=crews.pk).update(translations={"fr": {"name": "A"}}, slug="a-slug")
        assert list(Topic.objects.by_name()) == [crews, ports]


def test_a_chair_without_their_role_chairs_nothing_any_more():
    dialogue = build.dialogue(public=False)
    chair = build.co_chair(dialogue)
    assert Appearance.objects.chair_of(dialogue, chair)
    chair.groups.clear()
    former = type(chair).objects.get(pk=chair.pk)
    assert Appearance.objects.chair_of(dialogue, former) is None
    assert not Dialogue.objects.visible_to(former).exists()


def test_a_preview_was_given_to_no_one_who_has_none(secretary):
    assert recipient_of(secretary) is None
    assert recipient_of(AnonymousUser()) is None
