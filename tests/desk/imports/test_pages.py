import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contributions.models import Contribution
from intake.models import Batch
from tests import build, files
from tests.gate import is_absent
from tests.intake import batch_builders as batches
from tests.intake import list_builders as lists

ADD = "/desk/imports/add/"
PDF = files.pdf(["One"])
LIST = [["file", "organisation", "title", "language", "consent"], ["a.pdf", "Open Door", "Words", "en", "yes"]]


def upload(browser, *uploads, listed=None, **fields):
    data = {"kind": "contributions", "files": list(uploads), **fields}
    return browser.post(ADD, data | ({"list": listed} if listed else {}))


@pytest.fixture
def browser(browser_of, secretary):
    return browser_of(secretary)


@pytest.fixture
def page(browser, call):
    """The URL of a batch with one valid row."""
    response = upload(browser, files.upload("a.pdf", PDF), listed=lists.upload(lists.xlsx(LIST)), call=call.pk)
    return response.url


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_batch_goes_from_the_desk_to_the_review_queue(browser, call):
    assert ADD in text_of(browser.get("/desk/"))
    assert "Upload and review" in text_of(browser.get(ADD))
    listed = lists.upload(lists.semicolons(LIST), "list.csv")
    response = upload(browser, files.upload("a.pdf", PDF), listed=listed, call=call.pk)
    assert response.url == f"/desk/imports/{Batch.objects.get().pk}/"
    shown = text_of(browser.get(response.url))
    assert "Ready: 1. To be corrected: 0. Already there: 0. Imported: 0." in shown
    assert "Import 1 ready row" in shown
    assert not Contribution.objects.exists()
    browser.post(response.url, {"import": ""})
    made = Contribution.objects.get()
    shown = text_of(browser.get(response.url))
    assert f"{made.reference}: Words" in shown
    assert "Import 1 ready" not in shown.split("<form")[1]
    assert "1 row is being imported." in shown


def test_a_cell_is_corrected_and_invalid_input_is_kept(browser, page):
    batch = Batch.objects.get()
    row = batch.rows.get()
    browser.post(page, {f"{row.pk}:title": "", f"{row.pk}:language": "Elvish", "save": ""})
    shown = text_of(browser.get(page))
    assert 'value="Elvish"' in shown
    assert "Enter a title." in shown
    assert "“Elvish” is not one of" in shown
    assert "ready row" not in shown
    browser.post(page, {f"{row.pk}:title": "T", f"{row.pk}:language": "français", "import": ""})
    assert Contribution.objects.get().newest.language == "fr"


def test_a_row_is_removed_with_its_file_and_input_in_other_rows_is_kept(
    browser, secretary, call, django_capture_on_commit_callbacks
):
    batch = batches.batch(secretary, batches.papers(2), batches.rows(2), call=call)
    page = f"/desk/imports/{batch.pk}/"
    first, second = batch.rows.all()
    stored = first.file.file
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page, {f"{second.pk}:title": "Typed", "leave_out": first.pk})
    assert batch.rows.get().values["title"] == "Typed"
    assert batch.files.get() == second.file
    assert not stored.storage.exists(stored.name)
    assert "Ready: 1." in text_of(browser.get(page))
    browser.post(page, {"import": ""})
    browser.post(page, {"leave_out": second.pk})
    assert batch.rows.get().state == "done"
    assert Contribution.objects.count() == 1


