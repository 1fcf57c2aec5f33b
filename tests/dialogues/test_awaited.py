import pytest

from dialogues.awaited import awaited
from dialogues.models import Dialogue
from dialogues.sections import Section
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def waiting(dialogue, *parts):
    found = awaited(Dialogue.objects.get(pk=dialogue.pk), parts)
    return [(document.kind, document.language) for document in found]


def expecting(*documents):
    dialogue = build.dialogue()
    for kind, language in documents:
        dialogue.expected.create(kind=kind, language=language)
    return dialogue


def part(*kinds):
    return Section("x", "X", "x.html", {}, fulfils=set(kinds))


def test_nothing_is_awaited_where_nothing_was_announced():
    assert waiting(expecting()) == []


def test_a_summary_in_any_language_will_do_where_no_language_was_announced():
    dialogue = expecting(("summary", ""))
    assert waiting(dialogue) == [("summary", "")]
    build.summary(dialogue, language="fr")
    assert waiting(dialogue) == []


def test_an_announced_language_waits_for_that_language():
    dialogue = expecting(("summary", "fr"))
    build.summary(dialogue, language="en")
    assert waiting(dialogue) == [("summary", "fr")]
    build.summary(dialogue, language="fr")
    assert waiting(dialogue) == []


def test_a_paper_fulfils_its_own_kind_and_language():
    dialogue = expecting(("programme", ""), ("programme", "fr"), ("guidance", ""))
    build.paper(dialogue, kind="programme", language="en")
    assert waiting(dialogue) == [("programme", "fr"), ("guidance", "")]


def test_what_another_room_holds_is_there():
    dialogue = expecting(("contributions", ""))
    assert waiting(dialogue, part()) == [("contributions", "")]
    assert waiting(dialogue, part("contributions")) == []


def test_the_page_awaits_a_draft_until_it_is_published(client, desk):
    dialogue = expecting(("summary", ""))
    summary = build.summary(dialogue, public=False)
    line = '<li class="awaited"><strong>Co-Chairs’ summary</strong>'
    assert line in client.get(dialogue.get_absolute_url()).content.decode()
    assert line not in desk.get(dialogue.get_absolute_url()).content.decode()
    build.published(summary)
    assert line not in client.get(dialogue.get_absolute_url()).content.decode()
