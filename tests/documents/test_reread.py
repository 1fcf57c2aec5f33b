import pytest
from django.core.management import call_command

from documents import workflow
from documents.models import CleanCopy, Document, Fault, Picture, State
from tests import files

pytestmark = pytest.mark.django_db


def make():
    well = workflow.store(files.upload("a.txt", b"well"))
    ill = workflow.store(files.upload("b.txt", b"ill"))
    Document.objects.filter(pk=ill.pk).update(state=State.FAULTY, fault=Fault.TIMEOUT)
    picture = workflow.store_picture(files.upload("a.png", files.png()), alt="A hall")
    for document in (well, ill):
        document.pages.all().delete()
    return well, ill, picture


def test_waiting_and_faulty_documents_are_read_again(capsys):
    well, ill, _ = make()
    call_command("reread")
    assert capsys.readouterr().out == "Queued 1 documents for reading and 0 pictures for rendering.\n"
    assert [page.text for page in ill.pages.all()] == ["ill"]
    assert not well.pages.exists()


def test_documents_read_by_an_older_version_get_clean_copies(capsys):
    well, ill, _ = make()
    well.clean_copy.delete()
    call_command("reread")
    assert capsys.readouterr().out == "Queued 2 documents for reading and 0 pictures for rendering.\n"
    assert {copy.document for copy in CleanCopy.objects.all()} == {well, ill}


def test_all_rebuilds_everything_from_the_originals(capsys):
    well, ill, picture = make()
    picture.renditions.all().delete()
    call_command("reread", "--all")
    assert capsys.readouterr().out == "Queued 2 documents for reading and 1 pictures for rendering.\n"
    assert [page.text for document in (well, ill) for page in document.pages.all()] == ["well", "ill"]
    assert list(picture.renditions.values_list("width", flat=True)) == [160]
    assert Picture.objects.get().state == Picture.State.READY
