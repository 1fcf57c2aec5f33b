"""The page of a press release, walked as staff walk it; all people are invented."""

import re
from textwrap import wrap

import pytest
from django.urls import reverse

from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Speaker, Topic
from publishing.models import Transition
from tests import build, files
from tests.gate import hides, is_absent

pytestmark = pytest.mark.django_db

PAGE = reverse("intake:press")
TEXT = (
    "A day in Vienna\n\nVienna, 12 May 2024. The Constructive Dialogue on Firearms was held on 10 May 2024. Topics"
    " included marking, tracing.\n\n“We have to begin with those who were there,” said Ana Ruiz of the Open Door."
    " “They know,” she added. “Nobody asks us,” replied Dr. Tom van der Berg, Chair of the Dialogue."
)


@pytest.fixture
def firearms():
    return build.series("FIR", name="Firearms")


def fields(answer):
    """What a browser would send of the form on a page: no box that is not ticked."""
    sheet = answer.context["sheet"]
    return {"text": sheet.text} | {name: value for name, value in sheet.as_sent().items() if value is not False}


def read(desk, text=TEXT):
    answer = desk.post(PAGE, {"text": text})
    assert answer.status_code == 200
    return answer


def counted():
    models = (Dialogue, Speaker, Organization, Appearance, Quote, NewsItem, Topic, Transition)
    return [model.objects.count() for model in models]


def test_reading_shows_marks_and_saves_nothing(desk, firearms):
    page = read(desk).content.decode()
    assert '<mark class="is-people">Ana Ruiz</mark>' in page
    assert '<mark class="is-quotes">They know</mark>' in page
    assert '<mark class="is-meetings">Constructive Dialogue on Firearms</mark>' in page
    assert counted() == [0] * 8


def test_accepting_all_makes_drafts_once(desk, firearms, client):
    sent = fields(read(desk))
    answer = desk.post(PAGE, sent | {"accept": "all"})
    assert "11 new records were made" in answer.content.decode()
    dialogue, item = Dialogue.objects.get(), NewsItem.objects.get()
    assert (dialogue.title, str(dialogue.starts_on), dialogue.series) == (
        "2024 Constructive Dialogue on Firearms", "2024-05-10", firearms
    )  # fmt: skip
    assert sorted(Appearance.objects.values_list("speaker__name", "role", "title", "affiliation")) == [
        ("Ana Ruiz", "speaker", "", "Open Door"),
        ("Tom van der Berg", "chair", "Dr.", ""),
    ]
    assert sorted(Quote.objects.values_list("text", "news_item")) == [
        ("Nobody asks us", item.pk),
        ("We have to begin with those who were there\n\nThey know", item.pk),
    ]
    assert set(Quote.objects.values_list("source", flat=True)) == {"Press release, Vienna, 12 May 2024"}
    assert list(item.dialogues.all()) == [dialogue]
    assert is_absent(client, dialogue.get_absolute_url())
    assert is_absent(client, item.get_absolute_url())
    before = counted()
    again = desk.post(PAGE, sent | {"accept": "all"}).content.decode()
    assert "nothing was made twice" in again
    assert again.count("<strong>There:</strong>") == 8
    assert counted() == before


def test_one_row_brings_what_it_needs_and_no_more(desk, firearms):
    desk.post(PAGE, fields(read(desk)) | {"accept": "quotes-0"})
    assert list(Speaker.objects.values_list("name", flat=True)) == ["Ana Ruiz"]
    assert (Dialogue.objects.count(), Quote.objects.count(), NewsItem.objects.count()) == (1, 1, 0)


def test_what_is_ticked_alone_is_taken_as_it_was_corrected(desk, firearms):
    sent = {name: value for name, value in fields(read(desk)).items() if not name.endswith("-accept")}
    desk.post(PAGE, sent | {"people-0-accept": "on", "people-0-affiliation": "Open Window", "accept": "ticked"})
    assert list(Organization.objects.values_list("name", flat=True)) == ["Open Window"]
    assert (Quote.objects.count(), NewsItem.objects.count()) == (0, 0)


def test_nothing_ticked_is_said(desk, firearms):
    sent = {name: value for name, value in fields(read(desk)).items() if not name.endswith("-accept")}
    assert "Nothing was ticked" in desk.post(PAGE, sent | {"accept": "ticked"}).content.decode()
    assert counted() == [0] * 8


