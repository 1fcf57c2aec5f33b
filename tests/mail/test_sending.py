"""Letters go out in the words of staff where these can be sent, otherwise in the default words."""

import pytest

from mail.letter import KINDS, Words
from mail.models import LetterText, OutgoingEmail
from mail.sending import send_letter, send_test, unusable_texts

pytestmark = pytest.mark.django_db

CODE = KINDS["accounts-sign_in_code"]


def sent(language="en"):
    """Send the letter with the code, and return the subject and the text that were queued."""
    send_letter(CODE, "reader@example.org", lambda: {"code": "K7MQ"}, language=language)
    content = OutgoingEmail.objects.first().content
    assert content["to"] == ["reader@example.org"]
    return content["subject"], content["body"]


def text(language="en", **fields):
    words = {"subject": "Welcome to {site}", "body": "Type {code}.", **fields}
    return LetterText.objects.create(letter=CODE.name, language=language, **words)


def test_without_words_of_staff_the_default_goes_out(settings):
    settings.SITE_NAME = "The site"
    subject, body = sent()
    assert subject == "[The site] Your code"
    assert body.startswith("Your code is K7MQ\n\nIt expires in 15 minutes.")


def test_the_words_of_staff_go_out_in_their_language_only(settings):
    settings.SITE_NAME = "The site"
    text("fr", subject="Bienvenue", body="Saisissez {code}.")
    assert sent("fr") == ("Bienvenue", "Saisissez K7MQ.\n")
    assert sent("en")[0] == "[The site] Your code"


def test_changed_words_go_out_at_once(settings):
    settings.SITE_NAME = "The site"
    kept = text()
    assert sent() == ("Welcome to The site", "Type K7MQ.\n")
    kept.body = "Here: {code}"
    kept.save()
    assert sent()[1] == "Here: K7MQ\n"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"body": "No code"}, "The field {code} is missing. The code. Without it nobody can sign in."),
        ({"body": "{code} {colour}"}, "This letter has no field {colour}."),
    ],
)
def test_words_that_cannot_be_sent_are_not_used_and_staff_are_told(fields, reason):
    kept = text(**fields)
    assert "Your code is K7MQ" in sent()[1]
    assert unusable_texts() == [(kept, reason)]


def test_words_that_can_be_sent_are_not_reported():
    text()
    assert unusable_texts() == []


def test_words_of_a_letter_that_no_longer_exists_are_ignored():
    LetterText.objects.create(letter="contributions-lottery", language="en", subject="x", body="{y}")
    assert unusable_texts() == []


def test_a_test_says_so_in_its_subject():
    send_test(Words("Hello", "Words\n"), "staff@example.org", language="en")
    content = OutgoingEmail.objects.get().content
    assert (content["subject"], content["body"], content["to"]) == ("Test: Hello", "Words\n", ["staff@example.org"])
