"""Who may open which page of the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from contributions.models import ExtensionRequest
from desk import urls
from publishing.workflow import delete
from tests import build
from tests.gate import is_absent
from tests.intake import batch_builders as batches

pytestmark = pytest.mark.django_db

# Pages that every member of staff may open: they show only what the user may see.
FOR_ALL_STAFF = {"home", "search", "names"}


@pytest.fixture
def world():
    """A draft dialogue with one record of each kind."""
    dialogue = build.dialogue(public=False)
    build.panel(dialogue)
    call = build.call(dialogue)
    staff = build.user("importer@example.org")
    sent = build.contribution(call, state="submitted", attach=[("a.txt", b"words")])
    return {
        "pk": dialogue.pk,
        "key": f"summary-{build.summary(dialogue, public=False).pk}",
        "quote": build.quote(build.appearance(dialogue), public=False),
        "speaker": build.speaker(),
        "reference": sent.reference,
        "number": 1,
        "kind": "speaker",
        "name": "contributions-receipt",
        "language": "fr",
        "call": call.pk,
        "letter": build.call_letter(call).pk,
        "file_format": "csv",
        "extension": ExtensionRequest.objects.create(call=call, filer=build.user("late@example.org"), reason="Ill."),
        "import": batches.batch(staff, batches.papers(1), call=call),
        "import-columns": batches.batch(staff, batches.papers(1), [["Beilage"], ["a"]], call=call),
        "deletion": delete(build.topic(public=False), by=None),
    }


def pages(world):
    """Return the address of each page of the desk that can be requested, by the name of its URL."""
    names = ("pk", "key", "kind", "reference", "number", "name", "language", "call", "letter", "file_format")
    keys = {name: world[name] for name in names}
    own = {
        "sources": {"pk": world["key"].removeprefix("summary-")},
        "edit-summary": {"pk": world["key"].removeprefix("summary-")},
        "recommendations": {"pk": world["key"].removeprefix("summary-")},
        "merge": {"key": f"speaker-{world['speaker'].pk}"},
        "site-text": {"name": "contact"},
        "record-translations": {"key": f"dialogue-{world['pk']}"},
        "extension": {"pk": world["extension"].pk},
        "deleted-record": {"pk": world["deletion"].pk},
        "drafts": {"kind": "quote"},
        "import": {"pk": world["import"].pk},
        "import-columns": {"pk": world["import-columns"].pk},
        "delete-import": {"pk": world["import"].pk},
    }
    found = {}
    for pattern in urls.urlpatterns:
        own_keys = keys | own.get(pattern.name, {})
        kwargs = {name: own_keys[name] for name in pattern.pattern.converters}
        address = reverse(f"desk:{pattern.name}", kwargs=kwargs)
        record = f"?record=quote-{world['quote'].pk}" if pattern.name in ("publish", "unpublish", "delete") else ""
        found[pattern.name] = address + record
    found["merge"] = reverse("desk:merge", args=[f"speaker-{world['speaker'].pk}"])
    return found


def test_visitors_are_sent_to_sign_in_and_come_back(world):
    for address in pages(world).values():
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/accounts/sign-in/?next=/desk/"), address


def test_the_desk_does_not_exist_for_users_who_are_not_staff(world, browser_of, participant):
    browser = browser_of(participant)
    for address in pages(world).values():
        assert is_absent(browser, address), address


def test_staff_without_a_role_open_nothing_but_the_first_page_and_the_search(world, browser_of):
    browser = browser_of(build.user("new@example.org", is_staff=True))
    for name, address in pages(world).items():
        assert (browser.get(address).status_code == 200) == (name in FOR_ALL_STAFF), address


def test_a_chair_who_is_staff_sees_no_record_that_they_may_not_change(world, browser_of):
    chair = build.co_chair(build.dialogue(public=False), is_staff=True)
    for name, address in pages(world).items():
        assert (browser_of(chair).get(address).status_code == 200) == (name in FOR_ALL_STAFF), address


def test_the_secretariat_opens_every_page(world, desk):
    only_posted = {
        "ask-approval", "daily-email", "move", "names", "new-version", "next-edition", "review-pictures",
        "review-signers", "undo", "withdraw-consent",
    }  # fmt: skip
    leads_on = {"review-file", "records"}
    for name, address in pages(world).items():
        if name not in only_posted:
            assert desk.get(address).status_code == (302 if name in leads_on else 200), address


def test_records_that_do_not_exist_are_not_found(desk):
    for key in ("summary-0", "summary-99999999999999999999", "summary-x", "nothing-1", "summary"):
        assert desk.get(f"/desk/{key}/").status_code == 404
        assert desk.get(f"/desk/publish/?record={key}").status_code == 404
