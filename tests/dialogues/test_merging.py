"""Merging two records of one person, organization or topic, and old addresses."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from dialogues import workflow
from dialogues.models import Appearance, Organization, Quote, Speaker, Topic
from publishing.models import Deletion, FormerAddress, Transition
from publishing.workflow import delete, restore
from tests import build
from tests.gate import is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def twins():
    """Two records of one person: each at a dialogue of their own, and both in one role at a third."""
    first = build.speaker("Ana Sample", title="Judge")
    second = build.speaker("Ana B. Sample", biography="Her life.")
    for speaker in (first, second):
        build.quote(build.appearance(build.dialogue(), who=speaker), text=f"Words of {speaker}.")
    shared = build.dialogue()
    for speaker in (first, second):
        build.quote(build.appearance(shared, who=speaker, role="moderator"), text=f"At one table, {speaker}.")
    return first, second


def test_everything_about_a_person_goes_to_the_record_that_stays(twins, secretary):
    stays, goes = twins
    workflow.merge(goes, stays, by=secretary)
    stays.refresh_from_db()
    assert list(Speaker.objects.all()) == [stays]
    assert (stays.name, stays.title, stays.biography) == ("Ana Sample", "Judge", "Her life.")
    assert Appearance.objects.filter(speaker=stays).count() == 3
    assert Quote.objects.filter(appearance__speaker=stays).count() == 4
    assert Transition.objects.get(verb="merge").facts == {"merged": goes.pk}
    assert Deletion.objects.get().name == "Ana B. Sample"


def test_the_address_of_the_merged_record_leads_to_the_other(twins, secretary):
    stays, goes = twins
    old = goes.get_absolute_url()
    workflow.merge(goes, stays, by=secretary)
    for language in ("", "/fr"):
        answer = Client().get(f"{language}{old}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{language}{stays.get_absolute_url()}")
        assert answer.headers["Cache-Control"] == "no-cache"  # the merger can be undone


def test_addresses_of_several_mergers_lead_to_the_last(twins, secretary):
    stays, goes = twins
    last = build.speaker()
    build.appearance(build.dialogue(), who=last)
    old = goes.get_absolute_url()
    workflow.merge(goes, stays, by=secretary)
    workflow.merge(stays, last, by=secretary)
    assert Client().get(old).headers["Location"] == last.get_absolute_url()


def test_organizations_keep_their_people_and_contributions(secretary):
    stays, goes = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door"))
    speaker = build.speaker(organization=goes)
    appearance = build.appearance(build.dialogue(), who=speaker, organization=goes)
    contribution = build.contribution(organization=goes)
    workflow.merge(goes, stays, by=secretary)
    for record in (speaker, appearance, contribution):
        record.refresh_from_db()
        assert record.organization == stays


def test_topics_keep_the_dialogues_of_both(secretary):
    stays, goes = build.topic("Ports"), build.topic("Harbours")
    one, both = build.dialogue(), build.dialogue()
    one.topics.add(goes)
    both.topics.add(stays, goes)
    old = goes.get_absolute_url()
    workflow.merge(goes, stays, by=secretary)
    assert list(Topic.objects.all()) == [stays]
    assert set(stays.dialogues.all()) == {one, both}
    assert Client().get(old).headers["Location"] == stays.get_absolute_url()


def test_a_merged_record_can_be_put_back(twins, secretary):
    stays, goes = twins
    workflow.merge(goes, stays, by=secretary)
    restore(Deletion.objects.get(), by=secretary)
    assert Speaker.objects.filter(pk=goes.pk).exists()


def test_a_record_is_merged_only_with_another_of_its_kind_and_by_those_who_may(twins, secretary, reviewer):
    stays, goes = twins
    for other in (goes, build.topic()):
        with pytest.raises(ValidationError):
            workflow.merge(goes, other, by=secretary)
    with pytest.raises(PermissionDenied):
        workflow.merge(goes, stays, by=reviewer)
    assert Speaker.objects.count() == 2


def test_staff_merge_on_the_desk(twins, desk):
    stays, goes = twins
    address = f"/desk/merge/speaker-{goes.pk}/"
    assert shows(desk, address, "Appearances: 2")
    assert "Choose another record" in desk.post(address, {"into": goes.name}).content.decode()
    answer = desk.post(address, {"into": stays.name}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/desk/speaker-{stays.pk}/"
    assert "Merged." in answer.content.decode()
    assert list(Speaker.objects.all()) == [stays]


def test_a_changed_slug_leads_on_if_the_record_was_public(desk):
    public, hidden = build.dialogue(), build.dialogue(public=False)
    old = [dialogue.slug for dialogue in (public, hidden)]
    for number, dialogue in enumerate((public, hidden)):
        page = desk.get(f"/desk/dialogue-{dialogue.pk}/")
        fields = {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "")}
        desk.post(f"/desk/dialogue-{dialogue.pk}/", {**fields, "slug": f"new-{number}"})
    assert FormerAddress.objects.get().object_id == public.pk
    answer = Client().get(f"/dialogues/{old[0]}/quotes/?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/dialogues/new-0/quotes/?page=2")
    build.published(hidden)
    assert is_absent(Client(), f"/dialogues/{old[1]}/")


def test_an_old_address_does_not_lead_to_a_hidden_record(desk):
    dialogue = build.dialogue()
    FormerAddress.objects.create(label="dialogues.dialogue", slug="old", object_id=dialogue.pk)
    assert Client().get("/dialogues/old/").status_code == 301
    desk.post(f"/desk/unpublish/?record=dialogue-{dialogue.pk}")
    assert is_absent(Client(), "/dialogues/old/")


def test_an_old_slug_leads_only_to_pages_of_its_own_kind():
    dialogue, topic, speaker = build.dialogue(), build.topic(), build.speaker()
    build.appearance(dialogue, who=speaker)
    for record in (dialogue, topic, speaker):
        FormerAddress.objects.create(label=record._meta.label_lower, slug="old", object_id=record.pk)
    for old in ("/dialogues/old/quotes/", "/topics/old/years/", "/speakers/old/portrait/160/"):
        now = {"dialogues": dialogue, "topics": topic, "speakers": speaker}[old.split("/")[1]].slug
        assert Client().get(old).headers["Location"] == old.replace("old", now)
    for absent in ("/news/old/", "/series/old/years/"):
        assert is_absent(Client(), absent)


def test_the_admin_keeps_the_old_address_too(desk):
    speaker = build.speaker("Ana Sample")
    build.appearance(build.dialogue(), who=speaker)
    old = speaker.get_absolute_url()
    address = f"/admin/dialogues/speaker/{speaker.pk}/change/"
    fields = {
        "name": "Ana Sample",
        "slug": "ana-sample-judge",
        "appearances-TOTAL_FORMS": 0,
        "appearances-INITIAL_FORMS": 0,
    }
    assert desk.post(address, fields).status_code == 302
    assert Client().get(old).headers["Location"] == "/speakers/ana-sample-judge/"


def test_putting_back_takes_the_two_apart_again(twins, secretary, participant):
    stays, goes = twins
    goes.account = participant
    goes.save()
    own = {*goes.appearances.values_list("pk", flat=True)}
    words = {*Quote.objects.filter(appearance__speaker=goes).values_list("pk", "appearance")}
    restore(workflow.merge(goes, stays, by=secretary), by=secretary)
    assert {*Speaker.objects.get(pk=goes.pk).appearances.values_list("pk", flat=True)} == own
    assert {*Quote.objects.filter(appearance__speaker=goes).values_list("pk", "appearance")} == words
    stays.refresh_from_db()
    assert stays.appearances.count() == 2
    assert (stays.account, stays.biography) == (None, "")
    assert Speaker.objects.get(pk=goes.pk).account == participant
    for speaker in (stays, goes):
        assert shows(Client(), speaker.get_absolute_url(), speaker.name)


def test_a_change_after_a_merger_outlives_putting_back(secretary):
    stays, goes, third = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door", "Other"))
    moved, changed = (build.contribution(organization=goes) for _ in range(2))
    deletion = workflow.merge(goes, stays, by=secretary)
    type(changed).objects.filter(pk=changed.pk).update(organization=third)
    restore(deletion, by=secretary)
    for contribution, organization in ((moved, goes), (changed, third)):
        contribution.refresh_from_db()
        assert contribution.organization == organization


def test_undoing_the_merger_of_public_topics_brings_back_both(desk):
    stays, goes, earlier = build.topic("Ports"), build.topic("Harbours"), build.topic("Docks")
    one, both = build.dialogue(), build.dialogue()
    one.topics.add(goes)
    both.topics.add(stays, goes)
    old = {topic: topic.get_absolute_url() for topic in (goes, earlier)}
    desk.post(f"/desk/merge/topic-{earlier.pk}/", {"into": "Harbours"})
    page = desk.post(f"/desk/merge/topic-{goes.pk}/", {"into": "Ports"}, follow=True).content.decode()
    assert "Merged." in page
    assert ">Undo<" in page
    assert Client().get(old[earlier]).headers["Location"] == stays.get_absolute_url()
    assert "Undone." in desk.post("/desk/undo/", {"next": "/desk/"}, follow=True).content.decode()
    assert set(goes.dialogues.all()) == {one, both}
    assert set(stays.dialogues.all()) == {both}
    assert shows(Client(), old[goes], "Harbours")
    assert Client().get(old[earlier]).headers["Location"] == old[goes]
    assert not FormerAddress.objects.filter(slug=goes.slug).exists()


def test_the_history_of_the_record_that_stays_names_the_merger(desk):
    stays, goes, other = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door", "Other"))
    desk.post(f"/desk/merge/organization-{goes.pk}/", {"into": "Open Door"})
    words = "Merged with another record"
    assert shows(desk, f"/desk/history/organization-{stays.pk}/", words)
    assert words not in desk.get(f"/desk/history/organization-{other.pk}/").content.decode()
    assert "its address leads" not in desk.get(f"/desk/merge/organization-{stays.pk}/").content.decode()


@pytest.mark.parametrize("is_later", [False, True])
def test_both_histories_say_that_a_merger_was_undone(desk, is_later):
    stays, goes, other = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door", "Other"))
    desk.post(f"/desk/merge/organization-{goes.pk}/", {"into": "Open Door"})
    if is_later:
        desk.post(f"/desk/deleted/{Deletion.objects.get().pk}/")
    else:
        desk.post("/desk/undo/", {"next": "/desk/"})
    for record in (stays, goes):
        assert shows(desk, f"/desk/history/organization-{record.pk}/", "Merger undone")
    assert "Merger undone" not in desk.get(f"/desk/history/organization-{other.pk}/").content.decode()
    assert [entry.facts for entry in Transition.objects.filter(verb="unmerge").order_by("number")] == [
        {"apart_from": stays.pk},
        {"apart_from": goes.pk},
    ]


def test_putting_back_what_was_merged_and_later_deleted_alone_names_no_merger(secretary):
    stays, goes = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door"))
    restore(workflow.merge(goes, stays, by=secretary), by=secretary)
    restore(delete(goes, by=secretary), by=secretary)
    assert list(Transition.objects.of(goes).values_list("verb", flat=True)) == [
        "restore", "delete", "unmerge", "restore", "delete"
    ]  # fmt: skip
    assert Transition.objects.of(stays).filter(verb="unmerge").count() == 1


def test_a_merger_is_undone_although_the_record_that_stayed_is_gone(secretary):
    stays, goes = (Organization.objects.create(name=name) for name in ("Open Door", "The Open Door"))
    deletion = workflow.merge(goes, stays, by=secretary)
    delete(stays, by=secretary)
    assert restore(deletion, by=secretary) == goes
    assert Transition.objects.of(goes).first().verb == "unmerge"
