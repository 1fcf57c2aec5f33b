"""The lists of people, organizations, topics, series, news and the vocabulary, and the forms of what they list."""

import pytest
from django.contrib.auth.models import Permission

from dialogues.models import Organization, Series, Speaker, Topic
from search.models import Concept
from tests import build
from tests.desk.test_records import edit
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


def names(page):
    return [str(record) for record, _uses, _missing in page.context["rows"]]


def uses(page, record):
    """Return where a list says that a record is used, as {label: number}."""
    return next(
        {str(label): number for label, number in found} for one, found, _ in page.context["rows"] if one == record
    )


@pytest.mark.parametrize("kind", ["speaker", "organization", "topic", "series", "news", "concept"])
def test_each_list_leads_to_the_form_of_each_record(desk, kind):
    builders = {
        "speaker": build.speaker,
        "organization": lambda: Organization.objects.create(name="Open Door"),
        "topic": build.topic,
        "series": build.series,
        "news": build.news_item,
        "concept": lambda: build.concept("Ports"),
    }
    made = builders[kind]()
    address = f"/desk/{kind}-{made.pk}/"
    assert shows(desk, f"/desk/records/{kind}/", f'href="{address}"')
    assert shows(desk, f"/desk/records/{kind}/", f"/desk/add/{kind}/")
    back = f'<p class="eyebrow"><a href="/desk/records/{kind}/">'
    assert shows(desk, address, back)
    assert shows(desk, f"/desk/add/{kind}/", back)
    assert desk.get(f"/desk/add/{kind}/").status_code == 200
    assert desk.get(f"/desk/delete/?record={kind}-{made.pk}").status_code == 200


def test_a_list_is_searched_in_each_language(desk):
    Topic.objects.create(name="Children", slug="children", translations={"fr": {"name": "Enfance"}})
    build.topic("Ports")
    assert names(desk.get("/desk/records/topic/")) == ["Children", "Ports"]
    assert names(desk.get("/desk/records/topic/?q=enfance")) == ["Children"]
    assert names(desk.get("/desk/records/topic/?q=harbour")) == []
    build.concept("Non-governmental organization", "NGO")
    assert names(desk.get("/desk/records/concept/?q=ngo")) == ["Non-governmental organization"]


def test_capitals_and_accents_do_not_change_the_order_of_a_list(desk):
    for name in ("zebra", "Écluse", "asylum", "Ports"):
        build.concept(name)
    assert names(desk.get("/desk/records/concept/")) == ["asylum", "Écluse", "Ports", "zebra"]


def test_people_are_sorted_by_family_name_as_readers_see_them(desk):
    for name, family_name in (("Ana Öberg", ""), ("Zoë Abara", ""), ("Rosa Núñez Prieto", "Núñez Prieto")):
        build.speaker(name, family_name=family_name)
    assert names(desk.get("/desk/records/speaker/")) == ["Zoë Abara", "Rosa Núñez Prieto", "Ana Öberg"]


def test_a_news_item_is_not_said_to_be_unused(desk):
    build.news_item()
    build.topic()
    assert shows(desk, "/desk/records/topic/", "Not used yet")
    assert hides(desk, "/desk/records/news/", "Not used yet")


def test_a_list_says_where_records_are_used(desk):
    topic, unused = build.topic("Children"), build.topic("Ports")
    for public in (True, False):
        build.dialogue(public=public).topics.add(topic)
    build.contribution(build.call(), state="submitted").topics.add(topic)
    build.contribution(build.call(), state="draft").topics.add(topic)
    page = desk.get("/desk/records/topic/")
    assert uses(page, topic) == {"Dialogues": 2, "Contributions": 1}
    assert uses(page, unused) == {}
    assert "Not used yet" in page.content.decode()


def test_a_list_counts_nothing_that_its_reader_may_not_see(browser_of, reviewer):
    topic, hidden = build.topic("Children"), build.topic("Hidden topic", public=False)
    for public in (True, False):
        build.dialogue(public=public).topics.add(topic)
    browser = browser_of(reviewer)
    page = browser.get("/desk/records/topic/")
    assert uses(page, topic) == {"Dialogues": 1}
    assert hidden.name not in page.content.decode()
    assert f"/desk/topic-{topic.pk}/" not in page.content.decode()
    assert browser.get("/desk/records/speaker/").status_code == 403
    assert hides(browser, "/desk/records/topic/", "/desk/records/speaker/")


def test_a_list_that_does_not_exist_is_absent(desk):
    assert desk.get("/desk/records/quote/").status_code == 404


