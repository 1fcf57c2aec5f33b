import csv
import io

import openpyxl
import pytest
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from contributions.models import Contribution
from dialogues.models import Organization, Quote
from publishing.admin.exports import value_of
from tests import build

SPEAKERS = "/admin/dialogues/speaker/export"


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_list_is_exported_as_csv_with_its_filters(secretary, browser_of):
    body = Organization.objects.create(name="=HYPERLINK(1)")
    build.speaker("Ana Sample", title="Director", organization=body)
    build.speaker("Ben Sample")
    browser = browser_of(secretary)
    rows = rows_of(browser.get(f"{SPEAKERS}.csv"))
    assert [row[:3] for row in rows] == [
        ["name", "title today", "organization today"], ["Ana Sample", "Director", "'=HYPERLINK(1)"],
        ["Ben Sample", "", ""],
    ]  # fmt: skip
    assert rows[0][3:6] == ["title [ar]", "title [zh]", "title [en]"]
    assert rows[1][3:6] == ["", "", "Director"]
    assert [row[0] for row in rows_of(browser.get(f"{SPEAKERS}.csv?q=Ben"))] == ["name", "Ben Sample"]


def test_a_list_is_exported_as_xlsx(secretary, browser_of):
    build.speaker("Ana Sample")
    response = browser_of(secretary).get(f"{SPEAKERS}.xlsx")
    assert response["Content-Disposition"].startswith('attachment; filename="speaker-')
    assert response["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["name", "Ana Sample"]


def test_an_export_has_all_pages_of_a_list(secretary, browser_of):
    for number in range(120):
        build.speaker(f"Speaker {number:03}")
    assert len(rows_of(browser_of(secretary).get(f"{SPEAKERS}.csv?p=2"))) == 121


def test_choices_are_exported_by_their_labels(secretary, browser_of):
    Organization.objects.create(name="Open Door", type="civil-society")
    rows = rows_of(browser_of(secretary).get("/admin/dialogues/organization/export.csv"))
    assert rows[1][:4] == ["Open Door", "", "civil society", ""]


def test_moments_are_exported_in_a_sortable_form_and_cells_without_html(secretary, browser_of):
    made = build.contribution(state="submitted")
    rows = rows_of(browser_of(secretary).get("/admin/contributions/contribution/export.csv"))
    sent = timezone.localtime(made.submitted_at).isoformat(" ", "minutes")
    assert dict(zip(*rows, strict=True))["sent"] == sent
    desk = admin.site._registry[Organization]
    desk.linked = lambda record: format_html('<a href="/">{}</a>', record.name)
    try:
        assert value_of("linked", Organization(name="=A & B"), desk) == "=A & B"
    finally:
        del desk.linked


def test_an_export_hides_what_the_page_hides(reviewer, secretary, browser_of):
    draft = build.contribution(state="draft", title="Not sent")
    build.contribution(state="submitted", title="Sent")
    titles = [row[1] for row in rows_of(browser_of(reviewer).get("/admin/contributions/contribution/export.csv"))]
    assert titles == ["title", "Sent"]
    assert Contribution.objects.filter(pk=draft.pk).exists()


def test_users_without_permission_get_no_export(reviewer, participant, browser_of, client):
    assert browser_of(reviewer).get(f"{SPEAKERS}.csv").status_code == 403
    assert browser_of(participant).get(f"{SPEAKERS}.csv").status_code == 302
    assert client.get(f"{SPEAKERS}.csv").status_code == 302


@pytest.mark.parametrize("place", ["dialogues/speaker/export.pdf", "dialogues/nothing/export.csv"])
def test_unknown_formats_and_models_are_not_found(place, secretary, browser_of):
    assert browser_of(secretary).get(f"/admin/{place}").status_code == 404


def test_an_invalid_query_redirects_to_the_page_of_the_list(secretary, browser_of):
    browser = browser_of(secretary)
    response = browser.get(f"{SPEAKERS}.csv?nonsense=x")
    assert (response.status_code, response.url) == (302, "/admin/dialogues/speaker/")
    assert browser.get(f"{SPEAKERS}.csv?organization__name=x").status_code == 400


def test_every_list_links_to_both_exports_and_both_work(admin_user, browser_of):
    build.quote(build.appearance(build.dialogue()))
    build.contribution(state="submitted")
    browser = browser_of(admin_user)
    for model in admin.site._registry:
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        page = browser.get(place).content.decode()
        for form in ("csv", "xlsx"):
            assert f'href="export.{form}' in page, place
            assert browser.get(f"{place}export.{form}").status_code == 200, place
    assert Quote.objects.exists()


def test_the_export_links_keep_the_filters(secretary, browser_of):
    page = browser_of(secretary).get("/admin/dialogues/organization/?type=state").content.decode()
    assert 'href="export.csv?type=state"' in page
