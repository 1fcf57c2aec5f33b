"""The staff desk warns when the index is late, and only then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.models import IndexJob
from tests import gate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("waited", "says"), [(5, False), (3600, True)])
def test_the_desk_shows_that_the_index_is_late(browser_of, secretary, waited, says):
    job = IndexJob.objects.create(label="dialogues.quote", object_id=1)
    IndexJob.objects.filter(pk=job.pk).update(queued_at=timezone.now() - timedelta(seconds=waited))
    look = gate.shows if says else gate.hides
    assert look(browser_of(secretary), "/desk/", "The search index is")


def test_the_desk_does_not_mention_an_index_that_is_up_to_date(browser_of, secretary):
    assert gate.hides(browser_of(secretary), "/desk/", "The search index is")
