"""The page for a press release, used as staff use it. All people are invented."""

import re
from textwrap import wrap

import pytest
from django.urls import reverse

from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Speaker, Topic
from publishing.models import Transition
from tests import build, files
from tests.gate import hides, is_absent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

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
    """Return what a browser would submit for the form on a page; boxes that are not ticked are left out."""
    review = answer.context["review"]
    return {"text": review.text} | {name: value for name, value in review.as_submitted().items() if value is not False}


def read(desk, text=TEXT):
    answer = desk.post(PAGE, {"text": text})
    assert answer.status_code == 200
    return answer


def counted():
    models = (Dialogue, Speaker, Organization, Appearance, Quote, NewsItem, Topic, Transition)
    return [model.objects.count() for model in models]


def test_proposals_are_marked_and_nothing_is_saved(desk, firearms):
    page = read(desk).content.decode()
    assert '<mark class="is-people">Ana Ruiz</mark>' in page
    assert '<mark class="is-quotes">They know</mark>' in page
    assert '<mark class="is-meetings">Constructive Dialogue on Firearms</mark>' in page
    assert counted() == [0] * 8


def test_accepting_all_creates_drafts_once(desk, firearms, client):
    sent = fields(read(desk))
    answer = desk.post(PAGE, sent | {"accept": "all"})
    assert "12 new records were made" in answer.content.decode()
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
        ("They know", item.pk),
        ("We have to begin with those who were there", item.pk),
    ]
    assert set(Quote.objects.values_list("source", flat=True)) == {"Press release, Vienna, 12 May 2024"}
    assert list(item.dialogues.all()) == [dialogue]
    assert is_absent(client, dialogue.get_absolute_url())
    assert is_absent(client, item.get_absolute_url())
    before = counted()
    again = desk.post(PAGE, sent | {"accept": "all"}).content.decode()
    assert "nothing was made twice" in again
    assert again.count("<strong>There:</strong>") == 9
    assert counted() == before


def test_one_row_creates_only_the_records_that_it_needs(desk, firearms):
    desk.post(PAGE, fields(read(desk)) | {"accept": "quotes-0"})
    assert list(Speaker.objects.values_list("name", flat=True)) == ["Ana Ruiz"]
    assert (Dialogue.objects.count(), Quote.objects.count(), NewsItem.objects.count()) == (1, 1, 0)


def test_only_ticked_rows_are_accepted_with_their_corrections(desk, firearms):
    sent = {name: value for name, value in fields(read(desk)).items() if not name.endswith("-accept")}
    desk.post(PAGE, sent | {"people-0-accept": "on", "people-0-affiliation": "Open Window", "accept": "ticked"})
    assert list(Organization.objects.values_list("name", flat=True)) == ["Open Window"]
    assert (Quote.objects.count(), NewsItem.objects.count()) == (0, 0)


def test_accepting_nothing_shows_a_message(desk, firearms):
    sent = {name: value for name, value in fields(read(desk)).items() if not name.endswith("-accept")}
    assert "Nothing was ticked" in desk.post(PAGE, sent | {"accept": "ticked"}).content.decode()
    assert counted() == [0] * 8


def test_existing_records_are_not_created_again(desk, firearms):
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


def test_an_incomplete_row_saves_nothing_and_keeps_the_input(desk, firearms):
    sent = fields(read(desk)) | {"people-0-meeting": "", "people-0-title": "Captain", "accept": "all"}
    page = desk.post(PAGE, sent).content.decode()
    assert "Say at which dialogue this was." in page
    assert 'value="Captain"' in page
    assert counted() == [0] * 8


def test_a_second_chair_is_refused_with_a_message(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"people-0-role": "chair", "accept": "all"}).content.decode()
    assert "The dialogue has a chair already" in page
    assert counted() == [0] * 8


def test_an_invalid_date_is_refused(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"meetings-0-starts_on": "soon", "accept": "all"}).content.decode()
    assert "Enter a valid date." in page
    assert counted() == [0] * 8


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: {"text": ""}, "Paste a text or choose a file."),
        (lambda: {"file": files.upload("a.pdf", files.encrypted_pdf())}, "asks for a password"),
        (lambda: {"file": files.upload("a.png", files.png())}, "of a type that is not taken"),
        (lambda: {"file": files.upload("a.txt", b"")}, "This file is empty"),
        (lambda: {"file": files.upload("a.docx", files.bomb())}, "holds more than can be read at once"),
        (lambda: {"file": files.upload("a.pdf", b"%PDF-1.4" + b"0" * 25 * 1024 * 1024)}, "larger than 20 MB"),
        (lambda: {"text": "Nothing was said."}, "No dialogue, no speaker and no quote was found"),
    ],
)
def test_invalid_input_is_refused_with_one_sentence(desk, sent, sentence):
    assert desk.post(PAGE, sent()).content.decode().count(sentence) == 1
    assert counted() == [0] * 8


def test_a_text_without_proposals_stays_in_the_form(desk):
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
    people = desk.post(PAGE, {"file": upload()}).context["review"].proposals.people
    assert [one.name for one in people] == ["Ana Ruiz", "Tom van der Berg"]


def test_the_page_needs_the_permission_to_add_news(reviewer, browser_of, client):
    assert browser_of(reviewer).get(PAGE).status_code == 403
    assert client.get(PAGE).status_code == 302


def test_the_desk_links_to_the_page(desk):
    for address in (reverse("admin:dialogues_newsitem_changelist"), reverse("desk:home")):
        assert PAGE in desk.get(address).content.decode()


def test_existing_records_are_shown_with_the_proposals(desk, firearms):
    assert "<strong>There:</strong>" not in read(desk).content.decode()
    desk.post(PAGE, fields(read(desk)) | {"accept": "people-0"})
    page = read(desk).content.decode()
    assert page.count("<strong>There:</strong>") == 2  # the person and their dialogue
    assert "Ana Ruiz, Speaker, 2024 Constructive Dialogue on Firearms</a>" in page


def test_no_style_or_script_is_inline(desk, firearms):
    assert not re.search(r"<(?:script|style)>|\sstyle=|\son\w+=", read(desk).content.decode())


def test_new_records_are_logged(desk, firearms, secretary):
    desk.post(PAGE, fields(read(desk)) | {"accept": "meetings-0"})
    entry = Transition.objects.get()
    assert (entry.verb, entry.record, entry.actor) == ("import", Dialogue.objects.get(), secretary)
    assert entry.get_verb_display() == "brought in"


def test_reviewers_see_no_link(reviewer, browser_of):
    assert hides(browser_of(reviewer), reverse("desk:home"), PAGE)
