import pytest

from dialogues.models import Organization
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_a_speaker_stands_with_appearances_and_words(house, client):
    house.speaker.biography, house.speaker.organization = "**Sailor.**", Organization.objects.create(name="Sea House")
    house.speaker.save()
    assert shows(
        client, house.address("speaker"),
        "Ada Speaker", "<strong>Sailor.</strong>", "Sea House", "The panel", "The dialogue", "Captain",
        "The sea keeps no records.", "Picture: A. Photographer",
    )  # fmt: skip


def test_the_page_tells_of_published_appearances_and_quotes_alone(house, client, desk):
    draft = build.dialogue(title="A secret meeting", public=False, series=build.series("SOM", notice="Hush."))
    build.quote(build.appearance(draft, who=house.speaker), text="Said in secret.")
    build.quote(house.appearance, text="Not yet.", public=False)
    words = "A secret meeting", "Said in secret.", "Not yet.", "Hush."
    assert hides(client, house.address("speaker"), *words)
    assert shows(desk, house.address("speaker"), *words)


def test_a_chair_sees_there_the_drafts_of_their_own_dialogue(house, browser_of):
    ours, theirs = build.dialogue(title="Ours", public=False), build.dialogue(title="Theirs", public=False)
    for dialogue in (ours, theirs):
        build.appearance(dialogue, who=house.speaker)
    browser = browser_of(build.co_chair(ours))
    assert shows(browser, house.address("speaker"), "Ours")
    assert hides(browser, house.address("speaker"), "Theirs")


def test_no_page_knows_the_account_of_a_speaker(client):
    dialogue = build.dialogue()
    chair = build.co_chair(dialogue, name="Account Name")
    for address in (chair.speaker.get_absolute_url(), dialogue.get_absolute_url(), "/speakers/"):
        assert hides(client, address, chair.email, "Account Name")


def test_the_list_names_those_who_appear_in_public_by_name(client, desk):
    for name in ("Zoe", "Ada"):
        build.appearance(build.dialogue(), who=build.speaker(name))
    build.appearance(build.dialogue(public=False), who=build.speaker("Hidden"))
    build.speaker("Nowhere")
    for browser in (client, desk):
        page = browser.get("/speakers/").content.decode()
        assert page.index("Ada") < page.index("Zoe")
        assert hides(browser, "/speakers/", "Hidden", "Nowhere")


def test_a_list_without_speakers_says_so(client):
    assert shows(client, "/speakers/", "No speakers are published yet.")


def test_a_portrait_comes_as_a_picture_that_no_shared_cache_keeps(house, client):
    answer = client.get(house.address("portrait"))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_speaker_without_a_portrait_has_the_first_letter_and_no_file(client):
    speaker = build.speaker("Öner")
    build.appearance(build.dialogue(), who=speaker)
    assert shows(client, speaker.get_absolute_url(), ">Ö</span>")
    assert is_absent(client, f"{speaker.get_absolute_url()}portrait/160/")
