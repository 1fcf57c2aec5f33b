"""Several users who submit at the same moment, each through a connection of their own."""

from functools import partial

import pytest
from django.core import mail

from contributions import workflow
from contributions.models import Contribution
from tests import build
from tests.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_eight_simultaneous_submissions_get_eight_references():
    call = build.call()
    drafts = [build.draft(call, by=build.user(f"p{number}@example.org")) for number in range(8)]
    works = [partial(workflow.submit, draft, by=draft.filer, consent=True) for draft in drafts]
    assert at_once(works) == []
    assert len(set(Contribution.objects.exclude(reference=None).values_list("reference", flat=True))) == 8
    assert len(mail.outbox) == 8
