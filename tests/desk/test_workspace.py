"""The workspace of a dialogue: its parts, the overview and the next step, the programme, comments, preview."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from dialogues import workflow
from dialogues.models import Dialogue
from publishing.models import Guest
from publishing.workflow import share
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def overview(desk, dialogue):
    """Return the rows of the overview as {what: (state, words)}, and the next step."""
    context = desk.get(f"/desk/dialogues/{dialogue.pk}/").context
    return {str(row.what): (row.state, str(row.words)) for row in context["rows"]}, context["step"]


def test_the_overview_says_what_is_there_and_what_is_missing(desk):
    dialogue = build.dialogue(public=False)
    rows, step = overview(desk, dialogue)
    assert rows == {"Announcement": ("draft", "Draft"), "Panels and people": ("missing", "Nothing yet")}
    assert str(step.label) == "Publish the dialogue"
    build.published(dialogue)
    panel = build.panel(dialogue)
    build.quote(build.appearance(dialogue, panel=panel), public=False)
    build.summary(dialogue, public=False)
    dialogue.expected.create(kind="summary", language="fr")
    dialogue.expected.create(kind="programme", expected_on=timezone.localdate() + timedelta(days=3))
    dialogue.comments.create(text="Is this right?")
    rows, step = overview(desk, dialogue)
    assert rows["Panels and people"] == ("done", "1 panel, 1 person")
    assert rows["Summary, English"] == ("draft", "Draft")
    assert rows["Summary, Français"] == ("missing", "Expected")
    assert rows["Programme"][0] == "later"
    assert rows["Quotes"] == ("draft", "1 quote, 1 draft")
    assert rows["Comments"] == ("waiting", "1 open")
    assert str(step.label) == "Read the comments"


def test_the_next_step_of_a_held_dialogue_is_its_summary(desk):
    dialogue = build.dialogue()
    build.panel(dialogue)
    _rows, step = overview(desk, dialogue)
    assert str(step.label) == "Add the summary"
    assert desk.get(step.address).status_code == 200
    build.summary(dialogue)
    assert overview(desk, dialogue)[1] is None


def test_reviewers_see_their_part_of_the_workspace(browser_of, reviewer):
    dialogue = build.dialogue()
    build.contribution(build.call(dialogue), state="submitted", title="Quays")
    browser = browser_of(reviewer)
    assert shows(browser, f"/desk/dialogues/{dialogue.pk}/", "Contributions to review", "Review contributions")
    assert hides(browser, f"/desk/dialogues/{dialogue.pk}/", "Publication", "Details")
    assert shows(browser, f"/desk/dialogues/{dialogue.pk}/contributions/", "Quays")
    assert browser.get(f"/desk/dialogues/{dialogue.pk}/publication/").status_code == 403


def test_the_contributions_part_shows_no_draft_of_a_filer(desk):
    call = build.call(build.dialogue())
    build.draft(call, title="Unsent")
    assert hides(desk, f"/desk/dialogues/{call.dialogue_id}/contributions/", "Unsent")


def test_panels_and_people_are_moved_by_buttons_and_to_a_place(desk):
    dialogue = build.dialogue()
    panels = [build.panel(dialogue, number=number, title=f"Panel {number}") for number in (1, 2, 4)]
    address = f"/desk/dialogues/{dialogue.pk}/programme/move/"

    def titles():
        return [f"{panel.number} {panel.title}" for panel in dialogue.panels.order_by("number")]

    desk.post(address, {"record": f"panel-{panels[0].pk}", "to": "down"})
    assert titles() == ["1 Panel 2", "2 Panel 1", "4 Panel 4"]
    desk.post(address, {"record": f"panel-{panels[2].pk}", "to": "0"}, headers={"Accept": "application/json"})
    assert titles() == ["1 Panel 4", "2 Panel 2", "4 Panel 1"]
    desk.post(address, {"record": f"panel-{panels[2].pk}", "to": "up"})
    assert titles() == ["1 Panel 4", "2 Panel 2", "4 Panel 1"]
    people = [build.appearance(dialogue, panel=panels[0], position=number) for number in range(3)]
    desk.post(address, {"record": f"appearance-{people[2].pk}", "to": "up"})
    assert list(panels[0].appearances.all()) == [people[0], people[2], people[1]]


@pytest.mark.parametrize("to", ["up", "down"])
def test_after_a_move_by_keys_the_same_button_has_the_focus(desk, to):
    dialogue = build.dialogue()
    people = [build.appearance(dialogue, position=number) for number in range(3)]
    address = f"/desk/dialogues/{dialogue.pk}/programme/"
    answer = desk.post(f"{address}move/", {"record": f"appearance-{people[1].pk}", "to": to}, follow=True)
    html = answer.content.decode()
    focused = re.findall(rf'data-record="([^"]+)"(?:(?!data-record).)*value="{to}"[^>]* autofocus', html, re.DOTALL)
    assert focused == [f"appearance-{people[1].pk}"]
    assert html.count(" autofocus") == 1
    assert " autofocus" not in desk.get(address).content.decode()
    assert " autofocus" not in desk.get(f"{address}?moved=appearance-0&to={to}").content.decode()


def test_a_person_is_moved_to_another_panel_and_not_where_they_are_already(desk, browser_of, reviewer):
    dialogue, other = build.dialogue(), build.panel(build.dialogue())
    one, two = (build.panel(dialogue, number=number) for number in (1, 2))
    moved = build.appearance(dialogue, panel=one)
    there = [build.appearance(dialogue, panel=two, position=number) for number in range(2)]
    address = f"/desk/dialogues/{dialogue.pk}/programme/move/"

    def move(to, panel, browser=desk):
        return browser.post(address, {"record": f"appearance-{moved.pk}", "to": to, "panel": panel}).status_code

    assert move("1", two.pk) == 302
    assert list(two.appearances.all()) == [there[0], moved, there[1]]
    assert move("0", "") == 302
    assert list(dialogue.appearances.filter(panel=None)) == [moved]
    assert move("0", other.pk) == 404
    assert move("0", one.pk, browser_of(reviewer)) == 403
    build.appearance(dialogue, who=moved.speaker, panel=one, role=moved.role)
    move("0", one.pk)
    assert shows(desk, f"/desk/dialogues/{dialogue.pk}/programme/", 'class="notice error"')
    assert list(dialogue.appearances.filter(panel=None)) == [moved]


def test_only_records_of_the_dialogue_are_moved(desk, browser_of, reviewer):
    mine, other = build.dialogue(), build.panel(build.dialogue())
    address = f"/desk/dialogues/{mine.pk}/programme/move/"
    assert desk.post(address, {"record": f"panel-{other.pk}", "to": "up"}).status_code == 403
    panel = build.panel(mine)
    assert browser_of(reviewer).post(address, {"record": f"panel-{panel.pk}", "to": "up"}).status_code == 403


def test_a_comment_is_answered_resolved_and_opened_again(desk, secretary):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, public=False)
    comment = dialogue.comments.create(text="Is this right?", paragraph=summary.paragraphs.first())
    address = f"/desk/dialogues/{dialogue.pk}/comments/"
    assert shows(desk, address, "Is this right?", "First paragraph.")
    answer = desk.post(address, {"comment": comment.pk, "verb": "reply", "text": " "}, follow=True)
    assert "Write your answer first." in answer.content.decode()
    desk.post(address, {"comment": comment.pk, "verb": "reply", "text": "Yes, it is."})
    reply = comment.replies.get()
    assert (reply.text, reply.author) == ("Yes, it is.", secretary)
    assert dialogue.comments.open().get() == comment
    desk.post(address, {"comment": comment.pk, "verb": "resolve"})
    assert not dialogue.comments.open().exists()
    assert shows(desk, address, "No comment is open.", "Yes, it is.")
    desk.post(address, {"comment": comment.pk, "verb": "reopen"})
    assert dialogue.comments.open().get() == comment


def test_the_preview_shows_one_draft_as_a_guest_sees_it(desk):
    dialogue = build.dialogue(title="Dialogue on ports")
    build.quote(build.appearance(dialogue), text="Hidden words.", public=False)
    summary = build.summary(dialogue, public=False, text="1. Words of the draft.")
    for language in ("", "/fr", "/ar"):
        answer = desk.get(f"{language}/desk/page/summary-{summary.pk}/")
        page = answer.content.decode()
        assert "Words of the draft." in page
        assert "Sign out" not in page
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
    assert hides(desk, f"/desk/page/dialogue-{dialogue.pk}/", "Hidden words.", "Words of the draft.")
    assert shows(desk, f"/desk/preview/summary-{summary.pk}/", f"/desk/page/summary-{summary.pk}/")
    assert desk.get(f"/dialogues/{dialogue.slug}/").headers["X-Frame-Options"] == "DENY"


def test_a_new_dialogue_takes_four_questions(desk):
    series = build.series()
    address = "/desk/dialogues/new/"

    def answer(step, **answers):
        fields = {f"{step}-{name}": value for name, value in answers.items()}
        return desk.post(address, {"new_dialogue_view-current_step": step, **fields})

    assert shows(desk, address, "question 1 of 4")
    refused = answer("what", series=series.pk, title="")
    assert "Fill in “Title”." in refused.content.decode()
    answer("what", series=series.pk, title="Dialogue on ports", edition=1)
    wrong = answer("when", starts_on="2027-03-02", ends_on="2027-03-01", timezone="Europe/Vienna")
    assert "The last day is before the first day." in wrong.content.decode()
    answer("when", starts_on="2027-03-02", timezone="Europe/Vienna")
    answer("where", format="hybrid", city="Vienna", languages=["en", "fr"])
    assert not Dialogue.objects.filter(title="Dialogue on ports").exists()
    last = answer("what-follows", expected=["summary:en", "contributions:"])
    made = Dialogue.objects.get(title="Dialogue on ports")
    assert last.headers["Location"] == f"/desk/dialogues/{made.pk}/"
    assert (made.slug, made.languages, made.is_published) == ("dialogue-on-ports", ["en", "fr"], False)
    assert {(one.kind, one.language) for one in made.expected.all()} == {("summary", "en"), ("contributions", "")}


def test_the_next_edition_begins_as_a_copy(desk):
    first = build.dialogue(edition=1, city="Vienna")
    topic = build.topic()
    first.topics.add(topic)
    panel = build.panel(first, title="Ports", starts_at=timezone.now())
    build.appearance(first, panel=panel)
    first.expected.create(kind="summary", language="en")
    answer = desk.post(f"/desk/dialogues/{first.pk}/next-edition/")
    second = Dialogue.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == f"/desk/dialogue-{second.pk}/"
    assert (second.edition, second.city, second.starts_on, second.is_published) == (2, "Vienna", None, False)
    assert [(one.title, one.starts_at) for one in second.panels.all()] == [("Ports", None)]
    assert list(second.topics.all()) == [topic]
    assert second.expected.get().kind == "summary"
    assert not second.appearances.exists()


def test_nobody_else_begins_a_next_edition(desk, browser_of, reviewer, participant):
    address = f"/desk/dialogues/{build.dialogue(edition=1).pk}/next-edition/"
    assert browser_of(reviewer).post(address).status_code == 403
    assert browser_of(participant).post(address).status_code == 404
    assert desk.get(address).status_code == 405
    with pytest.raises(PermissionDenied):
        workflow.begin_next_edition(Dialogue.objects.get(), by=reviewer, slug="next")
    assert Dialogue.objects.count() == 1


def test_the_first_page_says_what_comes_next(desk):
    soon = timezone.localdate() + timedelta(days=5)
    build.dialogue(title="Dialogue on ports", starts_on=soon)
    build.dialogue(title="Dialogue far away", starts_on=soon + timedelta(days=90))
    build.call(title="Call on ports", closes=3)
    build.call(title="Hidden call", closes=3, public=False)
    page = desk.get("/desk/").context
    events = [(str(event.what), event.text) for event in page["upcoming"]]
    assert events == [("Call closes", "Call on ports"), ("Dialogue begins", "Dialogue on ports")]


def test_staff_get_a_letter_about_a_comment_of_a_chair(secretary, mailoutbox):
    dialogue = build.dialogue(title="Hidden title", public=False)
    chair = build.co_chair(dialogue)
    other = build.user("other@example.org", role="Secretariat", is_staff=True)
    build.user("reviewer@example.org", role="Reviewers", is_staff=True)
    workflow.comment(dialogue, by=chair, text="Is this right?")
    assert {letter.to[0] for letter in mailoutbox} == {secretary.email, other.email}
    assert all("/desk/" in letter.body for letter in mailoutbox)
    assert not any(word in letter.body for letter in mailoutbox for word in ("Hidden title", "Is this right?"))
    mailoutbox.clear()
    preview = share(dialogue, by=other, days=3, recipient=dialogue.appearances.get())
    workflow.comment(dialogue, by=Guest(preview), text="And this?")
    assert [letter.to for letter in mailoutbox] == [[other.email]]
    mailoutbox.clear()
    workflow.comment(dialogue, by=secretary, text="We look at it.")
    assert mailoutbox == []


def test_the_workspace_shows_drafts_only_to_those_who_see_them(browser_of, reviewer):
    dialogue = build.dialogue()
    build.summary(dialogue, public=False)
    build.quote(build.appearance(dialogue), public=False, text="Hidden words.")
    build.paper(dialogue, public=False, title="Hidden paper")
    build.call(dialogue, public=False, title="Hidden call")
    dialogue.comments.create(text="Hidden comment")
    editor = build.user("editor@example.org", is_staff=True)
    views = [f"view_{name}" for name in ("dialogue", "panel", "summary", "quote", "paper", "call", "contribution")]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=[*views, "publish_dialogue"]))
    for user in (reviewer, editor):
        context = browser_of(user).get(f"/desk/dialogues/{dialogue.pk}/").context
        assert {str(row.what) for row in context["rows"]} == {"Announcement", "Panels and people"}
        assert not any(part.total for part in context["parts"])
        for part in ("summary", "quotes", "documents", "contributions", "publication"):
            answer = browser_of(user).get(f"/desk/dialogues/{dialogue.pk}/{part}/")
            assert answer.status_code == 403 or not any(
                word in answer.content.decode() for word in ("Hidden", "summary-", "version 1")
            )
    for verb in ("publish", "delete"):
        assert browser_of(editor).get(f"/desk/{verb}/?record=dialogue-{dialogue.pk}").status_code == 403


def test_a_quote_needs_somebody_in_the_programme(desk):
    empty, full = build.dialogue(), build.dialogue()
    build.appearance(full)
    for dialogue, is_told in ((empty, True), (full, False)):
        form = desk.get(f"/desk/add/quote/?dialogue={dialogue.pk}").content.decode()
        assert ("Nobody is in the programme" in form) is is_told
        page = desk.get(f"/desk/dialogues/{dialogue.pk}/quotes/").content.decode()
        assert ("first add the speaker" in page) is is_told
    link = f'<a href="/desk/dialogues/{empty.pk}/programme/">Programme</a> first.'
    assert link in desk.get(f"/desk/add/quote/?dialogue={empty.pk}").content.decode()
