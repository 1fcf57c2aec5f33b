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

PAGE = reverse("desk:press-release")
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
    answer = desk.post(PAGE, sent | {"accept": "ticked"})
    assert "10 new records were made" in answer.content.decode()
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
    again = desk.post(PAGE, sent | {"accept": "ticked"}).content.decode()
    assert "nothing was created twice" in again
    assert again.count("<strong>There: </strong>") == 7
    assert counted() == before


def only(sent, row):
    """Return submitted fields in which only one row is ticked."""
    rest = {name: value for name, value in sent.items() if not name.endswith("-accept")}
    return rest | {f"{row}-accept": "on", "accept": "ticked"}


def test_one_row_creates_only_the_records_that_it_needs(desk, firearms):
    desk.post(PAGE, only(fields(read(desk)), "quotes-0"))
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
    desk.post(PAGE, fields(read(desk)) | {"accept": "ticked"})
    assert list(Dialogue.objects.all()) == [day]
    assert Speaker.objects.filter(appearances__dialogue=day, pk=person.pk).exists()
    assert (Speaker.objects.count(), Organization.objects.count(), Topic.objects.count()) == (2, 1, 1)


def test_publishing_at_once(desk, firearms, client):
    desk.post(PAGE, fields(read(desk)) | {"accept": "ticked", "and_publish": "1"})
    page = client.get(NewsItem.objects.get().get_absolute_url()).content.decode()
    assert "Nobody asks us" in page
    assert "2024 Constructive Dialogue on Firearms" in page


def test_an_incomplete_row_saves_nothing_and_keeps_the_input(desk, firearms):
    second = {"meetings-TOTAL_FORMS": 2, "meetings-1-title": "Evening", "meetings-1-series": firearms.pk}
    sent = fields(read(desk)) | second | {"people-0-meeting": "", "people-0-title": "Captain", "accept": "ticked"}
    page = desk.post(PAGE, sent).content.decode()
    assert "Choose the dialogue at which this was said." in page
    assert 'value="Captain"' in page
    assert counted() == [0] * 8


def test_a_second_chair_is_refused_with_a_message(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"people-0-role": "chair", "accept": "ticked"}).content.decode()
    assert "The dialogue has a chair already" in page
    assert counted() == [0] * 8


def test_an_invalid_date_is_refused(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"meetings-0-starts_on": "soon", "accept": "ticked"}).content.decode()
    assert "Enter a valid date." in page
    assert counted() == [0] * 8


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: {"text": ""}, "Paste a text or choose a file."),
        (lambda: {"file": files.upload("a.pdf", files.encrypted_pdf())}, "is protected by a password"),
        (lambda: {"file": files.upload("a.png", files.png())}, "type of file is not accepted"),
        (lambda: {"file": files.upload("a.txt", b"")}, "This file is empty"),
        (lambda: {"file": files.upload("a.docx", files.bomb())}, "is too large when it is unpacked"),
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
    assert "<strong>There: </strong>" not in read(desk).content.decode()
    desk.post(PAGE, only(fields(read(desk)), "people-0"))
    page = read(desk).content.decode()
    assert page.count("<strong>There: </strong>") == 2  # the person and their dialogue
    assert "Ana Ruiz, Speaker, 2024 Constructive Dialogue on Firearms</a>" in page


def test_no_style_or_script_is_inline(desk, firearms):
    assert not re.search(r"<(?:script|style)>|\sstyle=|\son\w+=", read(desk).content.decode())


def test_new_records_are_logged(desk, firearms, secretary):
    desk.post(PAGE, only(fields(read(desk)), "meetings-0"))
    entry = Transition.objects.get()
    assert (entry.verb, entry.record, entry.actor) == ("import", Dialogue.objects.get(), secretary)
    assert entry.get_verb_display() == "brought in"


def test_reviewers_see_no_link(reviewer, browser_of):
    assert hides(browser_of(reviewer), reverse("desk:home"), PAGE)


