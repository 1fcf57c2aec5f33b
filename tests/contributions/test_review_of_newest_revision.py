"""A decision applies to the revision that the reviewer read, and to no other that came meanwhile."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution, Invitation
from contributions.querysets import ContributionQuerySet
from desk.review_context import screening_context
from tests import build

pytestmark = pytest.mark.django_db

FORM = {"checklist": "1", "points": Check.Point.values}
NEWER = "A newer revision has arrived. Read it first."


@pytest.fixture
def desk(reviewer, browser_of):
    return browser_of(reviewer)


@pytest.fixture
def record(participant):
    """A contribution whose correction came while a reviewer had its first revision on the page."""
    made = build.contribution(by=participant, state="submitted")
    build.correction(made, by=participant, text="Not read yet")
    return made


def page(record):
    return reverse("desk:review-page", args=[record.reference])


@pytest.mark.parametrize("verb", ["publish", "accept", "request_changes", "decline"])
@pytest.mark.parametrize("said", [{"revision": "1"}, {}, {"revision": "x"}, {"revision": "9" * 30}])
def test_the_page_of_an_older_revision_decides_nothing(desk, record, verb, said):
    answer = desk.post(page(record), FORM | said | {"verb": verb, "note": "Words."}, follow=True)
    assert NEWER in answer.content.decode()
    stored = Contribution.objects.get()
    assert (stored.state, stored.published_at) == ("submitted", None)
    assert not Check.objects.exists()


def test_the_page_of_the_newest_revision_decides(desk, record):
    assert 'name="revision" value="2"' in desk.get(page(record)).content.decode()
    desk.post(page(record), FORM | {"revision": "2", "verb": "publish"})
    assert Contribution.objects.published().get().shown.text == "Not read yet"


def test_a_correction_that_comes_at_the_scheduled_moment_is_not_published(participant, monkeypatch):
    record = build.checked(build.contribution(by=participant, state="submitted"))
    workflow.accept(record, by=None, publish_at=timezone.now() + timezone.timedelta(hours=1))
    Contribution.objects.update(publish_at=timezone.now())
    due, asked = ContributionQuerySet.due, []

    def corrected_after_it_was_found(queryset, *given):
        found = list(due(queryset, *given)) if not asked else due(queryset, *given)
        if not asked:
            asked.append(True)
            build.correction(record, by=participant, text="Not read yet")
        return found

    monkeypatch.setattr(ContributionQuerySet, "due", corrected_after_it_was_found)
    assert workflow.publish_due() == 0
    assert (Contribution.objects.get().state, Contribution.objects.get().shown) == ("submitted", None)


def test_clearing_a_point_after_acceptance_stops_the_publication(participant):
    record = build.checked(build.contribution(by=participant, state="submitted"))
    workflow.accept(record, by=None, publish_at=timezone.now() + timezone.timedelta(hours=1))
    Contribution.objects.update(publish_at=timezone.now())
    workflow.set_checklist(record, by=None, points=["language"])
    assert workflow.publish_due() == 0
    build.checked(record)
    assert workflow.publish_due() == 1


@pytest.mark.parametrize(
    "query",
    ["filer={filer}", "filer__gt=0", "key__startswith=a", "revisions={unsent}", "newest__title__startswith=W",
     "updated_at__gt=2020-01-01", "was_public__exact=0", "withdrawn_at__isnull=True"],
)  # fmt: skip
def test_the_queue_refuses_other_filters_in_the_address(desk, participant, query):
    record = build.contribution(by=participant, state="submitted")
    unsent = build.correction(record, by=participant, sent=False)
    address = reverse("admin:contributions_contribution_changelist")
    assert desk.get(f"{address}?{query.format(filer=participant.pk, unsent=unsent.pk)}").status_code == 400
    for allowed in ("state__exact=submitted", f"call__id__exact={record.call.pk}", "newest__language__exact=en",
                    "assigned=nobody", "q=What"):  # fmt: skip
        assert desk.get(f"{address}?{allowed}").status_code == 200


def test_filters_do_not_reveal_calls_of_drafts(desk, participant):
    draft = build.draft(build.call(), by=participant)
    address = reverse("admin:contributions_call_changelist")
    assert desk.get(f"{address}?contributions={draft.pk}").status_code == 400


def test_no_title_is_kept_in_the_log_entries_of_the_admin(desk, participant):
    record = build.contribution(by=participant, state="submitted")
    desk.post(page(record), FORM | {"revision": "1", "verb": "publish"})
    assert not LogEntry.objects.exists()


def test_no_name_of_an_invited_organization_is_kept_in_the_log_entries_of_the_admin(secretary, browser_of):
    invitation = build.call().invitations.create(organization_name="Zebrahaus")
    office = browser_of(secretary)
    office.post(reverse("admin:contributions_invitation_delete", args=[invitation.pk]), {"post": "yes"})
    assert not Invitation.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("appear_as", "is_found"), [("anonymous", True), ("organization", True), ("named", False)])
def test_a_withheld_name_in_the_text_is_found(participant, appear_as, is_found):
    words = {"person_name": "Amina Yusuf Hassan", "text": "We met a victim named Amina Yusuf Hassan at the port."}
    record = build.contribution(by=participant, state="submitted", appear_as=appear_as, **words)
    found = [item["finding"].found for item in screening_context(record.newest)["findings"]]
    assert any("Amina" in name for name in found) is is_found


@pytest.mark.parametrize(("appear_as", "is_found"), [("anonymous", False), ("organization", False), ("named", True)])
def test_an_address_in_a_name_that_the_public_will_read_is_found(participant, appear_as, is_found):
    record = build.contribution(
        by=participant, state="submitted", appear_as=appear_as, person_name="mara@example.org", text="Words."
    )
    found = [(item["finding"].place, item["finding"].found) for item in screening_context(record.newest)["findings"]]
    assert found == ([("Person, as it appears", "mara@example.org")] if is_found else [])


@pytest.mark.parametrize("field", ["organization_name", "signers", "title"])
def test_an_address_in_any_public_field_is_found(participant, field):
    record = build.contribution(by=participant, state="submitted", text="Words.", **{field: "House, +43 660 1234567"})
    assert [item["finding"].found for item in screening_context(record.newest)["findings"]] == ["+43 660 1234567"]


def test_a_draft_of_a_declined_contribution_shows_what_was_typed(participant, browser_of):
    record = build.contribution(by=participant, state="submitted")
    build.correction(record, by=participant, sent=False)
    workflow.decline(record, by=None, note="No.")
    address = f"/contributions/mine/{record.key}/answers/"
    answer = browser_of(participant).post(address, {"title": "Typed", "language": "en", "text": "Long words."})
    assert answer.status_code == 409
    for words in ("This contribution is closed", "Long words.</textarea>"):
        assert words in answer.content.decode()


def test_no_browser_caches_the_pages_of_one_person(participant, browser_of, client):
    record, public = build.contribution(by=participant, state="submitted"), build.contribution()
    mine = browser_of(participant)
    for address in ("/contributions/mine/", f"/contributions/mine/{record.key}/receipt/", record.get_absolute_url()):
        assert "no-store" in mine.get(address)["Cache-Control"], address
    assert "no-store" not in client.get(public.get_absolute_url()).headers.get("Cache-Control", "")
