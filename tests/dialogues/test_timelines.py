from datetime import date

import pytest

from dialogues import timelines
from publishing.slots import Slot
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def tagged(topic, **fields):
    made = build.dialogue(**fields)
    made.topics.add(topic)
    return made


def years(topic):
    """Return (year, titles of dialogues) for each year on the timeline of a topic."""
    found = timelines.group_by_year(timelines.topic_timeline(topic, None))
    return [(year, [entry.dialogue.title for entry in entries]) for year, entries in found]


def test_dialogues_are_grouped_by_year_newest_first_and_without_a_date_by_their_note():
    topic = build.topic()
    tagged(topic, title="July", starts_on=date(2022, 7, 1))
    tagged(topic, title="Nobody knows", starts_on=None)
    tagged(topic, title="October", starts_on=date(2022, 10, 1), series=build.series("SOM"))
    tagged(topic, title="Planned", starts_on=None, date_note="planned for 2027")
    assert years(topic) == [(2027, ["Planned"]), (2022, ["October", "July"]), (None, ["Nobody knows"])]


def test_the_page_names_the_series_and_links_to_each_year(client):
    topic = build.topic()
    for year, code in ((2022, "TIP"), (2023, "SOM"), (2024, "TIP")):
        tagged(topic, starts_on=date(year, 7, 1), series=build.series(code))
    assert shows(
        client, topic.get_absolute_url(), 'href="#y2022"', '<h2 id="y2022">2022</h2>', "Series TIP", "Series SOM",
    )  # fmt: skip


def test_a_dialogue_with_one_panel_on_the_topic_shows_only_that_panel(client):
    topic, dialogue = build.topic(), build.dialogue()
    panel = build.panel(dialogue, title="On the topic")
    panel.topics.add(topic)
    other = build.panel(dialogue, number=2, title="On something else")
    build.quote(build.appearance(dialogue, panel=panel), text="To the point.")
    build.quote(build.appearance(dialogue, panel=other), text="Beside the point.")
    address = topic.get_absolute_url()
    assert shows(client, address, dialogue.title, "On the topic", "To the point.")
    assert hides(client, address, "On something else", "Beside the point.")


def test_the_first_quotes_are_shown_with_a_link_to_the_rest(client):
    topic = build.topic()
    dialogue = tagged(topic)
    said = build.appearance(dialogue)
    for number in range(timelines.QUOTES_SHOWN + 1):
        build.quote(said, text=f"Words {number}.")
    build.quote(said, text="Not yet.", public=False)
    address = topic.get_absolute_url()
    assert shows(
        client, address, "Words 0.", f"Words {timelines.QUOTES_SHOWN - 1}.", f"/dialogues/{dialogue.slug}/quotes/"
    )
    assert hides(client, address, f"Words {timelines.QUOTES_SHOWN}.", "Not yet.")


def test_only_paragraphs_of_the_newest_public_summaries_are_linked_as_naming_the_topic(client):
    topic = build.topic("Debt bondage")
    dialogue = tagged(topic)
    text = "## Debt bondage\n\n1. Of debt bondage.\n\n2. Of debts.\n\n3. On Debt Bondage."
    build.summary(dialogue, text=text)
    build.summary(dialogue, text=text, version=2, changes="Names.")
    build.summary(dialogue, text=text, version=3, changes="More.", public=False)
    build.summary(build.dialogue(), text=text)
    page = client.get(topic.get_absolute_url()).content.decode()
    for number, is_there in ((1, True), (2, False), (3, True)):
        assert (f"/dialogues/{dialogue.slug}/summary/en/v2/#p{number}" in page) is is_there
    assert page.count("#p") == 2
    assert "/v1/" not in page
    assert "/v3/" not in page


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [("ru", "Долговая кабала", "Это долговая кабала."), ("fr", "Économie bleue", "L’économie bleue.")],
)
def test_paragraphs_name_a_topic_in_small_letters_in_every_alphabet(client, language, name, text):
    topic = build.topic("Debt bondage")
    topic.translations = {language: {"name": name}}
    topic.save()
    dialogue = tagged(topic)
    build.summary(dialogue, language=language, text=f"1. {text}\n\n2. {name}.")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert page.count(f"/dialogues/{dialogue.slug}/summary/{language}/v1/#p") == 2


def test_a_topic_with_nothing_public_says_so(client):
    topic = build.topic()
    build.dialogue(public=False).topics.add(topic)
    assert shows(client, topic.get_absolute_url(), "Nothing is published on this topic yet.")


def test_a_speaker_has_one_entry_for_each_dialogue_with_all_their_appearances(client):
    dialogue = build.dialogue(title="The meeting", starts_on=date(2023, 5, 1))
    later = build.dialogue(title="The next", starts_on=date(2024, 5, 1))
    person = build.speaker("Ada Speaker", title="Admiral")
    chair = build.appearance(dialogue, who=person, role="chair", title="Captain")
    build.appearance(dialogue, who=person, panel=build.panel(dialogue, title="At sea"), title="Captain")
    build.appearance(later, who=person, role="floor", affiliation="Sea House")
    build.quote(chair, text="First things first.")
    page = client.get(person.get_absolute_url()).content.decode()
    assert page.count(f'<h3><a href="{dialogue.get_absolute_url()}">') == 1
    order = ["Admiral", ">2024</h2>", "The next", "From the floor", "Sea House", ">2023</h2>", "The meeting", "Chair",
             "Captain", "First things first.", "Panellist", "Captain", "At sea"]  # fmt: skip
    at = 0
    for words in order:
        at = page.index(words, at) + 1


def test_sections_on_a_topic_are_collected_by_dialogue(monkeypatch):
    slot = Slot()
    slot.add(lambda topic, user: {1: "a", 2: "b"})
    slot.add(lambda topic, user: {2: "c"})
    monkeypatch.setattr(timelines, "topic_sections", slot)
    assert timelines.topic_sections_by_dialogue("a topic", "someone") == {1: ["a"], 2: ["b", "c"]}