def test_defaults_apply_to_all_rows(browser, call):
    page = upload(browser, files.upload("Open Door - A.pdf", PDF), call=call.pk).url
    shown = text_of(browser.get(page))
    assert "To be corrected: 1." in shown
    assert "For rows that leave it empty" in shown
    assert ">Status<" in shown
    assert (
        '<div class="field check"><input type="checkbox" name="default-consent"' in browser.get(page).content.decode()
    )
    browser.post(page, {"save": "", "defaults": "1", "default-language": "fr", "default-consent": "on"})
    assert Batch.objects.get().defaults == {"language": "fr", "consent": "yes"}
    browser.post(page, {"save": ""})  # a form without these fields, as from an outdated page
    assert "Ready: 1." in text_of(browser.get(page))
    browser.post(page, {"save": "", "defaults": "1", "default-language": "fr"})
    assert Batch.objects.get().defaults == {"language": "fr"}
    browser.post(page, {"import": "", "defaults": "1", "default-language": "es", "default-consent": "on"})
    assert Contribution.objects.get().newest.language == "es"


def test_batches_without_a_language_have_no_defaults(browser, secretary):
    batch = batches.batch(secretary, (), [["name"], ["Ana Sample"]], kind="speakers")
    assert "For rows that leave it empty" not in text_of(browser.get(f"/desk/imports/{batch.pk}/"))


def test_the_page_reloads_only_while_rows_wait(browser, page):
    refresh = '<meta http-equiv="refresh" content="3">'
    assert refresh not in text_of(browser.get(page))
    Batch.objects.get().rows.update(state="waiting")
    shown = text_of(browser.get(page))
    assert refresh in shown
    assert "0 done, 1 to go" in shown
    assert '<progress id="batch-progress" value="0" max="1">' in shown


def test_the_page_never_reloads_while_a_row_can_be_typed_in(browser, secretary, call):
    batch = batches.batch(secretary, batches.papers(2), batches.rows(2), call=call)
    batch.rows.filter(pk=batch.rows.first().pk).update(state="waiting")
    page = f"/desk/imports/{batch.pk}/"
    shown = text_of(browser.get(page))
    assert 'http-equiv="refresh"' not in shown
    assert "0 done, 1 to go.</label>" in shown
    assert f'<a href="{page}">Refresh</a>' in shown


def test_a_second_upload_links_to_the_existing_record(browser, page, call):
    browser.post(page, {"import": ""})
    made = Contribution.objects.get()
    again = upload(browser, files.upload("a.pdf", PDF), listed=lists.upload(lists.xlsx(LIST)), call=call.pk).url
    shown = text_of(browser.get(again))
    assert f'Already there: <a href="/desk/review/{made.reference}/">{made.reference}</a>' in shown
    browser.post(again, {"import": ""})
    assert Contribution.objects.count() == 1


def test_files_are_added_to_a_batch(browser, page):
    browser.post(page, {"more": "", "files": [files.upload("b.pdf", files.pdf(["Two"]))]})
    assert [row.values["file"] for row in Batch.objects.get().rows.all()] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip", b"PK\x03\x04", "This ZIP is damaged"), ("a.zip", batches.archive({}), "This ZIP holds no file."),
        ("a.zip", batches.archive({"bomb.txt": b"\0" * 2_000_000}), "This ZIP unpacks to much more"),
        ("a.csv", b"", "This list is empty"), ("a.csv", b"file\n", "This list has headings and no rows"),
        ("a.xlsx", PDF, "This is not a list"),
    ],
)  # fmt: skip
def test_invalid_uploads_are_refused_and_create_no_batch(browser, name, content, sentence, call):
    response = upload(browser, SimpleUploadedFile(name, content), call=call.pk, language="fr")
    shown = text_of(response)
    assert sentence in shown
    assert f'<option value="{call.pk}" selected' in shown
    assert '<option value="fr" selected>' in shown
    assert not Batch.objects.exists()


def test_an_empty_form_is_refused(browser):
    page = text_of(upload(browser))
    assert "Nothing was uploaded: choose files, a ZIP or a list." in page
    assert "<title>Error: " in page