def test_only_rows_of_which_the_reader_is_sure_arrive_ticked(desk, firearms):
    page = read(desk, f"{TEXT}\n\n“All of them have to be asked,” ran a line on the wall. “Not by us,” said Mr. Holm.")
    boxes = {name: box for name, box in fields(page).items() if name.endswith("-accept")}
    assert boxes == dict.fromkeys(
        ["news-accept", "meetings-0-accept", "people-0-accept", "people-1-accept", "quotes-0-accept", "quotes-1-accept",
         "quotes-2-accept"], True,
    )  # fmt: skip
    assert [one["name"].value() for one in page.context["review"].rows("people")][2:] == ["Holm"]
    assert len(page.context["review"].rows("quotes")) == 5


def test_names_of_the_database_are_no_people(desk, firearms):
    Organization.objects.create(name="Blue Lantern")
    text = "“We have to begin,” said Blue Lantern. “Not yet,” said Ana Ruiz."
    assert [one["name"].value() for one in read(desk, text).context["review"].rows("people")] == ["Ana Ruiz"]


@pytest.mark.parametrize("kind", ["meetings", "people", "quotes", "topics"])
def test_rows_are_added_as_often_as_needed_and_all_that_was_typed_stays(desk, firearms, kind):
    sent = fields(read(desk)) | {
        "people-0-title": "Captain", "news-source_url": "not an address", "meetings-0-starts_on": "soon",
        "quotes-0-words": "Half a sen", "and_publish": "1",
    }  # fmt: skip
    before = int(sent[f"{kind}-TOTAL_FORMS"])
    for more in (3, 6):
        page = desk.post(PAGE, sent | {"add": kind})
        content, review = page.content.decode(), page.context["review"]
        assert len(review.rows(kind)) == before + more
        sent[f"{kind}-TOTAL_FORMS"] = str(before + more)
        assert [
            content.count(words) for words in ('"Captain"', '"not an address"', '"soon"', "Half a sen</textarea>")
        ] == [1] * 4
        assert 'id="and_publish" value="1" checked' in content
        assert "Nothing was saved" not in content
    assert counted() == [0] * 8


def test_rows_that_were_added_are_accepted(desk, firearms):
    sent = fields(read(desk))
    added = {
        "people-TOTAL_FORMS": 5, "people-4-accept": "on", "people-4-name": "Eva Holm", "people-4-meeting": "0",
        "quotes-TOTAL_FORMS": 4, "quotes-3-accept": "on", "quotes-3-words": "who were there", "quotes-3-meeting": "0",
        "quotes-3-speaker": "Eva Holm",
    }  # fmt: skip
    desk.post(PAGE, sent | added | {"accept": "ticked"})
    assert Quote.objects.get(text="who were there").appearance.speaker.name == "Eva Holm"


def test_words_that_the_text_does_not_have_are_refused_and_stay_in_the_form(desk, firearms):
    sent = fields(read(desk)) | {"quotes-0-words": "We have to begin with them", "accept": "ticked"}
    page = desk.post(PAGE, sent).content.decode()
    assert "The text does not have these words." in page
    assert "We have to begin with them</textarea>" in page
    assert counted() == [0] * 8
    fine = "We have to begin […] [with those] who were there"
    desk.post(PAGE, sent | {"quotes-0-words": fine})
    assert Quote.objects.filter(text=fine).exists()


def test_words_of_a_row_that_is_not_ticked_are_no_matter(desk, firearms):
    sent = only(fields(read(desk)) | {"quotes-0-words": "Other words"}, "quotes-1")
    desk.post(PAGE, sent)
    assert list(Quote.objects.values_list("text", flat=True)) == ["They know"]


def test_rows_that_staff_add_are_marked_in_the_text(desk, firearms):
    added = {"people-TOTAL_FORMS": 3, "people-2-name": "Open Door", "topics-TOTAL_FORMS": 1, "topics-0-name": "tracing"}
    page = desk.post(PAGE, fields(read(desk)) | added | {"add": ""}).content.decode()
    assert '<a href="#people-2" title="Person"><mark class="is-people">Open Door</mark></a>' in page
    assert '<mark class="is-topics">tracing</mark>' in page


def test_with_a_single_dialogue_nobody_has_to_say_where(desk, firearms):
    sent = fields(read(desk)) | {"people-0-meeting": "", "quotes-0-meeting": "", "accept": "ticked"}
    assert "10 new records were made" in desk.post(PAGE, sent).content.decode()