def test_the_first_list_is_one_that_the_user_may_open(desk, browser_of, reviewer):
    assert desk.get("/desk/records/").url == "/desk/records/speaker/"
    assert browser_of(reviewer).get("/desk/records/").url == "/desk/records/organization/"
    helper = build.user("helper@example.org", is_staff=True)
    assert browser_of(helper).get("/desk/records/").status_code == 403


def test_a_topic_is_edited_with_its_translations(desk):
    topic = Topic.objects.create(name="Children", slug="children", translations={"fr": {"name": "Enfants"}})
    address = f"/desk/topic-{topic.pk}/"
    assert "name_en" not in desk.get(address).context["form"].fields
    edit(desk, address, name_fr="Enfance", name_ar="الأطفال", slug="childhood")
    topic.refresh_from_db()
    assert topic.translations == {"fr": {"name": "Enfance"}, "ar": {"name": "الأطفال"}}
    assert desk.get("/topics/children/").status_code == 404  # a draft has no address that leads on
    edit(desk, address, name_fr="")
    topic.refresh_from_db()
    assert topic.translations == {"ar": {"name": "الأطفال"}}
    page = desk.get("/desk/records/topic/")
    missing = page.context["rows"][0][2]
    assert ("Français" in missing, "العربية" in missing) == (True, False)
    assert "Not translated into: <bdi>" in page.content.decode()


def test_newer_translations_are_not_overwritten_unseen(desk):
    topic = build.topic()
    page = desk.get(f"/desk/topic-{topic.pk}/")
    sent = {"name": "Children", "original_language": "en", "slug": topic.slug, "name_fr": "Mine",
            "seen": page.context["form"].initial["seen"]}  # fmt: skip
    Topic.objects.filter(pk=topic.pk).update(translations={"fr": {"name": "Theirs"}})
    assert "Someone else saved this" in desk.post(f"/desk/topic-{topic.pk}/", sent).content.decode()
    topic.refresh_from_db()
    assert topic.translations["fr"]["name"] == "Theirs"


def test_a_term_of_another_concept_is_refused(desk):
    build.concept("Trafficking", "TIP")
    sent = {"name": "Smuggling", "original_language": "en", "other_terms": "TIP"}
    assert "is already a term of" in desk.post("/desk/add/concept/", sent).content.decode()
    sent["other_terms"], sent["other_terms_fr"] = "SOM", "trafic"
    desk.post("/desk/add/concept/", sent)
    assert Concept.objects.get(name="Smuggling").translations == {"fr": {"other_terms": "trafic"}}


def test_a_series_is_added_and_corrected(desk):
    sent = {"name": "Firearms", "code": "FIR", "slug": "firearms"}
    desk.post("/desk/add/series/", sent)
    series = Series.objects.get()
    edit(desk, f"/desk/series-{series.pk}/", name="Firearms and parts")
    assert Series.objects.get().name == "Firearms and parts"


def test_only_those_who_may_change_a_topic_open_its_form(browser_of, reviewer):
    topic = build.topic()
    assert browser_of(reviewer).get(f"/desk/topic-{topic.pk}/").status_code == 403
    helper = build.user("helper@example.org", is_staff=True)
    helper.user_permissions.add(
        Permission.objects.get(codename="change_topic"), Permission.objects.get(codename="view_topic")
    )
    assert browser_of(helper).get(f"/desk/topic-{topic.pk}/").status_code == 200


def test_the_list_of_people_leads_to_family_names_to_check(desk):
    build.speaker("Ana Ruiz Soto")
    build.speaker("Ben Ruiz Soto", family_name="Ruiz Soto")
    build.speaker("Eva Short")
    everyone = "/desk/records/speaker/"
    assert shows(desk, everyone, "Check 1 family name", "Ben Ruiz Soto", "Eva Short")
    unsure = f"{everyone}?check=family-name"
    assert shows(desk, unsure, "Ana Ruiz Soto", "Sorted by “Soto”")
    assert hides(desk, unsure, "Ben Ruiz Soto", "Eva Short")
    Speaker.objects.filter(name="Ana Ruiz Soto").update(family_name="Ruiz Soto")
    assert hides(desk, everyone, "family name")
    assert hides(desk, "/desk/records/organization/?check=family-name", "family name")


def test_a_person_lacks_no_translation_of_their_name(desk):
    speaker, topic = build.speaker("Ada One"), build.topic("Ports")
    for kind, record, is_lacking in (("speaker", speaker, False), ("topic", topic, True)):
        page = desk.get(f"/desk/records/{kind}/")
        missing = next(languages for one, _uses, languages in page.context["rows"] if one == record)
        assert bool(missing) is is_lacking


def test_missing_translations_are_one_of_the_lists(desk):
    assert shows(desk, "/desk/translations/", 'href="/desk/translations/" aria-current="page"', "/desk/records/topic/")
