"""The forms of records on the desk, and the search over all records."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission

from dialogues.models import Appearance, Organization, Speaker
from tests import build, files
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def values(page):
    """Return what the form of a page would send if nothing was changed."""
    form = page.context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        value = bound.field.prepare_value(value)
        if value not in (None, ""):
            found[bound.html_name] = value
    return found


def edit(desk, address, **changes):
    """Open a form, change some fields, send it, and return the answer."""
    return desk.post(address, {**values(desk.get(address)), **changes}, follow=True)


def test_a_quote_is_corrected_and_its_old_words_are_kept(desk, secretary):
    quote = build.quote(build.appearance(build.dialogue()), text="We was heard.")
    assert "Saved." in edit(desk, f"/desk/quote-{quote.pk}/", text="We were heard.").content.decode()
    quote.refresh_from_db()
    assert quote.text == "We were heard."
    old, new = quote.history.order_by("history_date")[:2]
    assert (old.text, new.text, new.history_user) == ("We was heard.", "We were heard.", secretary)


def test_a_refused_form_keeps_what_was_typed_and_the_page_around_it_shows_what_is_stored(desk):
    dialogue = build.dialogue(title="Dialogue on ports")
    page = edit(desk, f"/desk/dialogue-{dialogue.pk}/", title="Dialogue on harbours", timezone="").content.decode()
    frame, form = page.split("Something needs your attention")
    assert "Dialogue on ports" in frame
    assert "Dialogue on harbours" not in frame
    assert 'value="Dialogue on harbours"' in form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("“We were heard.”", "We were heard."),
        ("« Nous étions là. »", "Nous étions là."),
        ('"We were heard."', "We were heard."),
        ("“We” and “they” were heard.", "“We” and “they” were heard."),
        ("“We were heard.” So it was. “Twice.”", "“We were heard.” So it was. “Twice.”"),
        ("We were “heard”", "We were “heard”"),
        ("“", "“"),
    ],
)
def test_the_quotation_marks_around_a_quote_are_left_to_the_page(desk, typed, kept):
    quote = build.quote(build.appearance(build.dialogue()), text="Before.")
    edit(desk, f"/desk/quote-{quote.pk}/", text=typed)
    quote.refresh_from_db()
    assert quote.text == kept


def test_the_history_shows_edits_and_moves(desk, secretary, browser_of, reviewer):
    quote = build.quote(build.appearance(build.dialogue()), text="We was heard.")
    edit(desk, f"/desk/quote-{quote.pk}/", text="We were heard.")
    desk.post(f"/desk/unpublish/?record=quote-{quote.pk}")
    page = desk.get(f"/desk/history/quote-{quote.pk}/").content.decode()
    assert "<del><bdi>We was heard.</bdi></del> <ins><bdi>We were heard.</bdi></ins>" in page
    assert page.index("Unpublished") < page.index("We were heard.</bdi>") < page.index("Added")
    assert page.count(secretary.email) == 2
    assert browser_of(reviewer).get(f"/desk/history/quote-{quote.pk}/").status_code == 404


def test_a_call_is_saved_with_its_guiding_questions(desk):
    dialogue = build.dialogue()
    fields = {"title": "Call", "opens_at": "2026-01-01T12:00", "closes_at": "2026-02-01T12:00", "audience": "anyone",
              "file_limit": 5, "file_megabytes": 20, "questions-TOTAL_FORMS": 2, "questions-INITIAL_FORMS": 0,
              "questions-0-number": 1, "questions-0-text": "What did you see?",
              "questions-0-language": "en", "questions-1-language": "en"}  # fmt: skip
    address = f"/desk/add/call/?dialogue={dialogue.pk}"
    refused = desk.post(address, {**fields, "questions-0-number": ""})
    assert "What did you see?" in refused.content.decode()
    assert not dialogue.calls.exists()
    desk.post(address, fields)
    assert [question.text for question in dialogue.calls.get().questions.all()] == ["What did you see?"]


def test_related_records_that_someone_may_not_see_are_not_offered_and_stay_set(browser_of):
    topic, hidden = build.topic("Ports"), build.topic("Hidden topic", public=False)
    dialogue = build.dialogue()
    dialogue.topics.add(hidden)
    user = build.user("editor@example.org", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_dialogue", "change_dialogue"]))
    browser, address = browser_of(user), f"/desk/dialogue-{dialogue.pk}/"
    assert hides(browser, address, "Hidden topic")
    edit(browser, address, topics=[topic.pk])
    assert set(dialogue.topics.all()) == {topic, hidden}


def test_a_newer_text_is_not_overwritten_unseen(desk, browser_of):
    quote = build.quote(build.appearance(build.dialogue()), text="One.")
    address = f"/desk/quote-{quote.pk}/"
    mine = {**values(desk.get(address)), "text": "Mine."}
    other = browser_of(build.user("other@example.org", role="Secretariat", is_staff=True))
    edit(other, address, text="Theirs.")
    answer = desk.post(address, mine)
    assert "Someone else saved this after you opened it" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    quote.refresh_from_db()
    assert quote.text == "Theirs."
    desk.post(address, values(answer))
    quote.refresh_from_db()
    assert quote.text == "Mine."


def test_one_can_save_twice_in_a_row(desk):
    quote = build.quote(build.appearance(build.dialogue()), text="One.")
    for text in ("Two.", "Three."):
        edit(desk, f"/desk/quote-{quote.pk}/", text=text)
    quote.refresh_from_db()
    assert quote.text == "Three."


def test_a_person_is_chosen_by_name_and_a_new_one_only_if_asked_for(desk):
    dialogue = build.dialogue()
    ana = build.speaker("Ana Sample")
    address = f"/desk/add/appearance/?dialogue={dialogue.pk}"
    desk.post(address, {"speaker": "ana sample", "role": "speaker"})
    assert Appearance.objects.get(dialogue=dialogue).speaker == ana
    refused = desk.post(address, {"speaker": "Bo Sample", "role": "moderator", "organization": "Open Door"})
    assert "“Bo Sample” is not in the list" in refused.content.decode()
    assert "Bo Sample" in refused.content.decode()
    assert not Speaker.objects.filter(name="Bo Sample").exists()
    half = {"speaker": "Bo Sample", "speaker-is-new": "on", "role": "moderator", "organization": "Open Door"}
    assert "“Open Door” is not in the list" in desk.post(address, half).content.decode()
    assert not Speaker.objects.filter(name="Bo Sample").exists()
    desk.post(address, {**half, "organization-is-new": "on"})
    made = Appearance.objects.get(dialogue=dialogue, speaker__name="Bo Sample")
    assert made.organization == Organization.objects.get(name="Open Door")


def test_people_of_one_name_are_told_apart_by_their_addresses(desk):
    dialogue, twins = build.dialogue(), [build.speaker("Ana Sample"), build.speaker("Ana Sample")]
    address = f"/desk/add/appearance/?dialogue={dialogue.pk}"
    answer = desk.post(address, {"speaker": "Ana Sample", "role": "speaker"})
    assert f"Ana Sample [{twins[1].slug}]" in answer.content.decode()
    desk.post(address, {"speaker": f"Ana Sample [{twins[1].slug}]", "role": "speaker"})
    assert Appearance.objects.get(dialogue=dialogue).speaker == twins[1]
    assert desk.get("/desk/names/speaker/?q=ana").json() == [f"Ana Sample [{twin.slug}]" for twin in twins]


def test_times_are_those_of_the_dialogue(desk):
    dialogue = build.dialogue(timezone="Asia/Tokyo")
    add = f"/desk/add/sitting/?dialogue={dialogue.pk}"
    desk.post(add, {"starts_at": "2026-06-16T10:00", "ends_at": "2026-06-16T12:00"})
    sitting = dialogue.sittings.get()
    assert sitting.starts_at.isoformat() == "2026-06-16T01:00:00+00:00"
    assert shows(desk, f"/desk/sitting-{sitting.pk}/", 'value="2026-06-16T10:00"')
    assert shows(desk, f"/desk/dialogues/{dialogue.pk}/programme/", "10:00–12:00")


def test_a_panel_gets_the_next_number_and_none_twice(desk):
    dialogue = build.dialogue()
    build.panel(dialogue, number=3)
    address = f"/desk/add/panel/?dialogue={dialogue.pk}"
    assert desk.get(address).context["form"]["number"].value() == 4
    answer = desk.post(address, {"number": 3, "kind": "panel", "title": "Ports"})
    assert "Another panel of this dialogue has this number." in answer.content.decode()
    assert "Ports" in answer.content.decode()


def test_a_record_stays_with_its_dialogue(desk):
    panel = build.panel(build.dialogue())
    other = build.dialogue()
    edit(desk, f"/desk/panel-{panel.pk}/", title="Ports", dialogue=other.pk)
    panel.refresh_from_db()
    assert (panel.title, panel.dialogue == other) == ("Ports", False)


def test_a_summary_is_added_from_a_file_and_corrected_as_one_text(desk):
    dialogue = build.dialogue()
    add = f"/desk/add/summary/?dialogue={dialogue.pk}"
    answer = desk.post(add, {"language": "en", "status": "official", "body": ""})
    assert "Enter the text, or choose the file" in answer.content.decode()
    desk.post(add, {"language": "en", "status": "official", "upload": files.upload("summary.pdf", files.pdf())})
    summary = dialogue.summaries.get()
    assert summary.reading.is_pending
    address = f"/desk/summary-{summary.pk}/"
    assert shows(desk, address, "The file is being read.")
    edit(desk, address, body="1. One.\n\n2. Two.")
    assert [paragraph.text for paragraph in summary.paragraphs.all()] == ["One.", "Two."]
    again = desk.post(add, {"language": "en", "status": "official", "body": "1. Again."})
    assert "There is a summary in this language" in again.content.decode()


def test_a_new_version_of_a_summary_begins_with_its_text(desk):
    summary = build.summary(build.dialogue())
    address = f"/desk/summaries/{summary.pk}/new-version/"
    assert "Enter what changed" in desk.post(address, follow=True).content.decode()
    desk.post(address, {"what_changes": "Names corrected."})
    assert [one.version for one in summary.dialogue.summaries.order_by("version")] == [1, 2]


def test_a_record_that_an_edit_makes_public_gets_its_number(desk):
    hidden, public = build.dialogue(public=False), build.dialogue()
    appearance, other = build.appearance(hidden), build.appearance(public)
    quote = build.quote(appearance)
    assert quote.number is None
    type(appearance).objects.filter(pk=appearance.pk).update(dialogue=public)
    edit(desk, f"/desk/quote-{quote.pk}/", appearance=other.pk)
    quote.refresh_from_db()
    assert quote.number is not None


def test_the_search_finds_drafts_by_title_name_and_reference(desk, browser_of, reviewer):
    dialogue = build.dialogue(public=False, title="Dialogue on Straße ports")
    build.speaker("Ana Ünlü")
    contribution = build.contribution(build.call(build.dialogue()), state="submitted", title="Quays")
    build.draft(build.call(build.dialogue()), title="Unsent quays")
    assert shows(desk, "/desk/search/?q=ports+dialogue", dialogue.title)
    assert shows(desk, "/desk/search/?q=ünlü", "Ana Ünlü")
    assert shows(desk, "/desk/search/?q=ÜNLÜ", "Ana Ünlü")
    assert shows(desk, f"/desk/search/?q={contribution.reference}", "Quays", "Submitted, awaiting review")
    assert hides(desk, f"/desk/search/?q={contribution.reference}", ">Draft<")
    assert hides(desk, "/desk/search/?q=quays", "Unsent")
    assert shows(desk, "/desk/search/?q=nothing+ports", "Nothing has all of these words")
    assert hides(browser_of(reviewer), "/desk/search/?q=ports", dialogue.title)


def test_a_page_is_previewed_in_a_frame_and_a_file_behind_a_link(desk):
    dialogue = build.dialogue()
    quote, paper = build.quote(build.appearance(dialogue)), build.paper(dialogue)
    for address in ("", "preview/"):
        assert shows(desk, f"/desk/{address}quote-{quote.pk}/", "<iframe")
        assert hides(desk, f"/desk/{address}paper-{paper.pk}/", "<iframe")
    link = f'<a class="button" href="/desk/page/paper-{paper.pk}/" target="_blank">Open the file</a>'
    assert shows(desk, f"/desk/preview/paper-{paper.pk}/", link)
    assert hides(desk, f"/desk/preview/quote-{quote.pk}/", "Open the file")
    assert desk.get(f"/desk/page/paper-{paper.pk}/").headers["Content-Type"] == "application/pdf"


def test_names_of_records_in_two_directions_keep_the_order_of_their_words(desk):
    appearance = build.appearance(build.dialogue(title="2026 Dialogue"), who=build.speaker("Salma Benaissa"))
    quote = build.quote(appearance, text="لا تسألوا العاملة", public=False)
    summary = build.summary(appearance.dialogue, public=False)
    assert str(quote) == "\u2068“لا تسألوا العاملة”\u2069 (Salma Benaissa)"
    assert str(summary) == "Summary of 2026 Dialogue (English, version 1)"
    page = f"/desk/dialogues/{appearance.dialogue.pk}/publication/"
    assert shows(desk, f"/ar{page}", "\u20682026 Dialogue\u2069")
    assert hides(desk, page, "\u20682026 Dialogue")


def test_a_sitting_is_named_by_its_time_where_the_dialogue_is(desk):
    dialogue = build.dialogue(timezone="America/New_York")
    sitting = dialogue.sittings.create(
        starts_at=datetime(2024, 7, 15, 14, 0, tzinfo=UTC), ends_at=datetime(2024, 7, 15, 17, 0, tzinfo=UTC)
    )
    assert str(sitting) == "15 Jul 2024, 10:00"
    assert shows(desk, f"/desk/sitting-{sitting.pk}/", "15 Jul 2024, 10:00")
    assert hides(desk, f"/desk/sitting-{sitting.pk}/", "14:00")


def test_choices_begin_with_a_capital_and_an_address_says_what_it_is(desk):
    summary = build.summary(of=build.dialogue())
    assert shows(desk, f"/desk/summary-{summary.pk}/", ">Official</option>", ">Courtesy translation</option>")
    assert shows(desk, "/desk/add/topic/", "The last part of the address of its page.")
