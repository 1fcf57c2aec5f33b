"""The five steps of a draft: each saves valid fields, shows errors, and is accessible."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from contributions.models import Attachment, Contribution, Revision
from tests import build, gate

pytestmark = pytest.mark.django_db

STEPS = ["who", "answers", "files", "appear", "check"]
JSON = {"accept": "application/json"}


class Page(HTMLParser):
    """The ids, fields, labels and links of a page."""

    def __init__(self, answer):
        super().__init__()
        self.ids, self.fields, self.labels, self.links, self.described = [], [], [], [], []
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            self.fields.append(attrs.get("id"))
        if tag == "label":
            self.labels.append(attrs["for"])
        if tag == "a" and "#" in attrs.get("href", ""):
            self.links.append(attrs["href"])
        self.described += attrs.get("aria-describedby", "").split()
        self.described += attrs.get("aria-labelledby", "").split()


@pytest.fixture
def call():
    made = build.call(word_limit=5, guidance="Read *this*.")
    french = {"fr": {"text": "Que voyez-vous ?"}}
    made.questions.create(number=1, text="What do you see?", word_limit=3, translations=french)
    return made


@pytest.fixture
def draft(call, participant):
    return build.draft(call, by=participant, organization_name="", title="", text="")


def page(record, step):
    return f"/contributions/mine/{record.key}/{step}/"


def stored():
    return Revision.objects.get()


def sound(answer):
    """Check that ids are unique, fields have labels and links within the page have targets."""
    found = Page(answer)
    assert len(found.ids) == len(set(found.ids)), sorted(found.ids)
    assert set(found.fields) <= set(found.labels)
    assert set(found.labels) <= set(found.ids)
    assert set(found.described) <= set(found.ids)
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_full", [False, True])
def test_each_step_is_valid_html(filer, draft, participant, step, is_full):
    if is_full:
        build.attached(draft, by=participant, content=b"words", name="a.txt")
        build.attached(draft, by=participant, content=b"%PDF-1.4", name="b.pdf")
    answer = filer.get(page(draft, step))
    assert answer.status_code == 200
    sound(answer)


WRONG = {
    "who": {"organization_name": "x" * 301, "person_name": "x" * 201, "signers": "x" * 10_001},
    "answers": {"title": "x" * 301, "language": "xx", "answer_1": "x" * 100_001, "text": "x" * 100_001},
    "files": {"upload_language": "xx"},
    "appear": {"appear_as": "famous"},
    "check": {"send": "1"},
}


@pytest.mark.parametrize("step", STEPS)
def test_each_error_is_listed_once_and_links_to_its_field(filer, draft, step):
    answer = filer.post(page(draft, step), WRONG[step])
    assert answer.status_code == 422
    found = sound(answer)
    assert {f"#id_{name}" for name in WRONG[step] if name != "send"} <= set(found.links)
    if step != "check":
        assert "<title>Error: " in answer.content.decode()
        assert "Something needs your attention. What you wrote has been kept." in answer.content.decode()


def test_each_missing_field_is_linked_and_exists(filer, draft, call):
    filer.post(page(draft, "answers"), {"language": "en", "text": "one two three four five six", "answer_1": "a b c d"})
    Revision.objects.update(appear_as="named", language="fr")
    call.languages = ["en"]
    call.save()
    answer = filer.post(page(draft, "check"), {"send": "1"})
    links = [link for link in Page(answer).links if "/mine/" in link]
    fields = {link.split("#")[1]: link.split("#")[0] for link in links}
    assert set(fields) == {
        "id_organization_name",
        "id_person_name",
        "id_title",
        "id_text",
        "id_language",
        "id_answer_1",
    }
    for field, address in fields.items():
        assert field in Page(filer.get(address)).ids
    assert Contribution.objects.get().state == "draft"


def test_a_draft_without_content_gets_a_message_that_links_to_the_text(filer, draft):
    html = filer.get(page(draft, "check")).content.decode()
    address = f"{page(draft, 'answers')}#id_text"
    assert f'<a href="{address}">Write a text, answer a question or attach a file' in html


def test_a_step_saves_and_goes_where_its_button_says(filer, draft):
    words = {"organization_name": "Open Door", "person_name": "Ada", "signers": "One\r\n Two "}
    for go, place in (("answers", "answers"), ("", "who"), ("nowhere", "who")):
        answer = filer.post(page(draft, "who"), words | {"go": go})
        assert (answer.status_code, answer.url) == (302, page(draft, place))
    assert (stored().organization_name, stored().person_name, stored().signer_names) == (
        "Open Door", "Ada", ["One", "Two"],
    )  # fmt: skip
    assert gate.shows(filer, page(draft, "who"), 'value="Open Door"', 'value="Ada"')


@pytest.mark.parametrize("step", STEPS)
def test_every_button_leads_forward_or_back(filer, draft, step):
    html = filer.get(page(draft, step)).content.decode()
    place = STEPS.index(step)
    names = ["who", "answers", "files", "appear", "send"]
    if place:
        assert f'name="go" value="{names[place - 1]}"' in html
    if step != "check":
        assert f'name="go" value="{names[place + 1]}"' in html
        assert filer.post(page(draft, step), {"go": names[place + 1]}).status_code in (302, 422)


def test_valid_fields_are_saved_beside_invalid_ones(filer, draft):
    words = {"title": "x" * 301, "language": "fr", "text": "Kept & typed.", "answer_1": "Ships."}
    answer = filer.post(page(draft, "answers"), words)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{"x" * 301}"' in html
    assert "Kept &amp; typed.</textarea>" in html
    assert (stored().title, stored().language, stored().text) == ("", "fr", "Kept & typed.")
    assert stored().answers.get().text == "Ships."


def test_questions_are_asked_in_the_language_of_the_contribution(filer, draft):
    assert gate.shows(filer, page(draft, "answers"), "What do you see?", "3 words at most.")
    filer.post(page(draft, "answers"), {"title": "T", "language": "fr", "answer_1": "Ships."})
    assert gate.shows(filer, page(draft, "answers"), "Que voyez-vous ?", "Ships.</textarea>")
    assert gate.hides(filer, page(draft, "answers"), "What do you see?")


def test_a_call_offers_its_languages_and_accepts_no_other(filer, call, draft):
    call.languages = ["fr", "en"]
    call.save()
    html = filer.get(page(draft, "answers")).content.decode()
    assert ('value="fr"' in html, 'value="es"' in html) == (True, False)
    answer = filer.post(page(draft, "answers"), {"title": "T", "language": "es"})
    assert (answer.status_code, stored().language, stored().title) == (422, "en", "T")


def test_a_script_saves_valid_fields_and_receives_the_errors(filer, draft):
    answer = filer.post(page(draft, "answers"), {"title": "x" * 301, "language": "en", "text": "Kept."}, headers=JSON)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    told = answer.json()
    assert told["saved"] == f"Saved at {timezone.localtime():%H:%M}"
    assert [error["code"] for error in told["errors"]["title"]] == ["max_length"]
    assert (stored().text, stored().title) == ("Kept.", "")
    told = filer.post(page(draft, "who"), {"organization_name": "Open Door"}, headers=JSON).json()
    assert (told["errors"], stored().organization_name) == ({}, "Open Door")


@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/html,application/json"])
def test_a_browser_receives_a_page(filer, draft, accept):
    answer = filer.post(page(draft, "who"), {"organization_name": "Open Door"}, headers={"accept": accept})
    assert answer.status_code == 302


def test_the_byline_is_shown_before_submission(filer, draft, participant):
    filer.post(page(draft, "who"), {"organization_name": "Zebrahaus", "person_name": "Ibex", "signers": "Okapi"})
    for choice, shown in (("named", ["Ibex, Zebrahaus", "Okapi"]), ("organization", ["Zebrahaus", "Okapi"])):
        filer.post(page(draft, "appear"), {"appear_as": choice})
        assert gate.shows(filer, page(draft, "check"), *shown)
    assert gate.hides(filer, page(draft, "check"), "Ibex")
    filer.post(page(draft, "appear"), {"appear_as": "anonymous"})
    assert gate.shows(filer, page(draft, "check"), "Name withheld at the sender’s request")
    assert gate.hides(filer, page(draft, "check"), "Ibex", "Zebrahaus", "Okapi")


def test_single_files_may_show_fewer_names(filer, draft, participant):
    attachment = build.attached(draft, "a.txt", b"words", by=participant)
    name = f"file_{attachment.document.sha256[:16]}"
    for whole, single, kept in (("organization", "anonymous", "anonymous"), ("anonymous", "named", "")):
        filer.post(page(draft, "appear"), {"appear_as": whole, name: single})
        assert (stored().appear_as, Attachment.objects.get().appear_as) == (whole, kept)


def test_a_closed_call_keeps_the_draft(filer, draft, participant, clock):
    Revision.objects.update(organization_name="Open Door", title="Kept", text="Words.")
    clock(draft.call.closes_at)
    filer.force_login(participant)
    answer = filer.post(page(draft, "check"), {"send": "1", "consent": "on"})
    assert answer.status_code == 422
    assert escape("This call is closed. Your draft is kept") in answer.content.decode()
    assert (Contribution.objects.get().state, stored().title) == ("draft", "Kept")
    assert filer.post(page(draft, "answers"), {"title": "Still mine", "language": "en"}).status_code == 302
    assert stored().title == "Still mine"


def test_every_step_has_a_quick_exit(filer, draft, settings):
    settings.QUICK_EXIT_URL = "https://weather.example/"
    for step in STEPS:
        assert gate.shows(filer, page(draft, step), "Leave this site now", reverse("account_logout"))


def test_a_filer_opens_files_of_their_own_draft_and_no_others(filer, draft, participant):
    build.attached(draft, "secret-name.txt", b"words", by=participant)
    address = f"{page(draft, 'files')}1/"
    answer = filer.get(address)
    assert answer.getvalue().strip() == b"words"
    assert answer["Content-Disposition"] == 'inline; filename="file-1-en.txt"'
    for method in ("post", "put", "patch", "delete"):
        assert getattr(filer, method)(address).status_code == 405
    for number in (0, 2, *gate.TOO_LARGE[:2]):
        assert gate.is_absent(filer, f"{page(draft, 'files')}{number}/")