def test_people_bodies_and_dialogues_that_are_there_are_not_doubled(desk, firearms):
    day = build.dialogue(series=firearms, starts_on="2024-05-10")
    person = build.speaker("Ana RUIZ")
    Organization.objects.create(name="The Open Door")
    Topic.objects.create(name="Marking", slug="marking")
    desk.post(PAGE, fields(read(desk)) | {"accept": "all"})
    assert list(Dialogue.objects.all()) == [day]
    assert Speaker.objects.filter(appearances__dialogue=day, pk=person.pk).exists()
    assert (Speaker.objects.count(), Organization.objects.count(), Topic.objects.count()) == (2, 1, 2)


def test_publishing_at_once(desk, firearms, client):
    desk.post(PAGE, fields(read(desk)) | {"accept": "all", "and_publish": "1"})
    page = client.get(NewsItem.objects.get().get_absolute_url()).content.decode()
    assert "Nobody asks us" in page
    assert "2024 Constructive Dialogue on Firearms" in page


def test_a_row_that_lacks_something_saves_nothing_and_loses_nothing(desk, firearms):
    sent = fields(read(desk)) | {"people-0-meeting": "", "people-0-title": "Captain", "accept": "all"}
    page = desk.post(PAGE, sent).content.decode()
    assert "Say at which dialogue this was." in page
    assert 'value="Captain"' in page
    assert counted() == [0] * 8


def test_two_chairs_are_refused_in_a_sentence(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"people-0-role": "chair", "accept": "all"}).content.decode()
    assert "The dialogue has a chair already" in page
    assert counted() == [0] * 8


def test_a_day_that_is_none_is_refused(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"meetings-0-starts_on": "soon", "accept": "all"}).content.decode()
    assert "Enter a valid date." in page
    assert counted() == [0] * 8


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Paste a text or choose a file."),
        ({"file": files.upload("a.pdf", files.encrypted_pdf())}, "asks for a password"),
        ({"file": files.upload("a.png", files.png())}, "of a type that is not taken"),
        ({"file": files.upload("a.txt", b"")}, "This file is empty"),
        ({"file": files.upload("a.docx", files.bomb())}, "holds more than can be read at once"),
        ({"file": files.upload("a.pdf", b"%PDF-1.4" + b"0" * 25 * 1024 * 1024)}, "larger than 20 MB"),
        ({"text": "Nothing was said."}, "No dialogue, no speaker and no quote was found"),
    ],
)
def test_bad_input_gets_one_sentence(desk, sent, sentence):
    assert desk.post(PAGE, sent).content.decode().count(sentence) == 1
    assert counted() == [0] * 8


def test_a_text_without_proposals_is_kept(desk):
    assert "Nothing was said.</textarea>" in read(desk, "Nothing was said.").content.decode()


@pytest.mark.parametrize(
    "upload",
    [
        lambda: files.upload("a.txt", TEXT.encode()),
        lambda: files.upload("a.md", TEXT.encode()),
        lambda: files.upload("a.docx", files.docx(TEXT.split("\n\n"))),
        lambda: files.upload("a.odt", files.odt(TEXT.split("\n\n"))),
        lambda: files.upload("a.pdf", files.pdf(["\n".join(wrap(TEXT, 70))])),
    ],
    ids=["txt", "md", "docx", "odt", "pdf"],
)
def test_files_are_read(desk, upload):
    people = desk.post(PAGE, {"file": upload()}).context["sheet"].proposals.people
    assert [one.name for one in people] == ["Ana Ruiz", "Tom van der Berg"]


def test_the_page_is_for_those_who_may_add_news(reviewer, browser_of, client):
    assert browser_of(reviewer).get(PAGE).status_code == 403
    assert client.get(PAGE).status_code == 302


def test_news_and_the_first_page_of_the_desk_lead_there(desk):
    for address in (reverse("admin:dialogues_newsitem_changelist"), reverse("admin:index")):
        assert PAGE in desk.get(address).content.decode()


def test_what_is_there_already_shows_at_once(desk, firearms):
    assert "<strong>There:</strong>" not in read(desk).content.decode()
    desk.post(PAGE, fields(read(desk)) | {"accept": "people-0"})
    page = read(desk).content.decode()
    assert page.count("<strong>There:</strong>") == 2  # with the dialogue that came along
    assert "Ana Ruiz, Speaker, 2024 Constructive Dialogue on Firearms</a>" in page


def test_no_style_and_no_script_is_inline(desk, firearms):
    assert not re.search(r"<(?:script|style)>|\sstyle=|\son\w+=", read(desk).content.decode())


def test_the_log_says_what_came_in(desk, firearms, secretary):
    desk.post(PAGE, fields(read(desk)) | {"accept": "meetings-0"})
    entry = Transition.objects.get()
    assert (entry.verb, entry.record, entry.actor) == ("import", Dialogue.objects.get(), secretary)


def test_reviewers_see_no_link(reviewer, browser_of):
    assert hides(browser_of(reviewer), reverse("admin:index"), PAGE)
