"""The verbs of the log."""

import ast
import re

import pytest

from contributions.workflow.moves import MOVES
from publishing import workflow
from publishing.models import Transition, Verb
from tests import build
from tests.test_house import ROOT, sources


def logged():
    """The second argument of every call of `log` and `log_each` in the project, as source text."""
    for path in sources(".py"):
        if path.parts[0] not in ("tests", "bench", "publishing"):
            text = (ROOT / path).read_text("utf8")
            for node in ast.walk(ast.parse(text)):
                name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
                if name in ("log", "log_each") and len(node.args) > 1:
                    yield ast.get_source_segment(text, node.args[1])


def test_code_logs_members_of_verb_and_nothing_else():
    found = list(logged())
    assert len(found) > 10
    assert [verb for verb in found if not re.fullmatch(r"verb|Verb\.[A-Z_]+( if .* else Verb\.[A-Z_]+)?", verb)] == []
    assert set(MOVES) <= set(Verb)


def test_verbs_have_one_spelling():
    assert [verb.value for verb in Verb if not re.fullmatch("[a-z]+(_[a-z]+)*", verb.value)] == []
    assert [verb.name for verb in Verb if verb.name != verb.value.upper()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["take-in", "unheard of", ""])
def test_an_unknown_verb_is_refused(verb):
    with pytest.raises(ValueError, match="is not a valid Verb"):
        workflow.log(build.topic(), verb, by=None)


@pytest.mark.django_db
def test_an_entry_names_its_record_and_the_move():
    topic = build.topic(public=False)
    workflow.publish(topic, by=None)
    entry = Transition.objects.first()
    assert (entry.get_verb_display(), str(entry)) == ("published", f"topic {topic.pk}: published")


@pytest.mark.django_db
def test_the_admin_list_can_be_filtered_by_verb(browser_of, secretary):
    kept, other = build.topic("Kept"), build.topic("Taken back")
    workflow.unpublish(other, by=None)
    page = browser_of(secretary).get("/admin/publishing/transition/").content.decode()
    assert '<a href="?verb__exact=unpublish">unpublished</a>' in re.sub(r"\s*\n\s*", "", page)
    page = browser_of(secretary).get("/admin/publishing/transition/?verb__exact=unpublish").content.decode()
    assert ("Taken back" in page, str(kept) in page) == (True, False)
