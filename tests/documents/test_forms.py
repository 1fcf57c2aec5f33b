import pytest
from django import forms

from documents.forms import DocumentField, PictureField
from documents.models import Kind
from tests import files


class Form(forms.Form):
    document = DocumentField()
    picture = PictureField(required=False)


def bound(document=None, picture=None) -> Form:
    sent = {"document": document, "picture": picture}
    return Form({}, {name: upload for name, upload in sent.items() if upload})


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("a.pdf", files.pdf(), Kind.PDF), ("a.md", b"# A", Kind.MARKDOWN)]
)
def test_upload_has_its_kind(name, content, kind):
    form = bound(files.upload(name, content))
    assert form.is_valid()
    assert form.cleaned_data["document"].kind == kind


def test_required_document_must_be_sent():
    assert bound().errors == {"document": ["This field is required."]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty: choose another one."),
        (files.encrypted_pdf(), "This file is protected by a password: save it without one and send the new file."),
    ],
)
def test_rejected_document_gets_one_sentence(content, sentence):
    assert bound(files.upload("a.pdf", content)).errors == {"document": [sentence]}


def test_picture_is_checked():
    document = files.upload("a.pdf", files.pdf())
    assert bound(document, files.upload("a.png", files.png())).is_valid()
    assert bound(document, files.upload("a.png", files.picture("GIF"))).errors == {
        "picture": ["This type of picture is not accepted: send a JPEG, PNG or WebP."]
    }


def test_initial_file_is_not_checked_again():
    assert DocumentField().clean(None, initial="stored before") == "stored before"


def test_widget_lists_accepted_types():
    html = str(Form()["document"]) + str(Form()["picture"])
    assert 'accept=".pdf,.docx,.odt,.txt,.md,.markdown,application/pdf,' in html
    assert 'accept=".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"' in html
