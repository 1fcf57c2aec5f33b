import pytest
from haystack import connections

from tests import build


@pytest.fixture(autouse=True)
def own_index(tmp_path):
    """Each test has a real index of its own, empty at first."""
    backend = connections["default"].get_backend()
    backend.path, backend.setup_complete = str(tmp_path / "index"), False
    backend.forget_searchers()


@pytest.fixture
def secretary(db):
    """Someone of the secretariat."""
    return build.user("secretary@example.org", role="Secretariat", is_staff=True)


@pytest.fixture
def reviewer(db):
    """Someone who reviews contributions and nothing else."""
    return build.user("reviewer@example.org", role="Reviewers", is_staff=True)


@pytest.fixture
def participant(db):
    """Someone who files contributions."""
    return build.user("participant@example.org")


@pytest.fixture
def stranger(db):
    """Someone signed in, without any part in what a test is about."""
    return build.user("stranger@example.org")
