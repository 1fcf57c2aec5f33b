"""The pages on which staff edit the words of letters."""

import pytest
from django.core import mail

from mail.letter import KINDS, Words
from mail.models import LetterText
from mail.workflow import write_words
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

RECEIPT = KINDS["contributions-receipt"]
PAGE = "/desk/letters/contributions-receipt/fr/"
WORDS = {"subject": "Reçu {reference}", "body": "Arrivée : {arrival}\n\n{reference} {code} {files}\n\n{mine}"}


def post(browser, do="save", **words):
    """Send the form as the page has it, with other words, and return the answer."""
    seen = browser.get(PAGE).context["form"].initial["seen"]
    return browser.post(PAGE, {**WORDS, "seen": seen, **words, "do": do}, follow=True)


def texts():
    return list(LetterText.objects.values_list("letter", "language", "subject", "body"))


def test_the_list_has_every_letter_and_says_which_languages_were_changed(desk, secretary):
    write_words(RECEIPT, "fr", Words(**WORDS), by=secretary)
    page = desk.get("/desk/letters/")
    html = page.content.decode()
    for letter in KINDS.values():
        assert str(letter.purpose) in html
        assert f"/desk/letters/{letter.name}/zh-hans/" in html
    assert html.count(", changed") == 1


def test_the_page_shows_the_default_beside_the_form_and_the_fields(desk):
    assert shows(desk, PAGE, "Récépissé {reference}", "{code}", "The secret code", "Default words", "needed")
    assert hides(desk, PAGE, "Back to the default", "Earlier words")


def test_words_are_saved_for_one_language(desk):
    assert "Saved." in post(desk).content.decode()
    assert texts() == [("contributions-receipt", "fr", WORDS["subject"], WORDS["body"])]
    assert shows(desk, PAGE, "Back to the default", "Earlier words")
    assert hides(desk, PAGE.replace("/fr/", "/es/"), "Back to the default")


def test_words_without_a_needed_field_are_refused_and_kept_in_the_form(desk):
    answer = post(desk, body="Sans code. {arrival} {reference} {files} {mine} {colour}")
    html = answer.content.decode()
    assert "The field {code} is missing." in html
    assert "This letter has no field {colour}." in html
    assert "Sans code." in html
    assert texts() == []


def test_a_preview_shows_what_was_typed_with_examples_and_saves_nothing(desk):
    html = post(desk, "preview").content.decode()
    assert "Reçu TIP-2026-KRMVXT" in html
    assert texts() == []
    assert mail.outbox == []


def test_a_test_goes_to_the_person_who_asks_for_it_and_to_nobody_else(desk, secretary):
    html = post(desk, "test").content.decode()
    (email,) = mail.outbox
    assert email.to == [secretary.email]
    assert email.subject.endswith("Reçu TIP-2026-KRMVXT")
    assert "K7MQ-2XWD" in email.body
    assert secretary.email in html
    assert texts() == []


def test_a_preview_of_refused_words_sends_nothing(desk):
    post(desk, "test", body="Sans code.")
    assert mail.outbox == []


def test_the_default_comes_back_and_the_earlier_words_can_be_opened_again(desk):
    post(desk)
    assert "The default words are used." in post(desk, "default").content.decode()
    assert texts() == []
    version = LetterText.history.latest()
    page = desk.get(f"{PAGE}?version={version.pk}")
    assert page.context["form"]["subject"].value() == WORDS["subject"]
    other = desk.get(f"{PAGE.replace('/fr/', '/es/')}?version={version.pk}")
    assert other.context["form"]["subject"].value() != WORDS["subject"]


@pytest.mark.parametrize("had_words", [False, True])
def test_words_that_someone_else_saved_meanwhile_are_not_overwritten_unseen(desk, secretary, had_words):
    if had_words:
        write_words(RECEIPT, "fr", Words("Avant {reference}", WORDS["body"]), by=secretary)
    seen = desk.get(PAGE).context["form"].initial["seen"]
    write_words(RECEIPT, "fr", Words("Entre-temps {reference}", WORDS["body"]), by=secretary)
    answer = desk.post(PAGE, {**WORDS, "seen": seen, "do": "save"})
    assert "Someone else saved this after you opened it." in answer.content.decode()
    assert [subject for _letter, _language, subject, _body in texts()] == ["Entre-temps {reference}"]
    again = answer.context["form"]["seen"].value()
    desk.post(PAGE, {**WORDS, "seen": again, "do": "save"})
    assert [subject for _letter, _language, subject, _body in texts()] == [WORDS["subject"]]


def test_letters_and_languages_that_do_not_exist_are_not_found(desk):
    for address in ("/desk/letters/nothing/fr/", "/desk/letters/contributions-receipt/de/"):
        assert desk.get(address).status_code == 404


def test_reviewers_do_not_edit_letters(browser_of, reviewer):
    browser = browser_of(reviewer)
    assert browser.get(PAGE).status_code == browser.get("/desk/letters/").status_code == 403
    assert browser.post(PAGE, {**WORDS, "do": "save"}).status_code == 403
    assert hides(browser, "/desk/", "/desk/letters/")
    assert texts() == []


def test_the_first_page_warns_about_words_that_cannot_be_sent(desk, browser_of, reviewer):
    LetterText.objects.create(letter=RECEIPT.name, language="fr", subject="Reçu", body="Rien")
    for page in ("/desk/", "/desk/letters/"):
        assert shows(desk, page, "The words of “Receipt (Français)” cannot be sent, so the default goes out.")
    assert hides(browser_of(reviewer), "/desk/", "so the default goes out")
    LetterText.objects.update(body=WORDS["body"])
    assert hides(desk, "/desk/", "so the default goes out")


def test_a_receipt_goes_out_in_the_words_of_staff(desk, participant):
    post(desk)
    participant.language = "fr"
    participant.save()
    record = build.contribution(by=participant, state="submitted")
    (email,) = mail.outbox
    assert email.subject == f"Reçu {record.reference}"
    assert email.body.startswith("Arrivée : ")
