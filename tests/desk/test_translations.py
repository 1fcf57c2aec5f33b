"""Translations on the desk: of a record beside the original, of a dialogue, of the site, and lists out and in."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dialogues.models import Dialogue, Organization
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

EXPORT = "/desk/translations/list"
IMPORT = "/desk/translations/import/"


@pytest.fixture
def dialogue():
    made = build.dialogue(title="Third dialogue", city="Vienna", description="- About ports")
    made.translations = {"fr": {"title": "Troisième dialogue"}}
    made.save()
    return made


def save(desk, record, **fields):
    """Open the page of the translations of a record, and save it with other values."""
    address = f"/desk/translations/{record._meta.model_name}-{record.pk}/"
    form = desk.get(address).context["form"]
    data = {form[name].html_name: form[name].value() or "" for name in form.fields}
    return desk.post(address, data | fields)


def exported(desk, query=""):
    """Return the rows of the exported list as dictionaries."""
    content = desk.get(f"{EXPORT}.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def send(desk, rows):
    """Send rows back as a list."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return desk.post(IMPORT, {"list": SimpleUploadedFile("list.csv", file.getvalue().encode())})


def row_of(rows, key, field):
    return next(row for row in rows if (row["record"], row["field"]) == (key, field))


class TestGuidingQuestions:
    def test_a_question_of_a_call_is_translated_like_other_texts(self, desk, dialogue, client):
        call = build.call(dialogue)
        question = call.questions.create(number=1, text="What do you see?")
        part = desk.get(f"/desk/dialogues/{dialogue.pk}/translations/").content.decode()
        assert f"/desk/translations/question-{question.pk}/" in part
        save_at = f"/desk/translations/question-{question.pk}/"
        form = desk.get(save_at).context["form"]
        data = {form[name].html_name: form[name].value() or "" for name in form.fields}
        desk.post(save_at, data | {"text_fr": "Que voyez-vous ?"})
        question.refresh_from_db()
        assert question.translations == {"fr": {"text": "Que voyez-vous ?"}}
        assert shows(client, f"/fr{call.get_absolute_url()}", '<li value="1" lang="fr" dir="auto">Que voyez-vous ?')
        assert row_of(exported(desk), f"question-{question.pk}", "text")["fr"] == "Que voyez-vous ?"
        assert shows(desk, save_at, f'href="/desk/call-{call.pk}/"')

    def test_a_question_of_a_call_that_staff_may_not_see_is_absent(self, desk, dialogue, browser_of):
        hidden = build.call(dialogue, public=False).questions.create(number=1, text="What do you see?")
        reader = build.user("reader@example.org", is_staff=True)
        assert browser_of(reader).get(f"/desk/translations/question-{hidden.pk}/").status_code in (403, 404)


