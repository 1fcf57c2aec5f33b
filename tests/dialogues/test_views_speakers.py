import pytest

from dialogues.models import Organization
from dialogues.speaker_lists import family_name_of, is_family_name_sure
from documents.models import Picture
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_a_speaker_is_shown_with_appearances_and_quotes(house, client):
    house.speaker.biography, house.speaker.organization = "**Sailor.**", Organization.objects.create(name="Sea House")
    house.speaker.save()
    assert shows(
        client, house.address("speaker"),
        "Ada Speaker", "<strong>Sailor.</strong>", "Sea House", "The panel", "The dialogue", "Captain",
        "The sea keeps no records.", "Picture: A. Photographer",
    )  # fmt: skip


def test_the_page_shows_only_published_appearances_and_quotes(house, client, desk):
    draft = build.dialogue(title="A secret meeting", public=False, series=build.series("SOM", notice="Hush."))
    build.quote(build.appearance(draft, who=house.speaker), text="Said in secret.")
    build.quote(house.appearance, text="Not yet.", public=False)
    words = "A secret meeting", "Said in secret.", "Not yet.", "Hush."
    assert hides(client, house.address("speaker"), *words)
    assert shows(desk, house.address("speaker"), *words)


def test_a_chair_sees_drafts_of_their_own_dialogue_on_the_page(house, browser_of):
    ours, theirs = build.dialogue(title="Ours", public=False), build.dialogue(title="Theirs", public=False)
    for dialogue in (ours, theirs):
        build.appearance(dialogue, who=house.speaker)
    browser = browser_of(build.co_chair(ours))
    assert shows(browser, house.address("speaker"), "Ours")
    assert hides(browser, house.address("speaker"), "Theirs")


def test_no_page_reveals_the_account_of_a_speaker(client):
    dialogue = build.dialogue()
    chair = build.co_chair(dialogue, name="Account Name")
    for address in (chair.speaker.get_absolute_url(), dialogue.get_absolute_url(), "/speakers/"):
        assert hides(client, address, chair.email, "Account Name")


def test_the_list_shows_speakers_with_public_appearances_by_name(client, desk):
    for name in ("Zoe", "Ada"):
        build.appearance(build.dialogue(), who=build.speaker(name))
    build.appearance(build.dialogue(public=False), who=build.speaker("Hidden"))
    build.speaker("Nowhere")
    for browser in (client, desk):
        page = browser.get("/speakers/").content.decode()
        assert page.index("Ada") < page.index("Zoe")
        assert hides(browser, "/speakers/", "Hidden", "Nowhere")


def people(*names, **family_names):
    """Public speakers with these names, all at one dialogue."""
    dialogue = build.dialogue()
    for name in names:
        build.appearance(dialogue, who=build.speaker(name, family_name=family_names.get(name.split()[0], "")))


def listed(client, query=""):
    """The list of speakers: [(letter, names)]."""
    letters = client.get(f"/speakers/{query}").context["letters"]
    return [(letter, [speaker.name for speaker in people]) for letter, people in letters]


def test_speakers_stand_under_the_letter_of_their_family_name(client):
    people("Zoe Åberg", "Ada Zimmer", "Li Wei", "Amina el-Idrissi", "Bob Adams", Li="Li")
    assert listed(client) == [
        ("A", ["Zoe Åberg", "Bob Adams"]), ("E", ["Amina el-Idrissi"]), ("L", ["Li Wei"]), ("Z", ["Ada Zimmer"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "family_name", "sorted_by", "is_sure"),
    [
        ("Ada Zimmer", "", "Zimmer", True),
        ("John F. Adams", "", "Adams", True),
        ("Ana Ruiz Soto", "Ruiz Soto", "Ruiz Soto", True),
        ("Ana María RUIZ SOTO", "", "RUIZ SOTO", True),
        ("NGUYEN Van An", "", "NGUYEN", True),
        ("José Ortega y Gasset", "", "Ortega y Gasset", True),
        ("Martin King Jr.", "", "King", True),
        ("李伟", "", "李伟", True),
        # Only staff can tell whether this is right.
        ("Ana Ruiz Soto", "", "Soto", False),
        ("ANA RUIZ SOTO", "", "SOTO", False),
        ("Juan de la Cruz", "", "Cruz", False),
    ],
)
def test_a_name_is_sorted_by_the_family_name_that_it_marks(name, family_name, sorted_by, is_sure):
    assert family_name_of(name, family_name) == sorted_by
    assert is_family_name_sure(name, family_name) is is_sure


def test_each_letter_leads_to_its_page(client, monkeypatch):
    monkeypatch.setattr("dialogues.views.speakers.SpeakerListView.paginate_by", 2)
    people("A. Abel", "B. Bauer", "C. Cho", "D. Cruz")
    assert listed(client, "?page=2") == [("C", ["C. Cho", "D. Cruz"])]
    assert shows(client, "/speakers/", 'href="#letter-A"', 'href="#letter-B"', 'href="?page=2#letter-C"')
    assert shows(client, "/speakers/?page=2", 'href="?page=1#letter-A"', 'href="#letter-C"', 'id="letter-C"')


def test_a_letter_of_hidden_people_is_not_offered(client):
    people("A. Abel", "B. Bauer")
    build.appearance(build.dialogue(public=False), who=build.speaker("Q. Quiet"))
    assert hides(client, "/speakers/", "letter-Q")


def test_a_list_without_speakers_says_so(client):
    assert shows(client, "/speakers/", "No speakers are published yet.")


def test_a_portrait_is_served_but_not_kept_by_shared_caches(house, client):
    answer = client.get(house.address("portrait"))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_words_on_a_portrait_are_in_the_language_of_the_page(client):
    speaker = build.speaker("Ada Portrayed", portrait=build.portrait())
    Picture.objects.update(state="ready")
    build.appearance(build.dialogue(), who=speaker)
    page = f"/fr{speaker.get_absolute_url()}"
    assert shows(client, page, 'alt="A person at a desk" lang="en"', '<span lang="en" dir="ltr">A. Photographer</span>')
    speaker.translations = {"fr": {"portrait_alt": "Une personne à son bureau", "portrait_credit": "Le secrétariat"}}
    speaker.full_clean()
    speaker.save()
    assert shows(client, page, 'alt="Une personne à son bureau" lang="fr"', "Le secrétariat")


def test_a_speaker_without_a_portrait_is_shown_with_an_initial(client):
    speaker = build.speaker("Öner")
    build.appearance(build.dialogue(), who=speaker)
    assert shows(client, speaker.get_absolute_url(), ">Ö</span>")
    assert is_absent(client, f"{speaker.get_absolute_url()}portrait/160/")
