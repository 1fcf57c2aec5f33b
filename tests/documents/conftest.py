import shutil

import pytest
from django.core.files.storage import storages

from tests.documents.uploads import Sender, Taken


@pytest.fixture
def sender(live_server, participant):
    """A participant who sends files in pieces, with no uploads of others in the storage."""
    shutil.rmtree(storages["documents"].path("partial"), ignore_errors=True)
    Taken.given = []
    return Sender(live_server.url, participant)
