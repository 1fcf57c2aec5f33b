"""Translations of a record: the model, the admin form, the history, undo and exports. A topic stands for any model."""

import csv
import io

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from dialogues.models import Topic
from publishing import workflow
from publishing.admin.translations import TranslationHistory
from publishing.models import Translatable, localized
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]
TRANSLATIONS = {"fr": {"name": "Frais de recrutement"}, "ar": {"name": "رسوم التوظيف"}}


@pytest.fixture
def topic():
    topic = build.topic("Recruitment fees", public=False)
    topic.translations = TRANSLATIONS
    topic.save()
    return topic


def change_page(topic):
    return reverse("admin:dialogues_topic_change", args=[topic.pk])


def submit(browser, topic, **changes):
    """Save the change page of a topic with some fields changed; return the response."""
    page = browser.get(change_page(topic))
    form = page.context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        values |= {f"{inline.formset.prefix}-TOTAL_FORMS": 0, f"{inline.formset.prefix}-INITIAL_FORMS": 0}
    response = browser.post(change_page(topic), values | changes)
    topic.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("language", "name", "found"),
    [
        ("en", "Recruitment fees", "en"),
        ("fr", "Frais de recrutement", "fr"),
        ("ar", "رسوم التوظيف", "ar"),
        ("ru", "Recruitment fees", "en"),
        ("zh-hans", "Recruitment fees", "en"),
    ],
)
def test_a_text_is_in_the_language_of_the_page_or_else_the_original(topic, language, name, found):
    with override(language):
        assert (topic.localized.name, topic.localized.name.language) == (name, found)
        assert (topic.name, str(topic)) == ("Recruitment fees", "Recruitment fees")


def test_chinese_pages_take_the_chinese_text(topic):
    topic.translations = {"zh": {"name": "招聘费"}}
    with override("zh-hans"):
        assert topic.localized.name == "招聘费"


def test_other_fields_are_not_localized(topic):
    with pytest.raises(AttributeError):
        _ = topic.localized.slug


def test_each_language_and_what_is_missing(topic):
    names = [(text.language, text.text) for text in topic.in_each_language("name")]
    assert names == [("en", "Recruitment fees"), ("ar", "رسوم التوظيف"), ("fr", "Frais de recrutement")]
    assert topic.missing_languages("name") == [code for code in LANGUAGES if code not in ("en", "ar", "fr")]
    topic.name = ""
    assert topic.missing_languages("name") == []


def test_changing_the_translations_of_one_record_changes_no_other(topic):
    one, same = Topic.objects.get(pk=topic.pk), Topic.objects.get(pk=topic.pk)
    one.translations["fr"]["name"] = "Frais"
    one.translations["es"] = {"name": "Tasas"}
    assert same.translations == Topic.objects.get(pk=topic.pk).translations == TRANSLATIONS
    one.save()
    topic.refresh_from_db()
    assert topic.translations == TRANSLATIONS | {"fr": {"name": "Frais"}, "es": {"name": "Tasas"}}


def test_a_query_can_ask_for_a_part_of_the_translations(topic):
    parts = Topic.objects.values_list("translations", "translations__fr", "translations__fr__name")
    assert list(parts) == [(TRANSLATIONS, TRANSLATIONS["fr"], TRANSLATIONS["fr"]["name"])]


def test_records_are_sorted_by_the_text_that_the_page_shows(topic):
    other = build.topic("Access")
    other.translations = {"fr": {"name": "Zones"}}
    other.save()
    expected = {"en": ["Access", "Recruitment fees"], "fr": ["Recruitment fees", "Access"]}
    for language, names in expected.items():
        with override(language):
            assert list(Topic.objects.order_by(localized("name")).values_list("name", flat=True)) == names


@pytest.mark.parametrize(
    "translations",
    [
        {"de": {"name": "Gebühren"}},
        {"en": {"name": "Fees"}},
        {"fr": {"slug": "frais"}},
        {"fr": {"name": " "}},
        {"fr": {"name": 1}},
        {"fr": {"name": "x" * 201}},
    ],
)
def test_invalid_translations_are_refused(topic, translations):
    topic.full_clean()
    topic.translations = translations
    with pytest.raises(ValidationError):
        topic.full_clean()


def test_a_deleted_record_is_restored_with_its_translations(topic):
    deletion = workflow.delete(topic, by=None)
    assert workflow.restore(deletion, by=None).translations == TRANSLATIONS


