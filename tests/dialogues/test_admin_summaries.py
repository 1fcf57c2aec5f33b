import pytest
from django.urls import reverse

from dialogues.models import Summary
from dialogues.tasks import read_summary
from documents.models import Document
from documents.tasks import read_document
from tests import build, files
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

ADD = reverse("admin:dialogues_summary_add")
LOG = {"publishing-transition-content_type-object_id-TOTAL_FORMS": 0,
       "publishing-transition-content_type-object_id-INITIAL_FORMS": 0}  # fmt: skip


def page(summary):
    return reverse("admin:dialogues_summary_change", args=[summary.pk])


def filled(dialogue, **fields):
    return {"dialogue": dialogue.pk, "language": "en", "version": 1, "status": "official", **LOG, **fields}


def sent(desk, content=b"## Part\n\n1. One.", name="summary.md", **fields):
    """Return a summary that was added with a file, which has not been read yet."""
    answer = desk.post(ADD, filled(build.dialogue(), body="", upload=files.upload(name, content), **fields))
    assert answer.status_code == 302
    return Summary.objects.get()


def test_a_file_alone_creates_a_draft_that_gets_its_text_once_the_file_is_read(desk):
    summary = sent(desk)
    assert shows(desk, page(summary), "The file is being read", "Refresh")
    read_summary.call(summary.pk, summary.document_id)
    assert shows(
        desk,
        page(summary),
        "## Part\n\n1. One.</textarea>",
        '<h3 dir="auto">Part</h3>',
        "<strong>1.</strong> <p>One.</p>",
    )
    assert hides(desk, page(summary), "The file is being read")


def test_saving_while_the_file_is_read_keeps_the_text_and_the_reading(desk):
    summary = sent(desk)
    read_summary.call(summary.pk, summary.document_id)
    desk.post(page(summary), filled(summary.dialogue, body="", status="courtesy"))
    summary.refresh_from_db()
    assert (summary.status, [one.text for one in summary.paragraphs.all()]) == ("courtesy", ["Part", "One."])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"", "This file is empty"),
        ("a.png", files.png(), "type of file is not accepted"),
        ("a.pdf", files.encrypted_pdf(), "is protected by a password"),
        ("a.pdf", b"%PDF-1.4" + b"0" * 25 * 1024 * 1024, "larger than 20 MB"),
    ],
)
def test_a_refused_file_creates_nothing_and_keeps_the_typed_text(name, content, sentence, desk):
    typed = filled(build.dialogue(), body="1. Typed.", upload=files.upload(name, content))
    answer = desk.post(ADD, typed)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert said.count(sentence) == 1
    assert "1. Typed.</textarea>" in said
    assert not Summary.objects.exists()
    assert not Document.objects.exists()


def test_a_summary_needs_a_text_or_a_file(desk):
    answer = desk.post(ADD, filled(build.dialogue(), body=" "))
    assert answer.context["errors"] == [["Enter the text, or choose the file that contains it."]]


def test_a_decompression_bomb_is_refused_with_a_reason(desk):
    summary = sent(desk, files.bomb(), "bomb.docx")
    read_summary.call(summary.pk, summary.document_id)
    assert shows(desk, page(summary), "This file is too large when it is unpacked")
    assert not summary.paragraphs.exists()


def test_the_pages_of_a_pdf_are_shown_beside_the_text(desk):
    summary = sent(desk, files.pdf(["1. On the first.", "2. On the second."]), "a.pdf")
    read_document.call(summary.document_id)
    assert shows(
        desk, page(summary), "Page 2", '<div class="original-page" dir="auto">2. On the second.</div>', "/v1/file/"
    )


def test_the_text_of_the_file_can_replace_the_text_in_the_form(desk):
    summary = sent(desk)
    desk.post(page(summary), filled(summary.dialogue, body="1. Ours."))
    read_summary.call(summary.pk, summary.document_id)
    assert shows(desk, page(summary), "1. Ours.</textarea>", "?text=original")
    assert shows(desk, page(summary) + "?text=original", "1. One.</textarea>")
    assert [one.text for one in summary.paragraphs.all()] == ["Ours."]


def test_staff_are_warned_about_numbers_and_differing_languages(desk):
    summary = build.summary(build.dialogue(), text="1. a\n\n3. b", public=False)
    build.summary(summary.dialogue, language="fr", text="1. a\n\n2. b", public=False)
    assert shows(desk, page(summary), "Numbers that are missing: 2.", "Not in Français: 3.", "Only in Français: 2.")
    fine = build.summary(build.dialogue(), text="1. a\n\n2. b", public=False)
    assert hides(desk, page(fine), "Check before publishing")


def test_the_button_creates_the_next_version_and_redirects_to_it(desk):
    first = build.summary(build.dialogue(), text="1. a")
    typed = filled(first.dialogue, body="1. a", _verb="new_version", what_changes="Names.")
    answer = desk.post(page(first), typed)
    second = Summary.objects.get(version=2)
    assert answer.headers["Location"] == page(second)
    assert (second.changes, second.is_published) == ("Names.", False)
    assert hides(desk, page(second), 'value="new_version"')


def test_a_new_version_needs_a_description_of_its_changes(desk):
    first = build.summary(build.dialogue(), text="1. a")
    answer = desk.post(
        page(first), filled(first.dialogue, body="1. a", _verb="new_version", what_changes=""), follow=True
    )
    assert b"Enter what changed since the last version." in answer.content
    assert Summary.objects.get() == first


def test_a_summary_without_text_cannot_be_published_from_the_list(desk):
    summary = sent(desk)
    asked = {"action": "publish_selected", "_selected_action": summary.pk}
    answer = desk.post(reverse("admin:dialogues_summary_changelist"), asked, follow=True)
    assert b"This summary has no text yet" in answer.content
    assert not Summary.objects.get().is_published
