"""Messages of the forms of staff about empty and wrong fields. A required field that was left empty is named."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.utils import translation

import desk as desk_app
import dialogues.forms
import intake.forms
from desk.kinds import KINDS
from dialogues.models import Topic
from publishing.forms import NamesMissingFields
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

NAMELESS = "This field is required."


def form_classes():
    """Return the forms of staff: those of the desk, of what it brings in, and of the proceedings."""
    for package in (desk_app, intake.forms, dialogues.forms):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".management" not in module.name:
                for one in vars(import_module(module.name)).values():
                    if isinstance(one, type) and issubclass(one, forms.BaseForm) and one.__module__ == module.name:
                        yield one


def required(form):
    return [name for name, field in form.base_fields.items() if field.required]


def test_every_form_of_staff_names_its_missing_fields():
    nameless = {one.__name__ for one in form_classes() if required(one) and not issubclass(one, NamesMissingFields)}
    assert nameless == {"QueueForm"}  # filters, whose empty values are replaced by their defaults
    assert sum(1 for one in form_classes() if required(one)) > 30


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form])
def test_an_empty_form_names_each_field_that_is_missing(desk, kind):
    page = desk.post(f"/desk/add/{kind}/?dialogue={build.dialogue().pk}", {})
    form = page.context["form"]
    missing = [error for errors in form.errors.as_data().values() for error in errors if error.code == "required"]
    assert missing
    html = page.content.decode()
    assert NAMELESS not in html
    for name, errors in form.errors.as_data().items():
        label = str(form[name].label)
        assert all(label[1:] in str(error.messages) for error in errors if error.code == "required"), name


def test_a_refused_form_says_once_which_field_is_missing(desk):
    html = desk.post("/desk/add/topic/", {}).content.decode()
    assert '<a href="#id_name">Fill in “Name”.</a>' in html
    assert "Name: Fill in" not in html


def test_other_errors_still_begin_with_the_label_of_their_field(desk):
    page = desk.post(f"/desk/add/panel/?dialogue={build.dialogue().pk}", {"number": "x", "title": "Ports"})
    assert '">Number: Enter a whole number.</a>' in page.content.decode()


def test_the_missing_text_of_a_question_is_listed_above_the_form_of_its_call(desk):
    fields = {
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0, "questions-0-number": 1, "questions-0-word_limit": 9,
        "title": "A call", "opens_at": "2027-01-01T00:00", "closes_at": "2027-02-01T00:00", "word_limit": 100,
        "file_limit": 1, "file_megabytes": 1, "audience": "all", "languages": ["en"],
    }  # fmt: skip
    html = desk.post(f"/desk/add/call/?dialogue={build.dialogue().pk}", fields).content.decode()
    assert '<a href="#id_questions-0-text">Fill in “Question”.</a>' in html
    assert "<title>Error: " in html


class Everything(NamesMissingFields, forms.Form):
    words = forms.CharField(label="its words")
    language = forms.ChoiceField(choices=[("en", "English")])
    file = forms.FileField()
    agreed = forms.BooleanField(label="I agree")
    code = forms.CharField(error_messages={"required": "Enter the code."})


def test_the_message_says_what_to_do():
    assert Everything({}).errors == {
        "words": ["Fill in “Its words”."],
        "language": ["Choose an option for “Language”."],
        "file": ["Choose a file for “File”."],
        "agreed": ["Tick “I agree”."],
        "code": ["Enter the code."],
    }
    filled = Everything({"words": "w", "language": "fr", "agreed": "1", "code": "c"}, {})
    assert set(filled.errors) == {"language", "file"}
    assert "Choose an option" not in str(filled.errors["language"])


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr", "Remplissez «\xa0Its words\xa0»."),
        ("es", "Rellene «Its words»."),
        ("ru", "Заполните поле «Its words»."),
        ("ar", "املأ خانة «Its words»."),
        ("zh-hans", "请填写“Its words”。"),
    ],
)
def test_the_message_is_in_the_language_of_the_page(language, message):
    with translation.override(language):
        assert [*Everything({}).errors["words"]] == [message]


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("ports", "Another record has this address."),
        ("not a slug!", "Use only letters from a to z, digits and hyphens."),
    ],
)
def test_an_address_that_is_taken_or_is_none_is_refused_with_a_plain_sentence(desk, slug, sentence):
    Topic.objects.create(name="Ports", slug="ports")
    other = Topic.objects.create(name="Harbours", slug="harbours")
    address, typed = f"/desk/topic-{other.pk}/", {"name": "Harbours", "original_language": "en"}
    assert sentence in desk.post(address, {**typed, "slug": slug}).content.decode()
    other.refresh_from_db()
    assert other.slug == "harbours"
    assert "Saved." in desk.post(address, {**typed, "slug": "docks"}, follow=True).content.decode()
