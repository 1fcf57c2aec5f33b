"""What a sender has to decide on before sending, and what reviewers see of it: one list for both."""

import pytest
from django.utils.translation import override

from contributions import workflow
from contributions.models import Contribution, Decision
from contributions.screening.doubts import Nature, doubts_of
from desk.review_context import screening_context
from documents.models import CleanCopy, Document
from tests import build, files, gate

pytestmark = pytest.mark.django_db

ADDRESS = "Write to mara@example.org, please."
FRENCH = (
    "Nous avons vu que les enfants qui travaillent dans le port ne vont pas à l’école, et que leurs familles sont "
    "dans une situation très difficile depuis la fermeture de l’usine, parce que les salaires ne suffisent plus."
)


def drafted(participant, **fields):
    return build.draft(build.call(), by=participant, **{"text": "Our account.", **fields})


def found(record):
    revision = Contribution.objects.get(pk=record.pk).draft
    return [(doubt.place, doubt.finding.found) for doubt in doubts_of(revision) if doubt.finding]


def step(record, name="check"):
    return f"/contributions/mine/{record.key}/{name}/"


def send(browser, record, **fields):
    return browser.post(step(record), {"send": "1", "consent": "on", **fields})


def shown(browser, record):
    """The keys of the doubts on the page."""
    return [question.question.doubt.key for question in browser.get(step(record)).context["questions"]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (ADDRESS, "Text, paragraph 1"),
        (f"First.\n\n## A heading\n\nSecond.\n\n{ADDRESS}", "Text, paragraph 3"),
        (f"First.\r\n\r\n{ADDRESS}\r\n\r\nLast.", "Text, paragraph 2"),
        (f"# {ADDRESS}\n\nSecond.", "Text"),
    ],
)
def test_the_place_is_the_paragraph(participant, text, place):
    assert found(drafted(participant, text=text)) == [(place, "mara@example.org")]


def test_the_place_is_the_answer_the_file_and_its_page(participant):
    record = drafted(participant)
    record.draft.answers.create(number=2, question="?", text=f"One.\n\n{ADDRESS}")
    build.attached(record, "a.pdf", files.pdf(["Nothing.", ADDRESS]), by=participant)
    build.attached(record, "b.txt", f"One.\n\n{ADDRESS}".encode(), by=participant)
    places = [place for place, _words in found(record)]
    assert places == ["Answer 2, paragraph 2", "File 1, page 2", "File 2, paragraph 2"]


def test_files_raise_doubts_about_what_was_taken_out_of_them_and_their_language(participant):
    record = drafted(participant)
    build.attached(record, "a.docx", files.docx([FRENCH]), by=participant)
    natures = {doubt.nature for doubt in doubts_of(record.draft)}
    assert natures == {Nature.REMOVED, Nature.LANGUAGE}
    record.draft.attachments.update(language="fr")
    assert {doubt.nature for doubt in doubts_of(record.draft)} == {Nature.REMOVED}


@pytest.mark.parametrize(
    ("language", "mark", "number"), [("en", "; ", " (2)"), ("ar", "؛ ", " (2)"), ("zh-hans", "；", "（2）")]
)
def test_the_things_taken_out_are_listed_with_the_marks_of_the_page(participant, language, mark, number):
    record = drafted(participant)
    attached = build.attached(record, "a.docx", files.docx([FRENCH]), by=participant, language="fr")
    CleanCopy.objects.filter(document=attached.document).update(removed=[["authors", 1], ["properties", 2]])
    with override(language):
        (doubt,) = doubts_of(record.draft)
        assert len(str(doubt.why).split(mark)) == 2
        assert str(doubt.why).endswith(number)


def test_a_faulty_file_is_doubted(participant):
    record = drafted(participant)
    build.attached(record, "a.txt", b"words", by=participant)
    assert list(doubts_of(record.draft)) == []
    Document.objects.update(state="faulty", fault="no_text")
    (doubt,) = doubts_of(record.draft)
    assert (doubt.nature, doubt.place) == (Nature.FAULT, "File 1")


def test_the_check_shows_each_finding_with_its_place_and_ways_there(filer, participant):
    record = drafted(participant, text=f"First.\n\n{ADDRESS}")
    page = filer.get(step(record)).content.decode()
    for words in (
        'href="#p2"', 'id="p2"', "Text, paragraph 2", "<mark>mara@example.org</mark>", 'dir="auto" lang="en"',
        f"/mine/{record.key}/answers/#id_text", "This may stay", "I will change it",
    ):  # fmt: skip
        assert words in page, words


def test_nothing_undecided_is_sent(filer, participant):
    record = drafted(participant, text=ADDRESS)
    answer = send(filer, record)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Decide about 1 thing" in page
    assert page.count('role="alert"') == 1
    assert "<title>Error:" in page
    assert Contribution.objects.get().state == "draft"


@pytest.mark.parametrize("choice", ["stays", "changes"])
def test_words_that_may_stay_are_sent_and_those_to_change_are_not(filer, participant, choice):
    record = drafted(participant, text=ADDRESS)
    (key,) = shown(filer, record)
    answer = send(filer, record, **{"shown": key, f"decision_{key}": choice})
    assert answer.status_code == (302 if choice == "stays" else 422)
    assert Contribution.objects.get().state == ("submitted" if choice == "stays" else "draft")
    assert Decision.objects.get().choice == choice


def test_words_to_change_are_sent_once_they_are_changed(filer, participant):
    record = drafted(participant, text=ADDRESS)
    (key,) = shown(filer, record)
    send(filer, record, **{"shown": key, f"decision_{key}": "changes"})
    workflow.save(record.draft, by=participant, text="No address any more.")
    assert send(filer, record).status_code == 302


