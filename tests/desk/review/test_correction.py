"""The page on which staff correct a contribution."""

import pytest
from django.urls import reverse

from contributions.models import Contribution, Revision
from tests import build

from .reviewing import page as review_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported():
    """A published contribution that was imported, with a file."""
    made = build.contribution(title="Wrong title", language="en", attach=[("a.txt", b"The account of the harbour.")])
    Contribution.objects.update(is_imported=True)
    made.refresh_from_db()
    return made


def page(record):
    return reverse("desk:correct", args=[record.reference])


def data_of(browser, record, **changes):
    """Return what the form of a contribution would send, with these changes."""
    form = browser.get(page(record)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return {"revision": record.newest.number, **sent, "reason": "The list had it wrong.", **changes}


def test_the_page_corrects_a_contribution(imported, desk):
    assert page(imported) in desk.get(review_page(imported)).content.decode()
    (file,) = imported.newest.attachments.all()
    changes = {"title": "Right", "received_on": "2026-02-03", f"file_{file.document_id}_language": "ru"}
    response = desk.post(page(imported), data_of(desk, imported, **changes))
    assert (response.status_code, response.url) == (302, review_page(imported))
    newest = Contribution.objects.get().newest
    assert (newest.number, newest.title, str(newest.received_on)) == (2, "Right", "2026-02-03")
    assert newest.attachments.get().language == "ru"
    assert "Corrected as revision 2." in desk.get(review_page(imported)).content.decode()


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(imported, desk):
    html = desk.post(page(imported), data_of(desk, imported)).content.decode()
    assert "Nothing is changed yet." in html
    html = desk.post(page(imported), data_of(desk, imported, title="Typed", person_name="", appear_as="named"))
    assert "Enter the name that should appear" in html.content.decode()
    assert 'value="Typed"' in html.content.decode()
    html = desk.post(page(imported), data_of(desk, imported, title="Typed", revision="7")).content.decode()
    assert "A newer revision has arrived" in html
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("field", ["organization_name", "person_name", "signers"])
def test_staff_cannot_enter_an_address_as_a_name(imported, desk, field):
    said = "Enter a name without an address or phone number."
    named = {"appear_as": "named", "person_name": "Ana Ruiz"}
    html = desk.post(page(imported), data_of(desk, imported, **named | {field: "ana@opendoor.example"}))
    assert said in html.content.decode()
    assert Contribution.objects.get().newest.number == 1
    assert desk.post(page(imported), data_of(desk, imported, **named | {field: "Ana Ruiz"})).status_code == 302


def test_a_name_that_came_in_as_an_address_does_not_hold_up_another_correction(imported, desk):
    Revision.objects.update(signers="Open Door, info@opendoor.example")
    imported.refresh_from_db()
    assert desk.post(page(imported), data_of(desk, imported, title="Right")).status_code == 302


def test_the_page_is_for_reviewers(imported, participant, browser_of, desk):
    assert browser_of(participant).get(page(imported)).status_code == 404
    helper = build.user("helper@example.org", is_staff=True)
    assert browser_of(helper).post(page(imported), {"title": "Other"}).status_code == 403
    gone = build.contribution(state="withdrawn")
    assert page(gone) not in desk.get(review_page(gone)).content.decode()
    assert desk.get(page(gone)).url == review_page(gone)


def test_a_filed_contribution_is_corrected_without_showing_more_names(participant, desk):
    filed = build.contribution(by=participant, appear_as="organization", attach=[("a.txt", b"The account.")])
    assert page(filed) in desk.get(review_page(filed)).content.decode()
    form = desk.get(page(filed)).context["form"]
    (file,) = filed.newest.attachments.all()
    values = [value for value, _label in form.fields["appear_as"].choices]
    assert values == ["organization", "anonymous"]
    values = [value for value, _label in form.fields[f"file_{file.document_id}_appear_as"].choices]
    assert values == ["", "organization", "anonymous"]
    assert "received_on" not in form.fields
    desk.post(page(filed), data_of(desk, filed, title="Right", appear_as="anonymous"))
    newest = Contribution.objects.get().newest
    assert (newest.title, newest.appear_as, newest.by_staff) == ("Right", "anonymous", True)
    html = desk.post(page(filed), data_of(desk, filed, appear_as="named", revision="2")).content.decode()
    assert "Nothing is corrected yet" in html
    assert Revision.objects.count() == 2
