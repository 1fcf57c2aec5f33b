"""Cards: what is on them, who gets them, how heavy they are, and when they go."""

import io
import os
import random
import time

import pytest
from django.core.management import call_command
from PIL import Image

from cards import cache, card, checks, drawing, fonts
from dialogues.cards import card_of_dialogue, card_of_quote, card_of_summary, language_of
from dialogues.models import Dialogue
from documents.models import Picture
from publishing import workflow
from tests import build
from tests.gate import TOO_LARGE, is_absent

pytestmark = pytest.mark.django_db

MISSING = fonts.missing_packages()
needs_fonts = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
LONG = "We would rather be owed a date than be thanked again, and we will come back next year to count. " * 5


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def no_fonts(settings, tmp_path):
    """A machine on which no font is installed."""
    caches = [fonts.font_path, fonts.code_points, fonts.script_for, fonts.load_font, fonts.missing_packages]
    settings.FONT_DIRS = [str(tmp_path / "none")]
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def quote():
    person = build.speaker("Amina Okafor")
    appearance = build.appearance(build.dialogue(title="Third dialogue"), who=person, affiliation="Open Door")
    return build.quote(appearance, text="We were heard.")


def kept():
    return sorted(path.name for path in cache.folder().glob("*"))


def address_of(quote):
    return f"/cards/quotes/{quote.address_number}.png"


def size_of(answer):
    with Image.open(io.BytesIO(answer.content)) as image:
        return image.format, image.size


def test_each_kind_of_card_has_the_size_that_networks_show(quote, client):
    dialogue = quote.appearance.dialogue
    build.summary(dialogue)
    summary = f"/cards/summaries/{dialogue.slug}/en/v1.png"
    for address in (address_of(quote), f"/cards/dialogues/{dialogue.slug}/en.png", summary, "/cards/site/en.png"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert size_of(answer) == ("PNG", (1200, 630))
        assert answer["Cache-Control"] == "public, max-age=60"
        assert not client.cookies
    assert len(kept()) == 4


def test_a_quote_card_shows_the_words_of_the_page(quote):
    card = card_of_quote(quote)
    assert (card.text, card.person, card.role, card.facts) == (
        "We were heard.",
        "Amina Okafor",
        "Open Door",
        ("Third dialogue",),
    )


def test_a_summary_card_shows_the_edition_and_the_day():
    summary = build.summary(build.dialogue(), language="fr", version=2, changes="Names.", status="courtesy")
    card = card_of_summary(summary)
    assert card.language == "fr"
    assert card.facts[0] == "Français · traduction de courtoisie · version 2"


def test_a_dialogue_card_is_in_the_language_of_the_page_that_is_shared(client):
    dialogue = build.dialogue(title="Third dialogue")
    dialogue.series.translations = {"fr": {"name": "Traite des personnes"}}
    dialogue.series.save()
    dialogue.translations = {"fr": {"title": "Troisième dialogue", "city": "Vienne"}}
    dialogue.save()
    card = card_of_dialogue(dialogue, "fr")
    assert (card.language, card.text, card.eyebrow) == ("fr", "Troisième dialogue", "Traite des personnes")
    page = client.get(f"/fr{dialogue.get_absolute_url()}").content.decode()
    assert f"/cards/dialogues/{dialogue.slug}/fr.png?v={card.digest}" in page


def test_a_dialogue_card_without_a_translation_is_in_the_language_of_the_title(client):
    dialogue = build.dialogue(title="Third dialogue")
    card = card_of_dialogue(dialogue, "ar")
    assert (card.language, card.text) == ("en", "Third dialogue")
    assert is_absent(client, f"/cards/dialogues/{dialogue.slug}/xx.png")


def test_the_sweep_keeps_the_card_of_each_language(client):
    dialogue = build.dialogue(title="Third dialogue")
    dialogue.translations = {"fr": {"title": "Troisième dialogue"}}
    dialogue.save()
    for language in ("en", "fr"):
        client.get(f"/cards/dialogues/{dialogue.slug}/{language}.png")
    for name in kept():
        of_an_hour_before(name)
    assert (cache.sweep(), len(kept())) == (0, 2)
    Dialogue.objects.update(title="Another name")
    for name in kept():
        of_an_hour_before(name)
    assert (cache.sweep(), len(kept())) == (1, 1)


@pytest.mark.parametrize(("text", "code"), [("Third dialogue", "en"), ("第三次对话", "zh"), ("الحوار الثالث", "ar"),
                                            ("Третий диалог", "ru"), ("2024", "en")])  # fmt: skip
def test_the_language_of_a_title_is_guessed_from_its_script(text, code):
    assert language_of(text) == code


def test_a_card_is_cached_until_its_record_changes(quote, client, monkeypatch):
    made = []
    monkeypatch.setattr(cache, "draw", lambda card: made.append(card) or b"picture")
    first = client.get(address_of(quote))
    assert client.get(address_of(quote))["ETag"] == first["ETag"]
    assert len(made) == 1
    quote.text = "We were not heard."
    quote.save()
    assert client.get(address_of(quote))["ETag"] != first["ETag"]
    assert [card.text for card in made] == ["We were heard.", "We were not heard."]
    assert len(kept()) == 1  # the old one went when the new one came


def test_a_cached_card_is_confirmed_with_304(quote, client):
    etag = client.get(address_of(quote))["ETag"]
    answer = client.get(address_of(quote), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"] == "public, max-age=60"


def test_hidden_records_have_no_card_even_for_staff(client, secretary):
    draft = build.quote(build.appearance(build.dialogue()), public=False)
    of_draft = build.quote(build.appearance(build.dialogue(public=False, slug="hidden")))
    build.summary(of_draft.appearance.dialogue)
    addresses = [
        address_of(draft),
        address_of(of_draft),
        "/cards/dialogues/hidden/en.png",
        "/cards/summaries/hidden/en/v1.png",
        "/cards/site/xx.png",
        *(f"/cards/quotes/{number}.png" for number in TOO_LARGE),
    ]
    assert all(is_absent(client, address) for address in addresses)
    client.force_login(secretary)
    assert all(client.get(address).status_code == 404 for address in addresses)
    assert kept() == []


def test_an_unpublished_record_loses_its_card(quote, client):
    assert client.get(address_of(quote)).status_code == 200
    workflow.unpublish(quote, by=None)
    assert is_absent(client, address_of(quote))


def of_an_hour_before(name):
    path = cache.folder() / name
    then = time.time() - 3600 - 60
    os.utime(path, (then, then))


def test_the_sweep_deletes_outdated_and_partial_files_only(quote, client, capsys):
    other = build.quote(quote.appearance, text="Other words.")
    for one in (quote, other):
        client.get(address_of(one))
    client.get("/cards/site/en.png")
    (cache.folder() / "left.part").write_bytes(b"half")
    workflow.unpublish(quote, by=None)
    call_command("sweep_cards")
    assert len(kept()) == 4  # each is looked at once an hour
    for name in kept():
        of_an_hour_before(name)
    call_command("sweep_cards")
    assert capsys.readouterr().out == "2 cards deleted.\n"
    assert [name.rsplit("-", 1)[0] for name in kept()] == [f"quote-{other.pk}", "site-en"]


def test_the_sweep_of_an_empty_cache_does_nothing(capsys):
    call_command("sweep_cards")
    assert capsys.readouterr().out == ""


@needs_fonts
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes."),
        ("en", LONG),
        ("en", "Donaudampfschifffahrtsgesellschaft" * 9),
        ("fr", "Nous avons été entendus : c’est un début."),
        ("ru", "Нас услышали, и это начало. " * 12),
        ("ar", "طلبنا منكم أن تكتبوا ما ستفعلونه ومتى (UNODC 2024). " * 9),
        ("zh", "以感谢结束的对话是礼貌，以日期结束的对话才是协议。" * 16),
    ],
)
def test_no_card_exceeds_sixty_kilobytes(language, text, quote, portrait, monkeypatch):
    noise = Image.frombytes("RGB", (92, 92), random.Random(1).randbytes(92 * 92 * 3))  # noqa: S311
    monkeypatch.setattr(drawing, "load_portrait", lambda name: noise)  # no portrait has more in it
    quote.language, quote.text = language, text
    quote.appearance.speaker.portrait = Picture.objects.get(pk=portrait.pk)
    card = card_of_quote(quote)
    assert card.portrait
    assert 5_000 < len(drawing.draw(card)) <= drawing.MAX_BYTES


