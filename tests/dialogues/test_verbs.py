"""The log says in words what happened."""

import re

import pytest

from contributions.workflow.moves import MOVES
from dialogues import workflow
from dialogues.models import Transition
from dialogues.models.verbs import WORDS
from tests import build
from tests.test_house import ROOT, sources

LOGGED = re.compile(r'\blog(?:_each)?\([^"\n]*"([a-z_ ]+)"')


def test_each_verb_that_code_logs_has_words():
    code = [(ROOT / path).read_text("utf8") for path in sources(".py") if path.parts[0] not in ("tests", "bench")]
    verbs = {verb for text in code for verb in LOGGED.findall(text)} | set(MOVES)
    assert len(verbs) > 15
    assert verbs - set(WORDS) == set()


@pytest.mark.django_db
def test_an_entry_says_its_record_and_what_happened():
    topic = build.topic(public=False)
    workflow.publish(topic, by=None)
    entry = Transition.objects.first()
    assert (entry.said, str(entry)) == ("published", f"topic {topic.pk}: published")
    assert Transition(verb="unheard of").said == "unheard of"


@pytest.mark.django_db
def test_the_list_at_the_desk_is_narrowed_by_what_happened(browser_of, secretary):
    kept, other = build.topic("Kept"), build.topic("Taken back")
    workflow.unpublish(other, by=None)
    page = browser_of(secretary).get("/admin/dialogues/transition/").content.decode()
    assert '<a href="?verb=unpublish">unpublished</a>' in re.sub(r"\s*\n\s*", "", page)
    page = browser_of(secretary).get("/admin/dialogues/transition/?verb=unpublish").content.decode()
    assert ("Taken back" in page, str(kept) in page) == (True, False)
