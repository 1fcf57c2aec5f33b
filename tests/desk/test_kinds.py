"""Whatever came in can be corrected on the desk: the form of each kind of record opens, and saves what it shows."""

import pytest
from django.contrib.auth.models import Permission

from contributions.models import Contribution
from desk.kinds import KINDS, desk_page, key_of
from dialogues.models import ExpectedDocument, Organization, ParticipationCount, Sitting
from tests import build
from tests.desk.test_records import edit, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def builders(dialogue):
    """Return what makes a record of each kind, by its name."""
    return {
        "dialogue": lambda: dialogue,
        "sitting": lambda: Sitting.objects.create(
            dialogue=dialogue, starts_at="2024-07-10T08:00Z", ends_at="2024-07-10T10:00Z"
        ),
        "panel": lambda: build.panel(dialogue),
        "appearance": lambda: build.appearance(dialogue),
        "summary": lambda: build.summary(dialogue),
        "quote": lambda: build.quote(build.appearance(dialogue)),
        "paper": lambda: build.paper(dialogue),
        "expected": lambda: ExpectedDocument.objects.create(dialogue=dialogue, kind="programme"),
        "statement": lambda: build.statement(dialogue),
        "recording": lambda: build.recording(dialogue),
        "count": lambda: ParticipationCount.objects.create(dialogue=dialogue, what="people", number=3),
        "photograph": lambda: build.photograph(dialogue, public=False),
        "call": lambda: build.call(dialogue),
        "speaker": build.speaker,
        "organization": lambda: Organization.objects.create(name="Open Door"),
        "topic": build.topic,
        "series": build.series,
        "concept": lambda: build.concept("Ports"),
        "news": build.news_item,
    }


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.form])
def test_the_form_of_each_kind_saves_what_it_shows(desk, name):
    record = builders(build.dialogue())[name]()
    assert key_of(record) == f"{name}-{record.pk}"
    before = values(desk.get(f"/desk/{name}-{record.pk}/"))
    page = edit(desk, f"/desk/{name}-{record.pk}/")
    assert "Saved." in page.content.decode()
    after = values(desk.get(f"/desk/{name}-{record.pk}/"))
    assert {field: value for field, value in after.items() if field != "seen"} == {
        field: value for field, value in before.items() if field != "seen"
    }


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.form])
def test_no_page_of_a_record_is_in_the_admin(name):
    assert desk_page(builders(build.dialogue())[name]()).startswith("/desk/")


def test_a_contribution_is_corrected_whether_it_was_filed_or_imported(desk, participant):
    for record in (build.contribution(by=participant), build.contribution()):
        assert desk_page(record) == f"/desk/review/{record.reference}/"
        assert f"/desk/review/{record.reference}/correct/" in desk.get(desk_page(record)).content.decode()
    assert Contribution.objects.count() == 2


def test_a_quote_is_given_to_another_news_item_of_its_dialogue(desk):
    dialogue = build.dialogue()
    right, wrong = build.news_item("Right", about=[dialogue]), build.news_item("Wrong")
    quote = build.quote(build.appearance(dialogue))
    address = f"/desk/quote-{quote.pk}/"
    edit(desk, address, news_item=right.pk)
    quote.refresh_from_db()
    assert quote.news_item == right
    edit(desk, address, news_item=wrong.pk)
    quote.refresh_from_db()
    assert quote.news_item == right


def test_the_news_item_of_a_quote_stays_where_its_editor_may_not_see_it(browser_of):
    quote = build.quote(build.appearance(build.dialogue()), news_item=build.news_item("Hidden", public=False))
    editor = build.user("editor@example.org", is_staff=True)
    codes = ["view_quote", "change_quote", "view_dialogue"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    browser, address = browser_of(editor), f"/desk/quote-{quote.pk}/"
    assert "Hidden" not in browser.get(address).content.decode()
    edit(browser, address, text="Other words.")
    before = quote.news_item
    quote.refresh_from_db()
    assert (quote.text, quote.news_item) == ("Other words.", before)
