"""Several who send in the same moment, each through a connection of their own."""

import threading

import pytest
from django.core import mail
from django.db import connection

from contributions import workflow
from contributions.models import Contribution
from tests import build


@pytest.mark.usefixtures("roles_stay")
@pytest.mark.django_db(transaction=True)
def test_eight_who_send_at_once_get_eight_references():
    call = build.call()
    drafts = [build.draft(call, by=build.user(f"p{number}@example.org")) for number in range(8)]
    gate, failures = threading.Barrier(8), []

    def send(draft):
        try:
            gate.wait()
            workflow.submit(draft, by=draft.filer, consent=True)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    references = Contribution.objects.order_by("reference").values_list("reference", flat=True)
    assert list(references) == [f"TIP-2024-{number:04}" for number in range(1, 9)]
    assert len(mail.outbox) == 8
