"""Pages of kinds that no page of the sample leads to are in the copy, and leave it like all others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.tasks import draw_summary
from publishing.workflow import unpublish
from tests import build
from tests.public_world import make_world

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_pages_of_which_the_sample_has_no_record_are_in_the_copy_too(copy, settings):
    settings.SUMMARY_PDFS = True
    world = make_world()
    build.dialogue(slug="next", starts_on=timezone.localdate() + timedelta(days=40))
    document = world.paper.document
    newer = build.summary(world.dialogue, version=2, changes="A quagga more", document=document)
    draw_summary.call(newer.pk)
    build.statement(world.dialogue, at=world.seat, text="", document=document)
    hidden = build.dialogue(slug="unseen", public=False, series=build.series("HID"))
    build.summary(hidden, public=False)
    copy.renew()
    assert copy.views() >= {
        "dialogues:calendar", "dialogues:series-years", "dialogues:statement-file", "dialogues:summary",
        "dialogues:summary-changes", "dialogues:summary-file", "dialogues:summary-pdf",
    }  # fmt: skip
    assert "en/v2/index.html" in copy.text("dialogues/quaggas/summary/index.html")
    assert "quaggas/index.html" in copy.text("series/tip/years/index.html")
    assert copy.with_word("unseen") == copy.with_word("/hid/") == set()
    unpublish(world.dialogue, by=None)
    copy.catch_up()
    assert not copy.has("dialogues/quaggas/summary/index.html")
    assert not copy.has("series/tip/years/index.html")