class TestPageOfARecord:
    def test_the_page_shows_the_original_beside_the_fields(self, desk, dialogue):
        page = f"/desk/translations/dialogue-{dialogue.pk}/"
        assert shows(
            desk, page, '<div class="original" lang="en" dir="ltr"><p>Third dialogue</p>', "Troisième dialogue"
        )
        assert shows(desk, page, 'name="title_ar"', 'dir="rtl"', 'name="description_ru"')
        assert hides(desk, page, 'name="title_en"', 'name="follows_fr"')
        assert shows(desk, f"{page}?language=ar", 'name="title_ar"')
        assert hides(desk, f"{page}?language=ar", 'name="title_fr"')

    def test_saving_writes_translations_and_their_history(self, desk, dialogue):
        assert save(desk, dialogue, city_fr="Vienne", title_fr="").status_code == 302
        dialogue.refresh_from_db()
        assert dialogue.translations == {"fr": {"city": "Vienne"}}
        assert dialogue.city == "Vienna"
        assert shows(desk, f"/desk/history/dialogue-{dialogue.pk}/", "City (Français)", "Vienne")
        assert shows(desk, "/desk/search/?q=vienne", "Third dialogue")

    def test_a_page_of_one_language_leaves_the_others(self, desk, dialogue):
        address = f"/desk/translations/dialogue-{dialogue.pk}/?language=es"
        form = desk.get(address).context["form"]
        data = {"seen": form["seen"].value(), "original_language": "en", "title_es": "Tercer diálogo"}
        assert desk.post(address, data)["Location"] == address
        dialogue.refresh_from_db()
        assert dialogue.translations == {"fr": {"title": "Troisième dialogue"}, "es": {"title": "Tercer diálogo"}}

    def test_a_translation_that_is_too_long_is_refused_at_its_field_and_kept(self, desk, dialogue):
        response = save(desk, dialogue, city_fr="V" * 101)
        assert "city_fr" in response.context["form"].errors
        assert "V" * 101 in response.content.decode()

    def test_a_changed_original_is_told_before_anything_is_saved(self, desk, dialogue):
        address = f"/desk/translations/dialogue-{dialogue.pk}/"
        form = desk.get(address).context["form"]
        Dialogue.objects.filter(pk=dialogue.pk).update(title="Fourth dialogue")
        data = {form[name].html_name: form[name].value() or "" for name in form.fields}
        response = desk.post(address, data | {"title_es": "Tercer diálogo"})
        assert response.status_code == 200
        assert response.context["form"].is_outdated
        assert "Fourth dialogue" in response.content.decode()

    def test_the_language_of_the_originals_can_be_corrected(self, desk, dialogue):
        save(desk, dialogue, original_language="fr")
        dialogue.refresh_from_db()
        assert (dialogue.original_language, dialogue.translations) == ("fr", {})

    @pytest.mark.parametrize("name", ["paper", "statement", "photograph", "recording", "call"])
    def test_each_kind_has_one(self, desk, dialogue, name):
        made = getattr(build, name)(dialogue, **({"title": "Title"} if name == "statement" else {}))
        field = "caption" if name == "photograph" else "title"
        save(desk, made, **{f"{field}_fr": "En français"})
        made.refresh_from_db()
        assert made.translations == {"fr": {field: "En français"}}
        if name in ("paper", "statement"):
            address = f"/desk/translations/{name}-{made.pk}/"
            assert hides(desk, address, "original_language")

    def test_forms_of_records_lead_to_it_with_the_number_that_is_missing(self, desk, dialogue):
        page = f"/desk/translations/dialogue-{dialogue.pk}/"
        assert shows(desk, f"/desk/dialogue-{dialogue.pk}/", page)
        body = Organization.objects.create(name="Open Door")
        assert shows(
            desk, f"/desk/organization-{body.pk}/", f'organization-{body.pk}/">Translations <span class="count">5'
        )

    def test_the_page_is_absent_for_others(self, desk, dialogue, browser_of, reviewer, client):
        page = f"/desk/translations/dialogue-{dialogue.pk}/"
        assert browser_of(reviewer).get(page).status_code == 403
        assert client.get(page).status_code == 302
        assert desk.get("/desk/translations/dialogue-999/").status_code == 404
        sitting = f"/desk/translations/concept-{build.concept('Ports').pk}/"
        assert desk.get(sitting).status_code == 404


class TestWhatIsMissing:
    def test_a_dialogue_lists_its_records_with_what_is_missing(self, desk, dialogue):
        build.panel(dialogue, title="Of ports")
        build.panel(build.dialogue(title="Another"), title="Elsewhere")
        page = f"/desk/dialogues/{dialogue.pk}/translations/"
        assert shows(desk, page, "Third dialogue", "Of ports", "Series TIP")
        assert hides(desk, page, "Elsewhere")
        totals = {code: number for code, _name, number in desk.get(page).context["totals"]}
        # The dialogue has three texts, the panel and the series one each; the French title is there.
        assert totals == {"ar": 5, "zh": 5, "en": 0, "fr": 4, "ru": 5, "es": 5}

    def test_the_site_lists_all_records_with_missing_texts(self, desk, dialogue):
        done = build.topic("Debt")
        done.translations = {code: {"name": f"Debt {code}"} for code in ("ar", "zh", "fr", "ru", "es")}
        done.save()
        build.topic("Ports")
        assert shows(desk, "/desk/translations/", "Third dialogue", "Ports")
        assert hides(desk, "/desk/translations/", ">Debt<")
        assert hides(desk, "/desk/translations/?kind=topic", "Third dialogue")
        dialogue.translations["fr"] |= {"city": "Vienne", "description": "Ports"}
        dialogue.save()
        assert hides(desk, "/desk/translations/?language=fr", "Third dialogue")
        assert shows(desk, "/desk/translations/?language=ar", "Third dialogue")


