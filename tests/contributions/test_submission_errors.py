"""What stops a draft from being submitted: both sides of each rule, and its message."""

import pytest

from contributions.models import Revision
from contributions.views.drafts import step_of
from contributions.workflow import submission_errors
from tests import build

pytestmark = pytest.mark.django_db


def lacks(call=None, consent=True, **fields):
    revision = build.draft(call or build.call(), **fields).draft
    return {
        field: str(sentence)
        for field, sentence in submission_errors(Revision.objects.get(pk=revision.pk), consent).items()
    }


def test_a_complete_draft_has_no_errors():
    assert lacks() == {}


@pytest.mark.parametrize("field", ["organization_name", "title", "text"])
@pytest.mark.parametrize("value", ["", "  \n"])
def test_empty_fields_are_errors(field, value):
    assert list(lacks(**{field: value})) == [field]


def test_consent_is_required():
    assert lacks(consent=False) == {"consent": "Agree to the publication, or save the draft and come back."}


@pytest.mark.parametrize(
    ("appear_as", "person", "is_missing"),
    [("named", " ", True), ("named", "Ada", False), ("organization", "", False), ("anonymous", "", False)],
)
def test_a_persons_name_is_required_only_if_it_is_to_appear(appear_as, person, is_missing):
    assert ("person_name" in lacks(appear_as=appear_as, person_name=person)) is is_missing


@pytest.mark.parametrize(
    ("within", "over"),
    [("one two three", "one two three four"), ("人口贩", "人口贩运"), ("مُحَمَّدٌ كَتَبَ رِسَالَةً", "مُحَمَّدٌ كَتَبَ رِسَالَةً ثم")],
)
def test_the_call_limits_the_words_of_the_text(within, over):
    call = build.call(word_limit=3)
    assert lacks(call, text=within) == {}
    assert lacks(call, text=over) == {"text": "This text is 1 word longer than the 3 allowed."}
    assert lacks(call, text=f"{over} word") == {"text": "This text is 2 words longer than the 3 allowed."}


def test_each_answer_has_its_own_limit_in_each_language():
    call = build.call()
    french = {"fr": {"text": "Que voyez-vous ?"}}
    call.questions.create(number=1, text="What do you see?", word_limit=2, translations=french)
    call.questions.create(number=2, text="And then?")
    for language in ("en", "fr"):
        revision = build.draft(call, language=language).draft
        for number in (1, 2):
            revision.answers.create(number=number, question="?", text="one two three four")
        assert {name: str(sentence) for name, sentence in submission_errors(revision, True).items()} == {
            "answer_1": "This text is 2 words longer than the 2 allowed."
        }


@pytest.mark.parametrize("text", ["Ships.", ""])
def test_an_answer_replaces_the_text(text):
    revision = build.draft(build.call(), text="").draft
    revision.answers.create(number=1, question="?", text=text)
    assert ("text" in submission_errors(revision, True)) is not bool(text)


def test_a_file_replaces_the_text(participant):
    draft = build.draft(build.call(), by=participant, text="")
    build.attached(draft, "a.txt", b"words", by=participant)
    assert submission_errors(draft.draft, True) == {}


def test_a_call_accepts_only_its_languages():
    call = build.call(languages=["fr", "ar"])
    assert lacks(call, language="ar") == {}
    assert lacks(call, language="en") == {"language": "This call does not accept contributions in that language."}


@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("organization_name", "who"),
        ("person_name", "who"),
        ("title", "answers"),
        ("language", "answers"),
        ("text", "answers"),
        ("answer_12", "answers"),
        ("upload", "files"),
        ("consent", "send"),
        ("__all__", "send"),
    ],
)
def test_an_error_links_to_the_step_with_its_field(field, step):
    assert step_of(field) == step