def inked(picture, box):
    """How many pixels of a part of a card are dark."""
    with Image.open(io.BytesIO(picture)) as image:
        return sum(image.convert("L").crop(box).histogram()[:110])


LEFT, RIGHT = (0, 0, 180, 430), (1020, 0, 1200, 430)


@needs_fonts
def test_the_quotation_mark_is_at_the_start_edge(quote):
    quote.text = "Yes."
    english = drawing.draw(card_of_quote(quote))
    quote.language, quote.text = "ar", "نعم."
    arabic = drawing.draw(card_of_quote(quote))
    assert inked(english, LEFT) > 500 > inked(english, RIGHT) == 0
    assert inked(arabic, RIGHT) > 500 > inked(arabic, LEFT) == 0


@needs_fonts
def test_a_portrait_is_on_the_card_only_when_it_is_ready(quote, portrait):
    without = card_of_quote(quote)
    quote.appearance.speaker.portrait = Picture.objects.get(pk=portrait.pk)
    ready = card_of_quote(quote)
    quote.appearance.speaker.portrait.state = Picture.State.RECEIVED
    assert card_of_quote(quote) == without
    corner = (60, 460, 170, 580)
    assert inked(drawing.draw(without), corner) == 0 < inked(drawing.draw(ready), corner)


def test_a_portrait_with_a_missing_file_is_left_out(quote):
    assert drawing.load_portrait("not/there") is None


@needs_fonts
def test_text_without_a_font_is_left_out(quote):
    quote.text = "გამარჯობა"
    picture = drawing.draw(card_of_quote(quote))
    assert inked(picture, (0, 0, 1200, 430)) == 0
    assert inked(picture, (180, 450, 1200, 630)) > 500


def test_without_fonts_cards_have_no_text_and_the_check_names_the_packages(quote, client, no_fonts):
    answer = client.get(address_of(quote))
    assert size_of(answer) == ("PNG", (1200, 630))
    assert inked(answer.content, (0, 0, 1200, 430)) == 0
    said = " ".join(message.msg for message in checks.check_fonts(None))
    assert "fonts-noto-core" in said
    assert "fonts-noto-cjk" in said
    assert client.get("/cards/site/en.png").status_code == 200


def test_cards_are_redrawn_when_fonts_are_installed(quote, monkeypatch):
    monkeypatch.setattr(card, "missing_packages", lambda: ["fonts-noto-cjk"])
    before = card_of_quote(quote).digest
    monkeypatch.setattr(card, "missing_packages", list)
    assert card_of_quote(quote).digest != before


def test_without_shaping_arabic_is_left_out(no_fonts, settings, monkeypatch):
    settings.FONT_DIRS = ["/usr/share/fonts"]
    monkeypatch.setattr(fonts, "has_shaping", lambda: False)
    assert fonts.font_path("serif", "arabic") is None
    assert "libfribidi0" in fonts.missing_packages()