def test_the_form_shows_the_other_languages_and_what_is_missing(topic, desk):
    page = desk.get(change_page(topic))
    form = page.context["adminform"].form
    others = [code for code in LANGUAGES if code != "en"]
    assert [name for name in form.fields if name.startswith("name_")] == [f"name_{code}" for code in others]
    content = page.content.decode()
    assert "中文, Русский, Español" in content
    assert 'value="رسوم التوظيف"' in content
    assert 'lang="ar" dir="rtl"' in content


def test_the_form_for_a_new_record_takes_translations(desk):
    desk.post(
        reverse("admin:dialogues_topic_add"),
        {"name": "Enfants", "slug": "enfants", "original_language": "fr", "name_ru": "Дети", "name_fr": "Ignored"},
    )
    topic = Topic.objects.get()
    assert (topic.name, topic.original_language, topic.translations) == ("Enfants", "fr", {"ru": {"name": "Дети"}})


def test_the_form_adds_changes_and_empties_translations(topic, desk):
    submit(desk, topic, name_fr="Frais", name_ar="", name_es="Tasas")
    assert topic.translations == {"fr": {"name": "Frais"}, "es": {"name": "Tasas"}}
    submit(desk, topic, name_fr="", name_es="")
    assert topic.translations == {}
    assert topic.name == "Recruitment fees"


def test_saving_the_form_unchanged_changes_nothing(topic, desk):
    submit(desk, topic)
    assert topic.translations == TRANSLATIONS


def test_a_translation_that_is_too_long_is_an_error_at_its_field(topic, desk):
    response = submit(desk, topic, name_fr="x" * 201)
    assert list(response.context["adminform"].form.errors) == ["name_fr"]
    assert topic.translations == TRANSLATIONS


def test_changing_the_original_language_drops_the_translation_into_it(topic, desk):
    submit(desk, topic, name="Frais", original_language="fr")
    assert topic.translations == {"ar": TRANSLATIONS["ar"]}
    assert "name_en" in desk.get(change_page(topic)).context["adminform"].form.fields


def test_users_with_view_permission_see_the_translations(topic, reviewer, browser_of):
    workflow.publish(topic, by=None)
    browser = browser_of(reviewer)
    content = browser.get(change_page(topic)).content.decode()
    assert "العربية: رسوم التوظيف, Français: Frais de recrutement" in content
    assert '<input type="text"' not in content
    workflow.unpublish(topic, by=None)
    assert browser.get(change_page(topic)).status_code == 302


def test_the_history_shows_the_text_that_changed(topic, desk):
    submit(desk, topic, name_fr="Frais <b>", name_es="Tasas")
    content = desk.get(reverse("admin:dialogues_topic_history", args=[topic.pk])).content.decode()
    assert "<strong>Name (Français)</strong>: <del>Frais de recrutement</del> <ins>Frais &lt;b&gt;</ins>" in content
    assert "<strong>Name (Español)</strong>: <del></del> <ins>Tasas</ins>" in content
    assert content.count("Name (العربية)") == 1  # when the fixture added it, and not again
    assert "Translations</strong>" not in content


def test_every_history_page_of_the_admin_shows_translated_texts():
    admins = [one for model, one in admin.site._registry.items() if issubclass(model, Translatable)]
    helpers = {
        type(one.get_historical_record_context_helper(None, None))
        for one in admins
        if hasattr(one, "get_historical_record_context_helper")
    }
    assert helpers == {TranslationHistory}


def test_the_admin_list_searches_all_languages_and_says_what_is_missing(topic, desk):
    build.topic("Remedy")
    address = reverse("admin:dialogues_topic_changelist")
    for words in ("Recruitment", "recrutement", "رسوم"):
        response = desk.get(address, {"q": words})
        assert [record.name for record in response.context["cl"].queryset] == ["Recruitment fees"]
    assert "中文, Русский, Español" in desk.get(address).content.decode()


def test_an_export_has_a_column_for_each_language(topic, desk):
    topic.original_language = "es"
    topic.save()
    response = desk.get("/admin/dialogues/topic/export.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    row = dict(zip(*rows, strict=True))
    assert {heading: text for heading, text in row.items() if heading.startswith("name")} == {
        "name": "Recruitment fees", **dict.fromkeys((f"name [{code}]" for code in LANGUAGES), ""),
        "name [es]": "Recruitment fees", "name [fr]": "Frais de recrutement", "name [ar]": "رسوم التوظيف",
    }  # fmt: skip
