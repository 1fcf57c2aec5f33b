import pytest

from tests import build


@pytest.fixture
def call(db):
    """An open call of a public dialogue."""
    return build.call(build.dialogue(title="Fifth dialogue", slug="fifth"))
