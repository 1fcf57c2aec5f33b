"""Rows that are added to a copy of the sample get numbers of their own, on every database."""

import pytest
from django.core.management.color import no_style
from django.db import connection

from dialogues.models import Topic
from tests import build
from tests.sample import copy_rows_and_files

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def numbered_from_one():
    """Give the next topic the number one, as in a process that did not load the sample itself."""
    with connection.cursor() as cursor:
        for reset in connection.ops.sequence_reset_sql(no_style(), [Topic]):
            cursor.execute(reset)


def test_a_row_gets_a_higher_number_than_the_copied_ones(loaded_sample):
    copy_rows_and_files(loaded_sample)
    copied = Topic.objects.latest("pk").pk

    assert build.topic().pk > copied


def test_a_row_does_not_get_a_number_that_was_given_before_the_copy(loaded_sample):
    given = [build.topic(f"Topic {number}").pk for number in range(100)]
    copy_rows_and_files(loaded_sample)

    assert Topic.objects.latest("pk").pk < given[-1]
    assert build.topic().pk > given[-1]
