"""Publish, unpublish and delete on the desk: what the page says before, and undo for a minute after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.models import Quote, SummaryReading
from publishing.models import Deletion
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def key(record):
    return f"{record._meta.model_name}-{record.pk}"


def is_public(record):
    record.refresh_from_db()
    return record.is_published


def test_publish_says_what_becomes_public_and_what_stays_hidden(desk):
    dialogue = build.dialogue(public=False, title="Dialogue on ports")
    quote = build.quote(build.appearance(dialogue, who=build.speaker("Ana Sample")), text="We came by sea.")
    build.summary(dialogue, public=False)
    page = desk.get(f"/desk/publish/?record={key(dialogue)}").content.decode()
    becomes, stays = page.split("Stays hidden")
    assert "Dialogue on ports" in becomes
    assert "1 quote" in becomes
    assert "Ana Sample" in becomes
    assert "1 summary" in stays
    assert not is_public(dialogue)
    desk.post(f"/desk/publish/?record={key(dialogue)}")
    assert is_public(dialogue)
    assert list(Quote.objects.published()) == [quote]


def test_a_record_of_a_draft_stays_hidden_and_the_page_offers_to_publish_both(desk):
    dialogue = build.dialogue(public=False)
    summary = build.summary(dialogue, public=False)
    address = f"/desk/publish/?record={key(summary)}"
    assert shows(desk, address, "Nothing becomes public yet.", f"{address}&amp;record={key(dialogue)}")
    desk.post(f"{address}&record={key(dialogue)}")
    assert is_public(summary)
    assert is_public(dialogue)


def test_publication_is_not_offered_for_what_is_public_already(desk):
    quote = build.quote(build.appearance(build.dialogue()), public=False)
    address, button = f"/desk/publish/?record=quote-{quote.pk}", '<button class="button">Publish</button>'
    assert shows(desk, address, button)
    desk.post(address)
    assert shows(desk, address, "It is published already.")
    assert hides(desk, address, button)


def test_publication_is_not_offered_while_something_is_missing(desk):
    dialogue = build.dialogue()
    empty = build.summary(dialogue, public=False, text="")
    ready = build.summary(dialogue, public=False, language="fr")
    address, button = f"/desk/publish/?record={key(empty)}", '<button class="button">Publish</button>'
    assert shows(desk, address, "It cannot be published yet", "This summary has no text yet")
    for words in (button, "Becomes public", "Go on with the others"):
        assert hides(desk, address, words)
    both = f"{address}&record={key(ready)}"
    others = f'<a href="?record={key(ready)}">Go on with the others</a>'
    assert shows(
        desk, both, "These cannot be published together yet", f"{empty}</a>: This summary has no text yet", others
    )
    assert hides(desk, both, button)
    address = f"/desk/publish/?record={key(ready)}"
    assert shows(desk, address, button, "Becomes public")
    assert hides(desk, address, "It cannot be published yet")


def test_several_records_are_published_all_or_none(desk):
    dialogue = build.dialogue()
    quote = build.quote(build.appearance(dialogue), public=False)
    empty = build.summary(dialogue, public=False, text="")
    answer = desk.post(f"/desk/publish/?record={key(quote)}&record={key(empty)}", follow=True)
    assert "This summary has no text yet" in answer.content.decode()
    assert not is_public(quote)


def test_the_page_names_telephone_numbers_and_addresses_in_a_summary(desk):
    dialogue = build.dialogue()
    text = "Tel. +43 1 234 5678 – desk@office.example\n\n## I. Opening\n\n1. In 2024, 1,200 people came."
    page = f"/desk/publish/?record={key(build.summary(dialogue, public=False, text=text))}"
    warning = "The text has phone numbers or email addresses: “+43 1 234 5678”, “desk@office.example”."
    assert shows(desk, page, warning)
    other = f"/desk/publish/?record={key(build.summary(dialogue, public=False, language='fr'))}"
    assert hides(desk, other, "phone numbers or email addresses")


def test_a_text_that_was_read_and_not_saved_is_told_from_no_text(desk):
    summary = build.summary(build.dialogue(), public=False, text="")
    page = f"/desk/publish/?record={key(summary)}"
    assert shows(desk, page, "This summary has no text yet")
    document = build.paper(summary.dialogue).document
    SummaryReading.objects.create(summary=summary, document=document, text="1. a\n\n1. b")
    assert shows(desk, page, "The text that was read from the file is not the summary’s text yet")


def test_the_page_lists_what_to_look_at_before_a_summary_is_published(desk):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, public=False)
    address = f"/desk/publish/?record={key(summary)}"
    assert hides(desk, address, "Look at this first")
    build.co_chair(dialogue)
    dialogue.comments.create(text="Is this right?")
    chair = dialogue.appearances.get()
    assert shows(desk, address, "1 comment on this dialogue is open.", f"{chair.speaker} has not approved this text.")
    summary.approvals.create(appearance=chair, digest="0" * 64)
    assert shows(desk, address, f"The text was changed after {chair.speaker} approved it.")
    summary.approvals.create(appearance=chair, digest=summary.digest)
    assert hides(desk, address, "was changed after", "has not approved")


def test_unpublish_says_what_disappears(desk):
    dialogue = build.dialogue()
    build.quote(build.appearance(dialogue))
    build.quote(build.appearance(dialogue), public=False)
    address = f"/desk/unpublish/?record={key(dialogue)}"
    assert shows(desk, address, "1 quote<")
    desk.post(address)
    assert not is_public(dialogue)


@pytest.mark.parametrize("verb", ["publish", "unpublish"])
def test_a_move_can_be_undone_for_a_minute(desk, clock, verb):
    dialogue = build.dialogue(public=verb == "unpublish")
    now = timezone.now()
    desk.post(f"/desk/{verb}/?record={key(dialogue)}")
    assert shows(desk, "/desk/", ">Undo<")
    clock(now + timedelta(seconds=70))
    assert hides(desk, "/desk/", ">Undo<")
    answer = desk.post("/desk/undo/", {"next": "/desk/"}, follow=True)
    assert "It is too late to undo this here" in answer.content.decode()
    assert is_public(dialogue) == (verb == "publish")
    clock(now + timedelta(seconds=30))
    desk.post(f"/desk/{'unpublish' if verb == 'publish' else 'publish'}/?record={key(dialogue)}")
    desk.post("/desk/undo/", {"next": "/desk/"})
    assert is_public(dialogue) == (verb == "publish")
    assert hides(desk, "/desk/", ">Undo<")


def test_undo_leads_to_no_other_site(desk):
    assert desk.post("/desk/undo/", {"next": "https://evil.example/"}).headers["Location"] == "/desk/"


def test_undo_touches_only_what_the_move_changed(desk):
    dialogue = build.dialogue()
    public, draft = build.quote(build.appearance(dialogue)), build.quote(build.appearance(dialogue), public=False)
    desk.post(f"/desk/publish/?record={key(public)}&record={key(draft)}")
    desk.post("/desk/undo/", {"next": "/desk/"})
    assert (is_public(public), is_public(draft)) == (True, False)


def test_a_deletion_lists_the_records_deleted_with_it_and_is_undone(desk):
    dialogue = build.dialogue(public=False)
    panel = build.panel(dialogue)
    build.appearance(dialogue, panel=panel, who=build.speaker("Ana Sample"))
    address = f"/desk/delete/?record={key(panel)}"
    assert shows(desk, address, "1 appearance", "Ana Sample")
    assert desk.post(address).headers["Location"] == f"/desk/dialogues/{dialogue.pk}/programme/"
    assert not dialogue.panels.exists()
    assert Deletion.objects.count() == 1
    desk.post("/desk/undo/", {"next": "/desk/"})
    assert dialogue.panels.get().appearances.count() == 1


def test_a_record_to_which_others_refer_is_not_deleted(desk):
    speaker = build.speaker("Ana Sample")
    build.appearance(build.dialogue(), who=speaker)
    assert shows(desk, f"/desk/delete/?record={key(speaker)}", "cannot be deleted, because these refer to it")
    answer = desk.post(f"/desk/delete/?record={key(speaker)}", follow=True)
    assert "cannot be deleted, because these refer to it" in answer.content.decode()
    assert desk.get(f"/desk/{key(speaker)}/").status_code == 200


def test_moves_need_the_permission(browser_of, reviewer):
    dialogue = build.dialogue(public=False)
    for verb in ("publish", "unpublish", "delete"):
        assert browser_of(reviewer).post(f"/desk/{verb}/?record={key(dialogue)}").status_code in (403, 404)
    assert not is_public(dialogue)


def test_a_contribution_is_published_by_its_review_alone(desk):
    contribution = build.contribution(build.call(), state="submitted")
    for page in ("publish/?record={}", "unpublish/?record={}", "delete/?record={}", "share/{}/", "page/{}/"):
        address = "/desk/" + page.format(f"contribution-{contribution.pk}")
        assert desk.post(address).status_code in (404, 405)
        assert desk.get(address).status_code == 404
    assert not is_public(contribution)
