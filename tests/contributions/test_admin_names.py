"""The review shows nothing it does not need: not the filer's account, hidden names or the store of files."""

import pytest
from django.urls import reverse

from contributions import workflow
from contributions.models import Attachment
from dialogues.models import Organization
from documents.models import Document
from publishing import workflow as proceedings
from tests import build

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:contributions_contribution_changelist")
SENDER = ">the sender<"  # in a cell of the log


@pytest.fixture
def record(participant):
    made = build.draft(build.call(title="The call"), by=participant)
    build.attached(made, "secret-name.txt", b"words", by=participant)
    workflow.submit(made, by=participant, consent=True)
    return made


def page(record):
    return reverse("admin:contributions_contribution_change", args=[record.pk])


def review(record):
    return reverse("desk:review-page", args=[record.reference])


def found(browser, query):
    return list(browser.get(QUEUE, query).context["cl"].queryset)


def test_the_filers_address_is_shown_to_those_who_may_view_accounts(desk, office, record, participant):
    for browser, shown in ((desk, False), (office, True)):
        html = browser.get(page(record)).content.decode()
        assert (participant.email in html) is shown
        assert SENDER in html


def test_search_does_not_reveal_whose_an_address_is(desk, office, record, participant):
    assert found(desk, {"q": participant.email}) == []
    assert found(office, {"q": participant.email}) == [record]
    for browser in (desk, office):
        assert found(browser, {"q": record.reference}) == [record]
        assert browser.get(QUEUE, {"filer__email": participant.email}).status_code == 400


def test_the_log_shows_the_names_of_colleagues(desk, record, secretary):
    workflow.publish(build.checked(record), by=secretary)
    html = desk.get(page(record)).content.decode()
    assert secretary.email in html
    assert SENDER in html


def test_a_move_made_by_a_command_names_nobody(desk):
    assert SENDER not in desk.get(page(build.contribution(state="submitted"))).content.decode()


def test_the_name_of_a_hidden_call_is_not_shown(desk, office, record):
    other = build.contribution(build.call(title="Another call"), state="submitted")
    build.contribution(build.call(title="A third call"), state="submitted")
    for address in (QUEUE, page(record)):
        assert "The call" in desk.get(address).content.decode()
    proceedings.unpublish(record.call.dialogue, by=None)
    for address in (QUEUE, page(record)):
        assert "The call" not in desk.get(address).content.decode()
        assert "The call" in office.get(address).content.decode()
    assert "Another call" in desk.get(page(other)).content.decode()


def test_a_hidden_topic_is_named_only_to_those_who_see_drafts(desk, office, record):
    record.topics.set([build.topic("Ports"), build.topic("Quaggas", public=False)])
    for place in (page(record), review(record)):
        assert "Quaggas" not in desk.get(place).content.decode()
        assert "Quaggas" in office.get(place).content.decode()


def test_a_reviewer_may_choose_an_organization_that_is_not_public(desk, record):
    Organization.objects.create(name="New body")
    assert desk.get("/desk/names/organization/?q=New").json() == ["New body"]


def test_reviewers_open_files_through_contributions_and_not_through_the_store(desk, office, record):
    (document,) = Document.objects.all()
    store = [reverse("admin:documents_document_changelist"),
             reverse("admin:documents_document_change", args=[document.pk])]  # fmt: skip
    for address in store:
        assert desk.get(address).status_code == 403
        assert office.get(address).status_code == 200
    shortcut = {"app_label": "contributions", "model_name": "attachment", "field_name": "document", "term": ""}
    assert desk.get(reverse("admin:autocomplete"), shortcut).status_code == 403
    html = desk.get(review(record)).content.decode()
    assert f'href="{review(record)}files/1/"' in html
    assert "secret-name" not in html
    assert desk.get(Attachment.objects.get().get_absolute_url()).status_code == 200


def test_autocompletion_for_the_filer_does_not_list_accounts(desk):
    query = {"app_label": "contributions", "model_name": "contribution", "field_name": "filer", "term": "@"}
    assert desk.get(reverse("admin:autocomplete"), query).status_code == 403


def test_reviewers_see_names_and_signers_that_the_byline_withholds(desk, office):
    words = {"organization_name": "Zebrahaus", "person_name": "Ibex", "signers": "Okapi"}
    record = build.contribution(state="submitted", appear_as="anonymous", **words)
    for browser in (desk, office):
        html = browser.get(review(record)).content.decode()
        for word in (*words.values(), "Without any name"):
            assert word in html


def test_only_reviewers_can_be_assigned(desk, record, reviewer, secretary, stranger):
    gone = build.user("gone@example.org", role="Reviewers", is_staff=True, is_active=False)
    clerk = build.user("clerk@example.org", is_staff=True)
    form = desk.get(review(record)).context["case"]
    assert set(form.fields["assigned_to"].queryset) == {reviewer, secretary}
    for other in (gone, clerk, stranger):
        assert other.email not in desk.get(review(record)).content.decode()
