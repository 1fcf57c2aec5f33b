import pytest
from django.core.files.storage import storages

from documents import workflow
from documents.models import Document, Picture
from tests import files

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.documents.urls")]


@pytest.fixture
def document():
    return workflow.store(files.upload("Lagos.pdf", files.pdf(["one"])))


def test_documents_are_listed_and_searched_by_hash_and_name(admin_client, document):
    other = workflow.store(files.upload("Accra.pdf", files.pdf(["other"])))
    for query in (document.sha256, "lagos"):
        page = admin_client.get("/admin/documents/document/", {"q": query}).content.decode()
        assert str(document) in page
        assert str(other) not in page


def test_document_can_be_viewed_but_not_added_or_changed(admin_client, document):
    page = admin_client.get(f"/admin/documents/document/{document.pk}/change/")
    assert page.status_code == 200
    assert document.file.name not in page.content.decode()
    assert admin_client.get("/admin/documents/document/add/").status_code == 403
    assert admin_client.post(f"/admin/documents/document/{document.pk}/change/", {"size": 1}).status_code == 403


def test_report_of_the_clean_copy_is_shown_without_its_path(admin_client, document):
    page = admin_client.get(f"/admin/documents/document/{document.pk}/change/").content.decode()
    assert "Names of authors and editors: 1<br>" in page
    assert str(document.clean_copy.size) in page
    assert document.clean_copy.file.name not in page
    document.clean_copy.delete()
    page = admin_client.get(f"/admin/documents/document/{document.pk}/change/").content.decode()
    assert "There is no clean copy, so the public gets nothing." in page


def test_chosen_documents_are_read_again(admin_client, document):
    document.pages.all().delete()
    chosen = {"action": "read_again", "_selected_action": [document.pk]}
    page = admin_client.post("/admin/documents/document/", chosen, follow=True)
    assert "Asked for 1 document to be read again." in page.content.decode()
    assert [page.text for page in document.pages.all()] == ["one"]


def test_deleting_a_document_deletes_its_file(admin_client, document, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/documents/document/{document.pk}/delete/", {"post": "yes"})
    assert not Document.objects.exists()
    assert not storages["documents"].exists(document.file.name)


def test_added_picture_is_checked(admin_client):
    form = {"original": files.upload("a.png", files.picture("GIF")), "alt": "A hall", "credit": ""}
    page = admin_client.post("/admin/documents/picture/add/", form).content.decode()
    assert "This type of picture is not accepted" in page
    assert not Picture.objects.exists()

    form = {"original": files.upload("a.png", files.png((200, 100))), "alt": "", "credit": ""}
    assert "This field is required." in admin_client.post("/admin/documents/picture/add/", form).content.decode()
    assert not Picture.objects.exists()

    form = {"original": files.upload("a.png", files.png((200, 100))), "alt": "A hall", "credit": "A. N."}
    assert admin_client.post("/admin/documents/picture/add/", form).status_code == 302
    picture = Picture.objects.get()
    assert (picture.alt, picture.credit, picture.state) == ("A hall", "A. N.", Picture.State.READY)


def test_texts_of_a_picture_can_change_but_its_file_cannot(admin_client):
    picture = workflow.store_picture(files.upload("a.png", files.png()), alt="A hall")
    address = f"/admin/documents/picture/{picture.pk}/change/"
    assert picture.original.name not in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"alt": "A full hall", "credit": "A. N."}).status_code == 302
    changed = Picture.objects.get()
    assert (changed.alt, changed.credit, changed.original.name) == ("A full hall", "A. N.", picture.original.name)


def test_deleting_a_picture_deletes_its_files(admin_client, django_capture_on_commit_callbacks):
    picture = workflow.store_picture(files.upload("a.png", files.png()), alt="A hall")
    with django_capture_on_commit_callbacks(execute=True):
        chosen = {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"}
        admin_client.post("/admin/documents/picture/", chosen)
    assert not Picture.objects.exists()
    assert not storages["documents"].exists(picture.original.name)