def test_one_tick_decides_about_all_that_was_shown(filer, participant):
    record = drafted(participant, text=f"{ADDRESS}\n\nCall +43 660 1234567.")
    first, second = shown(filer, record)
    assert send(filer, record, shown=[first], rest="on").status_code == 422  # the second one was not on the page
    assert send(filer, record, shown=[first, second], rest="on").status_code == 302


def test_decisions_are_kept_while_the_words_are_the_same(filer, participant):
    record = drafted(participant, text=ADDRESS)
    (key,) = shown(filer, record)
    filer.post(step(record), {"go": "send", f"decision_{key}": "stays"})
    workflow.save(record.draft, by=participant, text=f"A new beginning.\n\n{ADDRESS}")
    assert shown(filer, record) == [key]
    assert "checked" in filer.get(step(record)).content.decode()
    workflow.save(record.draft, by=participant, text="Write to other@example.org, please.")
    assert shown(filer, record) != [key]
    assert send(filer, record).status_code == 422


def test_a_name_is_decided_again_with_other_words_around_it(filer, participant):
    record = drafted(participant, text="We met a girl named Amina in the camp.")
    (key,) = shown(filer, record)
    workflow.save(record.draft, by=participant, text="We sold a girl named Amina to them.")
    assert shown(filer, record) != [key]


def test_a_file_that_is_still_read_stops_nobody_and_is_told(filer, participant, tasks_wait, settings):
    record = drafted(participant)
    build.attached(record, "a.txt", ADDRESS.encode(), by=participant, cleaned=False)
    assert "File 1 is still being read" in filer.get(step(record)).content.decode()
    assert send(filer, record).status_code == 302


def test_later_findings_stop_nobody_and_are_told_on_the_page_of_the_sender(filer, participant, desk):
    record = drafted(participant)
    build.attached(record, "a.txt", ADDRESS.encode(), by=participant)
    assert send(filer, record).status_code == 302  # nothing of the file was on the page
    own = filer.get(f"/contributions/mine/{record.key}/")
    assert "Found in what you submitted" in own.content.decode()
    record.refresh_from_db()
    review = f"/desk/review/{record.reference}/"
    assert "The sender has not decided about it." in desk.get(review).content.decode()
    (key,) = [one.question.doubt.key for one in own.context["questions"]]
    filer.post(f"/contributions/mine/{record.key}/found/", {f"decision_{key}": "stays"})
    assert "Found in what you submitted" not in filer.get(f"/contributions/mine/{record.key}/").content.decode()
    assert gate.shows(desk, review, "The sender: “This may stay”")


def test_reviewers_are_shown_the_doubts_of_the_sender(filer, participant):
    record = drafted(participant, text=ADDRESS, appear_as="anonymous", organization_name="Mara House")
    build.attached(record, "a.docx", files.docx([FRENCH, "Mara House wrote."]), by=participant)
    asked = {doubt.key for doubt in doubts_of(record.draft)}
    assert len(asked) == 4
    workflow.submit(record, by=None, consent=True)
    record.newest.contribution = record
    context = screening_context(record.newest)
    assert {item["doubt"].key for item in [*context["findings"], *context["other_doubts"]]} == asked


def test_nobody_is_said_to_have_decided_about_what_staff_brought_in(desk):
    record = build.contribution(state="submitted", text=ADDRESS)
    html = desk.get(f"/desk/review/{record.reference}/").content.decode()
    assert "mara@example.org" in html
    assert "The sender" not in html


def test_a_correction_keeps_decisions_and_strangers_decide_nothing(filer, participant, stranger, browser_of):
    record = drafted(participant, text=ADDRESS)
    (key,) = shown(filer, record)
    send(filer, record, **{"shown": key, f"decision_{key}": "stays"})
    record.refresh_from_db()
    revision = workflow.revise(record, by=participant)
    assert list(revision.decisions.values_list("key", "choice")) == [(key, "stays")]
    assert browser_of(stranger).post(f"/contributions/mine/{record.key}/found/").status_code == 404
    workflow.withdraw(record, by=participant)
    with pytest.raises(workflow.WrongStateError):
        workflow.decide(record.newest, {key: "changes"}, by=participant)


def test_decisions_go_with_the_words(participant):
    record = build.contribution(by=participant, state="submitted", text=ADDRESS)
    record.newest.contribution = record
    (doubt,) = doubts_of(record.newest)
    workflow.decide(record.newest, {doubt.key: "stays"}, by=participant)
    workflow.withdraw(record, by=participant)
    Contribution.objects.update(withdrawn_at="2020-01-01T00:00:00Z")
    workflow.delete_expired()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A 17-year-old from Lagos, Blessing, told us.", "Blessing"),
        ("When she was 15, Fatou left.", "Fatou"),
        ("Fatou, who is seventeen years old, said so.", "Fatou"),
        ("17岁的小丽说她要回家。", "小丽"),
    ],
)
def test_the_name_of_a_minor_is_found(participant, text, name):
    assert [words for _place, words in found(drafted(participant, text=text))] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "A 17-year-old told the Police in Lagos.",
        "17岁的女孩说她要回家。",
        "A 71-year-old from Lagos, Blessing, told us.",
    ],
)
def test_the_age_of_a_child_alone_names_nobody(participant, text):
    assert found(drafted(participant, text=text)) == []


def test_consent_and_decisions_are_asked_for_at_once(filer, participant):
    record = drafted(participant, text=ADDRESS)
    page = filer.post(step(record), {"send": "1"}).content.decode()
    asked = page.split('id="missing"')[1].split("</div>")[0]
    assert "Agree to the publication" in asked
    assert "Decide about 1 thing" in asked
    assert 'id="errors"' not in page  # so there is one list