@pytest.mark.parametrize("place", [ADD, "page"])
def test_two_hundred_megabytes_are_refused_without_parsing(browser, page, place, monkeypatch):
    before = Batch.objects.count()
    monkeypatch.setattr("intake.upload_limits.MAX_DISCARDED", 100)
    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", None)
    place = page if place == "page" else place
    said = {"CONTENT_LENGTH": str(200 * 1024 * 1024)}
    response = browser.post(place, b"x" * 100, content_type="multipart/form-data; boundary=x", **said)
    assert (response.status_code, response.url) == (302, place)
    monkeypatch.undo()
    assert "This is more than 150 MB at once: send it in several parts." in text_of(browser.get(place))
    assert Batch.objects.count() == before


def test_too_many_files_are_refused_with_a_message(browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = upload(browser, *(files.upload(f"{number}.txt", b"words") for number in range(3)))
    assert (response.status_code, response.url) == (302, ADD)
    assert "There are too many files at once" in text_of(browser.get(ADD))
    assert not Batch.objects.exists()


def test_forms_require_a_csrf_token(secretary, page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary)
    assert strict.post(ADD, {"kind": "contributions"}).status_code == 403
    assert strict.post(page, {"import": ""}).status_code == 403


def test_other_users_have_no_access(browser_of, reviewer, participant, page):
    for address in (ADD, page):
        assert browser_of(reviewer).get(address).status_code == 403
        assert browser_of(reviewer).post(address, {"import": ""}).status_code == 403
        assert is_absent(browser_of(participant), address)
        assert browser_of(participant).post(address, {"import": ""}).status_code == 404
    assert not Contribution.objects.exists()
    assert browser_of(build.user("root@example.org", is_staff=True, is_superuser=True)).get(page).status_code == 200


@pytest.mark.parametrize("place", [ADD, "page"])
def test_the_body_of_a_large_upload_is_read_only_for_users_with_access(browser_of, reviewer, page, place, monkeypatch):
    read = []
    monkeypatch.setattr("desk.views.imports.discard_body", read.append)
    said = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "content_type": "multipart/form-data; boundary=x"}
    answer = browser_of(reviewer).post(page if place == "page" else place, b"x" * 100, **said)
    assert (answer.status_code, read) == (403, [])


def test_an_unknown_batch_is_not_found(browser):
    assert browser.get("/desk/imports/77/").status_code == 404


def test_a_large_table_is_paginated(browser, secretary, call):
    listed = [LIST[0], *([f"{n}.pdf", "Open Door", f"Title {n}", "en", "yes"] for n in range(250))]
    batch = batches.batch(secretary, [], listed, call=call)
    shown = text_of(browser.get(f"/desk/imports/{batch.pk}/?p=3"))
    assert shown.count('class="batch-wrong"') == 69
    assert "To be corrected: 250." in shown


def test_a_folder_of_more_than_a_hundred_files_is_accepted(browser, call):
    folder = [files.upload(f"{number}.txt", f"Words {number}".encode()) for number in range(120)]
    response = browser.post(ADD, {"kind": "contributions", "folder": folder, "call": call.pk})
    assert response.status_code == 302
    assert Batch.objects.get().rows.count() == 120


def test_a_programme_is_pasted_as_a_table_from_its_part_of_the_workspace(desk):
    dialogue = build.dialogue()
    workspace = desk.get(f"/desk/dialogues/{dialogue.pk}/programme/").content.decode()
    address = f"{reverse('desk:new-import')}?kind=programme&dialogue={dialogue.pk}"
    assert address.replace("&", "&amp;") in workspace
    form = desk.get(address).context["form"]
    assert (form["kind"].value(), form["dialogue"].value()) == ("programme", str(dialogue.pk))
    table = "Number\tTitle\n1\tPorts\n2\tQuays\n"
    answer = desk.post(address, {"kind": "programme", "dialogue": dialogue.pk, "pasted": table}, follow=True)
    assert "Ports" in answer.content.decode()
    batch = Batch.objects.get()
    desk.post(reverse("desk:import", args=[batch.pk]), {"import": ""})
    assert [panel.title for panel in dialogue.panels.order_by("number")] == ["Ports", "Quays"]
