import pytest

from dialogues.forms import CommentForm, DialogueFilterForm, PaperForm, SpeakerForm, SummaryForm
from dialogues.models import Speaker
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"series": "tip", "year": "2024"}, {"series": "tip", "year": 2024}),
        ({"series": "not a slug", "year": "2024"}, {"year": 2024}),
        ({"series": "tip", "year": "soon"}, {"series": "tip"}),
        ({"year": "1899"}, {"series": ""}),
        ({"year": "10000"}, {"series": ""}),
        ({"series": "\0", "year": "\0"}, {}),
        ({}, {"series": "", "year": None}),
    ],
)
def test_a_filter_ignores_invalid_values(asked, kept):
    form = DialogueFilterForm(asked)
    form.is_valid()
    assert form.cleaned_data == kept


def test_a_comment_is_about_a_numbered_paragraph_of_its_dialogue_or_general():
    dialogue, other = build.dialogue(), build.dialogue()
    ours = build.summary(dialogue, text="## H\n\n1. a")
    theirs = build.summary(other)
    number, heading = ours.paragraphs.get(number=1), ours.paragraphs.get(level=2)
    for paragraph, taken in {number.pk: True, "": True, heading.pk: False, theirs.paragraphs.first().pk: False}.items():
        form = CommentForm({"paragraph": paragraph, "text": "Hm."}, dialogue=dialogue)
        assert form.is_valid() is taken


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_comment_needs_text(text):
    form = CommentForm({"text": text}, dialogue=build.dialogue())
    assert list(form.errors) == ["text"]


def saved(form):
    """Return the saved record of a form, which must be valid."""
    assert form.errors == {}
    return form.save()


def summary_form(dialogue, body, instance=None, **fields):
    data = {
        "dialogue": dialogue.pk,
        "language": "en",
        "version": "1",
        "status": "official",
        "changes": "",
        "body": body,
        **fields,
    }
    return SummaryForm(data, instance=instance)


def test_a_summary_needs_text_with_unique_numbers():
    dialogue = build.dialogue()
    assert summary_form(dialogue, "1. a\n\n2. b").is_valid()
    assert list(summary_form(dialogue, " \n ").errors) == ["body"]
    assert "Paragraph 1 occurs twice." in summary_form(dialogue, "1. a\n\n1. b").errors["body"][0]
    assert summary_form(dialogue, "1. a\n\n## Annex\n\n1. b").is_valid()


def test_a_new_version_needs_a_description_of_its_changes():
    form = summary_form(build.dialogue(), "a", version="2")
    assert form.errors == {"__all__": ["Enter what changed since the last version."]}
    assert summary_form(build.dialogue(), "a", version="2", changes="Names.").is_valid()


def test_the_form_shows_a_summary_as_one_text():
    text = "## H\n\n1. a\n\n    - x\n\n2. b"
    summary = build.summary(build.dialogue(), text=text)
    assert SummaryForm(instance=summary).fields["body"].initial == text


def test_the_original_file_is_stored_with_the_text():
    dialogue = build.dialogue()
    data = {"dialogue": dialogue.pk, "language": "en", "version": "1", "status": "official", "body": "a"}
    form = SummaryForm(data, {"upload": files.upload("summary.pdf", files.pdf(["Text"]))})
    assert saved(form).document.kind == "pdf"
    again = SummaryForm(data | {"body": "b"}, instance=form.instance)
    assert saved(again).document.kind == "pdf"


def paper_form(instance=None, upload=None):
    data = {"dialogue": (instance or build.paper(build.dialogue())).dialogue_id, "kind": "guidance", "title": "Guide"}
    return PaperForm(data | {"language": "fr"}, {"upload": upload} if upload else None, instance=instance)


def test_a_new_paper_needs_a_file_and_an_existing_one_keeps_its_file():
    assert list(paper_form().errors) == ["upload"]
    paper = build.paper(build.dialogue())
    kept = paper.document_id
    assert saved(paper_form(paper)).document_id == kept
    assert saved(paper_form(paper, files.upload("b.docx", files.docx(["B"])))).document.kind == "docx"


def test_the_type_of_a_paper_is_decided_by_its_content_not_its_name():
    form = paper_form(upload=files.upload("page.pdf", b"<html><script>alert(1)</script></html>"))
    assert list(form.errors) == ["upload"]


def speaker_form(picture=None, **fields):
    data = {"name": "Ada", "slug": "ada", **fields}
    return SpeakerForm(data, {"picture": picture} if picture else None)


def test_a_portrait_needs_an_alternative_text():
    picture = files.upload("ada.jpg", files.jpeg())
    assert list(speaker_form(picture).errors) == ["picture_alt"]
    form = speaker_form(files.upload("ada.jpg", files.jpeg()), picture_alt="Ada at a desk", picture_credit="B.")
    assert form.is_valid()
    form.save()
    portrait = Speaker.objects.get().portrait
    assert (portrait.alt, portrait.credit) == ("Ada at a desk", "B.")


def test_another_portrait_loses_the_translations_that_described_the_old_one():
    speaker = saved(speaker_form())
    speaker.translations = {"fr": {"title": "Marin", "portrait_alt": "Ada à son bureau"}}
    speaker.save()
    data = {"name": "Ada", "slug": "ada", "picture_alt": "Ada on a ship"}
    form = SpeakerForm(data, {"picture": files.upload("ada.jpg", files.jpeg())}, instance=speaker)
    assert saved(form).translations == {"fr": {"title": "Marin"}}


def test_a_speaker_needs_no_portrait():
    assert saved(speaker_form()).portrait is None


def test_a_portrait_must_be_a_picture():
    form = speaker_form(files.upload("ada.jpg", files.pdf(["No"])), picture_alt="Ada")
    assert list(form.errors) == ["picture"]
