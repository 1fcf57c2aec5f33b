"""After each command of the portal, kept pages are as pages that are made now."""

from datetime import timedelta

import pytest
from django.conf import settings as portal_settings
from django.core.management import call_command, get_commands
from django.utils import timezone

from contributions import workflow as filing
from contributions.models import Contribution
from documents.models import CleanCopy, Document
from publishing import kept_pages
from publishing.models import PublicChange
from search.models import SimilarRecords
from tests import build

pytestmark = pytest.mark.django_db


def accept_what_is_due(world):
    filing.accept(build.checked(world.submitted), by=None, publish_at=timezone.now() + timedelta(seconds=1))
    Contribution.objects.filter(pk=world.submitted.pk).update(publish_at=timezone.now() - timedelta(seconds=1))


def lose_a_clean_copy(world):
    CleanCopy.objects.filter(document__in=Document.objects.filter(pk=world.paper.document_id)).delete()


def nothing(world):
    """Prepare nothing."""


# Commands that change what pages show, each with what makes it necessary.
CHANGING = {
    "publish_due": accept_what_is_due,
    "reread": lose_a_clean_copy,
    "load_vocabulary": nothing,
    "rebuild_index": nothing,
    "renew_similar_records": lambda world: SimilarRecords.objects.all().delete(),
}
ARGUMENTS = {"renew_similar_records": ["--all"]}
# Commands that change nothing that pages show. They are run too.
QUIET = {
    "check_log", "delete_expired_accounts", "delete_expired_contributions", "delete_expired_records", "note_moves",
    "renew_mirror", "resume_batches",
    "send_document_alerts", "send_daily_work", "send_mail", "send_reminders", "send_search_alerts", "sweep_cards",
    "sweep_markdown", "sweep_tasks", "sweep_uploads",
}  # fmt: skip
NOT_RUN = {
    "backup": "reads only; tests/backups",
    "check_backup": "reads only; tests/backups",
    "db_worker": "runs tasks until it is stopped; tests/background",
    "health": "writes nothing",
    "make_font": "writes a static file; tests/portal/test_reading_font.py",
    "make_pdfs": "draws files of summaries; tests/dialogues/test_summary_pdfs.py",
    "mirror": "asks for pages and writes files; tests/mirror",
    "reset_second_factor": "changes an account of staff; tests/accounts",
    "restore": "fills an empty portal; tests/backups",
    "load_sample": "fills an empty portal; tests/portal/test_load_sample.py",
    "run": "runs the portal and these commands",
    "run_chores": "runs these commands",
    "show_components": "writes a file of the documentation",
    "words": "writes the catalogues, which change with a release",
}


def test_every_command_of_the_portal_is_listed():
    apps = {app for app in portal_settings.INSTALLED_APPS if (portal_settings.BASE_DIR / app).is_dir()}
    own = {name for name, app in get_commands().items() if app in apps}
    assert own == CHANGING.keys() | QUIET | NOT_RUN.keys()


@pytest.fixture(scope="module")
def store_of_quiet():
    """The pages before each quiet command, which are the same: the first test makes them for the others."""
    return kept_pages.PageStore(8 * 1024 * 1024)


@pytest.mark.parametrize("command", [*CHANGING, *sorted(QUIET)])
def test_after_a_command_no_kept_page_is_old(world, client, settings, monkeypatch, store_of_quiet, command):
    if command in QUIET:
        monkeypatch.setattr(kept_pages, "store", store_of_quiet)
    CHANGING.get(command, nothing)(world)
    pages_of(client, world)
    state = PublicChange.objects.state()
    call_command(command, *ARGUMENTS.get(command, []), verbosity=0)
    kept = pages_of(client, world)
    settings.KEPT_PAGES_MEGABYTES = 0
    assert kept == pages_of(client, world)
    assert (PublicChange.objects.state() != state) is (command in CHANGING)


def pages_of(client, world):
    """Return {address: status and content}."""
    answers = {address: client.get(address) for address in world.pages}
    return {address: (answer.status_code, answer.content) for address, answer in answers.items()}