class TestLists:
    def test_a_list_has_a_row_for_each_text_and_a_column_for_each_language(self, desk, dialogue):
        rows = exported(desk, f"?dialogue={dialogue.pk}")
        own = row_of(rows, f"dialogue-{dialogue.pk}", "title")
        assert (own["en"], own["fr"], own["ar"]) == ("Third dialogue", "Troisième dialogue", "")
        assert {row["record"].partition("-")[0] for row in rows} == {"dialogue", "series"}
        book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{EXPORT}.xlsx").content))
        assert [cell.value for cell in book.active[1]][:4] == ["record", "field", "title", "original language"]

    def test_an_edited_list_adds_translations(self, desk, dialogue):
        rows = exported(desk)
        row_of(rows, f"dialogue-{dialogue.pk}", "title")["ar"] = "الحوار الثالث"
        row_of(rows, f"dialogue-{dialogue.pk}", "description")["fr"] = "- Sur les ports"
        row_of(rows, f"dialogue-{dialogue.pk}", "title")["fr"] = "Le troisième dialogue"
        assert send(desk, rows).status_code == 302
        dialogue.refresh_from_db()
        assert dialogue.translations == {
            "fr": {"title": "Le troisième dialogue", "description": "- Sur les ports"},
            "ar": {"title": "الحوار الثالث"},
        }
        assert dialogue.title == "Third dialogue"

    def test_empty_cells_change_nothing(self, desk, dialogue):
        rows = exported(desk)
        row_of(rows, f"dialogue-{dialogue.pk}", "title")["fr"] = ""
        send(desk, rows)
        dialogue.refresh_from_db()
        assert dialogue.translations == {"fr": {"title": "Troisième dialogue"}}

    def test_a_text_that_changed_after_the_export_is_not_overwritten(self, desk, dialogue):
        rows = exported(desk)
        row_of(rows, f"dialogue-{dialogue.pk}", "title")["fr"] = "Le dialogue"
        row_of(rows, f"dialogue-{dialogue.pk}", "city")["fr"] = "Vienne"
        dialogue.translations["fr"]["title"] = "Dialogue trois"
        dialogue.save()
        page = send(desk, rows).content.decode()
        assert "column fr: this text was changed after the export. It is now “Dialogue trois”" in page
        dialogue.refresh_from_db()
        assert dialogue.translations == {"fr": {"title": "Dialogue trois"}}

    def test_a_changed_original_is_told(self, desk, dialogue):
        rows = exported(desk)
        row_of(rows, f"dialogue-{dialogue.pk}", "city")["fr"] = "Vienne"
        dialogue.title = "Fourth dialogue"
        dialogue.save()
        page = send(desk, rows).content.decode()
        assert "column en: the original is now “Fourth dialogue”" in page
        dialogue.refresh_from_db()
        assert "city" not in dialogue.translations["fr"]

    def test_errors_name_the_cell(self, desk, dialogue):
        rows = exported(desk)
        row = row_of(rows, f"dialogue-{dialogue.pk}", "city")
        row["es"] = "V" * 101
        page = send(desk, rows).content.decode()
        assert f"Row {rows.index(row) + 2}: column es: Ensure this value has at most 100 characters" in page
        row["es"], row["record"] = "", "dialogue-999"
        assert "There is no record “dialogue-999” that you may change." in send(desk, rows).content.decode()
        row["record"], row["field"] = f"dialogue-{dialogue.pk}", "slug"
        assert "There is no text “slug” here." in send(desk, rows).content.decode()

    def test_a_list_that_is_none_is_refused(self, desk):
        response = desk.post(IMPORT, {"list": SimpleUploadedFile("list.pdf", b"%PDF-1.7")})
        assert "list" in response.context["form"].errors
        assert "list" in desk.post(IMPORT, {}).context["form"].errors

    def test_lists_show_nothing_hidden_to_reviewers(self, browser_of, reviewer, dialogue):
        build.dialogue(title="A draft", public=False)
        browser = browser_of(reviewer)
        response = browser.get(f"{EXPORT}.csv")
        assert response.status_code == 403 or "A draft" not in response.content.decode()
        assert browser.post(IMPORT, {}).status_code == 403
