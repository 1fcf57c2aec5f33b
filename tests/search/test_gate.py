"""Search and visibility: a hidden record is neither shown nor counted, at any moment."""

import pytest

from contributions import workflow as filing
from publishing import workflow
from search.engine_api import EngineQuery
from search.grammar import parse
from search.query import Results
from search.tasks import update_index
from tests import build, files, gate
from tests.search.searching import counts, find

pytestmark = pytest.mark.django_db

WORD = "quagga"


def dialogue():
    return build.dialogue(title=f"The {WORD}")


def contribution():
    return build.contribution(text=f"A {WORD} speaks.", attach=[("a.pdf", files.pdf([f"One more {WORD}"]))])


def quote():
    return build.quote(build.appearance(build.dialogue()), text=f"A {WORD}!")


def summary():
    return build.summary(build.dialogue(), text=f"1. A {WORD}.")


def paper():
    return build.paper(build.dialogue(), pages=[f"A {WORD}"])


def speaker():
    return build.appearance(build.dialogue(), who=build.speaker(f"{WORD.title()} Smith")).speaker


MAKERS = {
    "contribution": contribution, "quote": quote, "summary": summary, "paper": paper, "dialogue": dialogue,
    "speaker": speaker,
}  # fmt: skip
# Ways to hide a record. A speaker is public only through a dialogue.
WAYS_TO_HIDE = {
    "contribution": lambda record: filing.unpublish(record, by=None),
    "contribution withdrawn": lambda record: filing.withdraw(record, by=None),
    "contribution of a hidden dialogue": lambda record: workflow.unpublish(record.call.dialogue, by=None),
    "contribution moved below a hidden dialogue": lambda record: move_call(record.call),
    "contribution gone": lambda record: build.gone(record),
    "quote": lambda record: workflow.unpublish(record, by=None),
    "quote of a hidden dialogue": lambda record: workflow.unpublish(record.appearance.dialogue, by=None),
    "quote moved to a hidden dialogue": lambda record: move_appearance(record.appearance),
    "summary": lambda record: workflow.unpublish(record, by=None),
    "summary of a hidden dialogue": lambda record: workflow.unpublish(record.dialogue, by=None),
    "summary gone": lambda record: record.delete(),
    "paper": lambda record: workflow.unpublish(record, by=None),
    "paper of a hidden dialogue": lambda record: workflow.unpublish(record.dialogue, by=None),
    "dialogue": lambda record: workflow.unpublish(record, by=None),
    "speaker of a hidden dialogue": lambda record: workflow.unpublish(record.appearances.get().dialogue, by=None),
    "speaker moved to a hidden dialogue": lambda record: move_appearance(record.appearances.get()),
    "speaker without an appearance": lambda record: record.appearances.get().delete(),
}


def move_call(call):
    call.dialogue = build.dialogue(public=False)
    call.save()


def move_appearance(appearance):
    appearance.dialogue = build.dialogue(public=False)
    appearance.save()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_public_record_is_found_and_counted(client, kind):
    record = MAKERS[kind]()
    results = find(WORD)
    assert [hit.record for hit in results.hits] == [record]
    assert results.total == 1
    assert counts(find(WORD, kind=kind), "kind") == {kind: 1}
    assert gate.shows(client, f"/search/?q={WORD}", "1 result")


@pytest.mark.parametrize("case", WAYS_TO_HIDE)
def test_a_hidden_record_is_gone_before_the_index_is_updated(client, case, idle_worker):
    record = MAKERS[case.split()[0]]()
    update_index.call()
    assert find(WORD).total == 1
    WAYS_TO_HIDE[case](record)
    assert find(WORD) == Results()
    assert find(WORD, kind=case.split()[0]).total == 0
    assert gate.shows(client, f"/search/?q={WORD}", "0 results", "Nothing published has all of these words.")
    assert gate.hides(client, f"/search/?q={WORD}", 'class="facets"')


@pytest.mark.parametrize("case", WAYS_TO_HIDE)
def test_a_hidden_record_is_gone_after_the_index_is_updated(backend, case, idle_worker):
    record = MAKERS[case.split()[0]]()
    update_index.call()
    WAYS_TO_HIDE[case](record)
    update_index.call()
    assert backend.find(EngineQuery(parse(WORD))).total == 0


@pytest.mark.parametrize("case", WAYS_TO_HIDE)
def test_hiding_one_record_leaves_others(case, idle_worker):
    record, other = MAKERS[case.split()[0]](), MAKERS[case.split()[0]]()
    update_index.call()
    WAYS_TO_HIDE[case](record)
    for _ in range(2):
        results = find(WORD)
        assert [hit.record for hit in results.hits] == [other]
        assert results.total == 1
        update_index.call()


@pytest.mark.parametrize("who", ["participant", "reviewer", "secretary"])
def test_search_shows_the_same_to_everybody(request, client, participant, who):
    build.contribution(by=participant, state="submitted", title=WORD)
    build.quote(build.appearance(build.dialogue()), text=WORD, public=False)
    client.force_login(request.getfixturevalue(who))
    assert gate.shows(client, f"/search/?q={WORD}", "0 results")


def test_a_hidden_topic_does_not_find_its_dialogue(idle_worker):
    record, topic = build.dialogue(), build.topic(WORD, public=False)
    record.topics.add(topic)
    update_index.call()
    assert find(WORD).total == 0
    workflow.publish(topic, by=None)
    update_index.call()
    assert [hit.record for hit in find(WORD).hits] == [record]
    workflow.unpublish(topic, by=None)
    update_index.call()
    assert find(WORD).total == 0


def test_an_appearance_at_a_hidden_dialogue_does_not_find_its_speaker():
    who = build.speaker()
    build.appearance(build.dialogue(), who=who)
    build.appearance(build.dialogue(public=False, title=WORD), who=who, title=WORD)
    assert find(who.name).total == 1
    assert find(WORD).total == 0


def test_the_filer_and_the_names_of_files_are_not_indexed(participant):
    build.contribution(by=participant, attach=[(f"{WORD}.pdf", files.pdf(["Words"]))])
    assert find("participant").total == 0
    assert find(WORD).total == 0
    assert find("words").total == 1
