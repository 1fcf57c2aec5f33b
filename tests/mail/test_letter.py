"""Kinds of letters: the words, their fields and their faults, for every letter that the portal sends."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from mail.letter import KINDS, SITE, Field, Words, faults_of

pytestmark = pytest.mark.django_db  # which may have a name of the site

LANGUAGES = [code for code, _name in settings.LANGUAGES]
CODE = Field("code", "The code.", "K7MQ", is_needed=True)
NAME = Field("name", "The name.", "Amal", in_subject=True)


def faults(subject="Hello", body="{code}"):
    return list(faults_of(Words(subject, body), (CODE, NAME, SITE)))


def test_every_template_of_a_letter_is_declared_and_every_declared_letter_has_one():
    folder = Path(settings.BASE_DIR) / "templates"
    found = {str(path.relative_to(folder)) for path in folder.glob("*/letters/*.txt")}
    assert found == {letter.template for letter in KINDS.values()}
    assert len(found) == len(KINDS) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_default_words_of_every_letter_can_be_sent(language):
    for letter in KINDS.values():
        words = letter.default_words(language)
        assert list(faults_of(words, letter.fields)) == [], letter.name
        filled = words.filled(letter.example_values(language))
        assert "{" not in filled.subject + filled.body
        assert "\n" not in filled.subject


def test_default_words_are_in_the_language_that_is_asked_for_whatever_is_active():
    letter = KINDS["contributions-receipt"]
    with override("ar"):
        assert letter.default_words("en").subject == "Receipt {reference}"
        assert letter.default_words("fr").subject == "Récépissé {reference}"


def test_each_field_is_replaced_once_and_nothing_in_its_value_is():
    words = Words("{name}", "{code} {name}").filled({"code": "{name}", "name": "{{ settings.SECRET_KEY }}"})
    assert words == Words("{{ settings.SECRET_KEY }}", "{name} {{ settings.SECRET_KEY }}\n")


def test_a_field_with_a_value_keeps_its_paragraph_and_line_whatever_else_is_empty():
    values = {"note": "", "code": "K7", "name": ""}
    assert Words("Hello", "{note}\nFor {name}:\n{name} {code}").filled(values).body == " K7\n"
    assert Words("Hello", "{note}{code} and no note").filled(values).body == "K7 and no note\n"


def test_a_paragraph_with_an_empty_field_is_left_out_and_no_other():
    words = Words("Hello", "First.\n\nA note:\n{note}\n\n{code}")
    assert words.filled({"note": "", "code": "K7"}).body == "First.\n\nK7\n"
    assert words.filled({"note": "Two\n\nparagraphs", "code": "K7"}).body == (
        "First.\n\nA note:\nTwo\n\nparagraphs\n\nK7\n"
    )


def test_a_value_with_a_line_break_keeps_the_subject_on_one_line():
    assert (
        Words("For {name}", "x").filled({"name": "Amal\nBcc: a@example.org"}).subject == "For Amal Bcc: a@example.org"
    )


def test_words_from_a_form_are_tidied():
    assert Words.tidy(" A\r\nsubject ", "\r\nOne \r\n\r\nTwo\r\n\r\n") == Words("A subject", "One\n\nTwo")


def test_words_with_all_needed_fields_have_no_faults():
    assert faults("For {name} at {site}", "{code} for {name}") == []


@pytest.mark.parametrize(
    ("subject", "body", "fault"),
    [
        ("Hello", "No field", ("body", "The field {code} is missing. The code.")),
        ("Hello {nmae}", "{code}", ("subject", "This letter has no field {nmae}.")),
        ("Hello", "{code} {reference}", ("body", "This letter has no field {reference}.")),
        ("Hello", "{code} { code }", ("body", "This letter has no field { code }.")),
        ("Hello", "{code} {{ request }}", ("body", "This letter has no field { request }.")),
        ("Your code is {code}", "{code}", ("subject", "The field {code} cannot be in the subject.")),
        (" ", "{code}", ("subject", "This is empty.")),
        (
            "Hello",
            "{code} for {name",
            ("body", "The braces do not match. Write each field between two, such as {site}."),
        ),
        (
            "Hello name}",
            "{code}",
            ("subject", "The braces do not match. Write each field between two, such as {site}."),
        ),
        ("Hello", "{{code}}", ("body", "The braces do not match. Write each field between two, such as {site}.")),
    ],
)
def test_words_that_cannot_be_sent_are_refused_with_a_sentence(subject, body, fault):
    assert faults(subject, body) == [fault]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("accounts-sign_in_code", "code"),
        ("contributions-receipt", "code"),
        ("contributions-invitation", "link"),
        ("publishing-preview", "link"),
        ("search-searchalert_results", "unsubscribe"),
        ("search-searchalert_confirm", "confirm"),
        ("dialogues-documentalert_published", "unsubscribe"),
        ("contributions-last_reminder", "missing"),
    ],
)
def test_letters_keep_their_mandatory_parts(name, field):
    letter = KINDS[name]
    assert field in {one.name for one in letter.fields if one.is_needed}
    words = letter.default_words("en")
    without = Words(words.subject, words.body.replace(f"{{{field}}}", ""))
    assert [part for part, _sentence in faults_of(without, letter.fields)] == ["body"]


def test_no_letter_about_a_draft_or_a_contribution_has_a_field_for_its_title_or_text():
    for name, letter in KINDS.items():
        if name.startswith("contributions-"):
            assert {"title", "text", "person", "signers"} & {field.name for field in letter.fields} == set()


def test_the_reminders_have_no_field_for_the_call():
    for name in ("contributions-reminder", "contributions-last_reminder"):
        assert {"call", "dialogue", "reference"} & {field.name for field in KINDS[name].fields} == set()
