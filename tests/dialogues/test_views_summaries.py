import pytest
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

REPLACED = "which has been replaced"


def lead(client, dialogue):
    """Return where `/summary/` redirects a reader."""
    answer = client.get(f"/dialogues/{dialogue.slug}/summary/")
    return answer.status_code, answer.headers.get("Location")


def at(dialogue, rest):
    return f"/dialogues/{dialogue.slug}/summary/{rest}/"


def test_paragraphs_have_their_numbers_for_addresses(client):
    summary = build.summary(build.dialogue(), text="Preamble.\n\n## A *head*\n\n7. Seven **bold**.\n\n9. Nine.")
    page = client.get(summary.get_absolute_url()).content.decode()
    assert '<h2 id="h2">A head</h2>' in page
    assert '<a href="#h2">A head</a>' in page
    assert 'id="p7"' in page
    assert 'id="p9"' in page
    assert page.count('class="paragraph"') == 3
    assert "<strong>bold</strong>" in page
    assert "pNone" not in page


def test_html_in_a_paragraph_or_heading_is_escaped(client):
    summary = build.summary(build.dialogue(), text="## <b>H</b>\n\n1. <script>x</script>")
    assert shows(client, summary.get_absolute_url(), "&lt;script&gt;x&lt;/script&gt;", "&lt;b&gt;H&lt;/b&gt;</h2>")


def test_the_short_address_redirects_to_english_or_else_to_any_language(client):
    dialogue = build.dialogue()
    build.summary(dialogue, language="fr")
    assert lead(client, dialogue) == (302, at(dialogue, "fr/v1"))
    build.summary(dialogue, language="en")
    assert lead(client, dialogue) == (302, at(dialogue, "en/v1"))


def test_the_short_address_redirects_to_the_newest_published_version(client, desk):
    dialogue = build.dialogue()
    build.summary(dialogue)
    second = build.summary(dialogue, version=2, changes="Names.", public=False)
    for browser in (client, desk):
        assert lead(browser, dialogue) == (302, at(dialogue, "en/v1"))
    build.published(second)
    assert lead(client, dialogue) == (302, at(dialogue, "en/v2"))


def test_the_short_address_is_not_found_while_there_are_only_drafts(client):
    dialogue = build.dialogue()
    build.summary(dialogue, public=False)
    assert is_absent(client, at(dialogue, "")[:-1])


def test_an_old_version_keeps_its_address_and_links_to_the_newest(client):
    dialogue = build.dialogue()
    build.summary(dialogue, text="1. Old words.")
    build.summary(dialogue, version=2, changes="Names put right.", text="1. New words.")
    new = f'<a href="{at(dialogue, "en/v2")}">'
    assert shows(client, at(dialogue, "en/v1"), "Old words.", REPLACED, new, "Names put right.")
    assert shows(client, at(dialogue, "en/v2"), "New words.", "Version 1", "Version 2")
    assert hides(client, at(dialogue, "en/v2"), REPLACED)


def test_neither_the_notice_nor_the_list_of_versions_reveals_a_draft(client, browser_of):
    dialogue = build.dialogue()
    build.summary(dialogue)
    without = client.get(at(dialogue, "en/v1")).content
    build.summary(dialogue, version=2, changes="Names.", public=False)
    assert client.get(at(dialogue, "en/v1")).content == without
    assert is_absent(client, at(dialogue, "en/v2"))
    other = browser_of(build.co_chair(build.dialogue()))
    assert hides(other, at(dialogue, "en/v1"), REPLACED, "v2", "Names.")
    chair = browser_of(build.co_chair(dialogue))
    assert shows(chair, at(dialogue, "en/v1"), at(dialogue, "en/v2"), "Names.", "Draft")


def test_other_languages_link_to_their_newest_published_version(client):
    dialogue = build.dialogue()
    build.summary(dialogue, language="en")
    build.summary(dialogue, language="fr")
    build.summary(dialogue, language="fr", version=2, changes="Accents.")
    build.summary(dialogue, language="fr", version=3, changes="More.", public=False)
    build.summary(dialogue, language="es", public=False)
    page = client.get(at(dialogue, "en/v1")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]  # head and header contain its own address too
    assert f'<a href="{at(dialogue, "fr/v2")}" lang="fr" hreflang="fr">' in main
    for hidden in ("fr/v1", "fr/v3", "es/v1"):
        assert at(dialogue, hidden) not in page
    assert f'href="{at(dialogue, "en/v1")}"' not in main


def test_versions_and_languages_of_other_dialogues_are_not_shown(client):
    dialogue, other = build.dialogue(), build.dialogue()
    build.summary(dialogue)
    build.summary(other, version=2, changes="Elsewhere.")
    build.summary(other, language="fr")
    assert hides(client, at(dialogue, "en/v1"), "Elsewhere.", other.slug, REPLACED)


def test_comments_and_their_form_are_shown_only_to_users_who_may_comment(house, client, desk, reviewer, browser_of):
    house.dialogue.comments.create(text="Entre nous.")
    ours, theirs = build.co_chair(house.dialogue), build.co_chair(build.dialogue())
    for browser in (desk, browser_of(ours)):
        assert shows(browser, house.address("summary"), "Entre nous.", 'id="comments"', "/comments/")
    for browser in (client, browser_of(theirs), browser_of(reviewer)):
        assert hides(browser, house.address("summary"), "Entre nous.", "omments")


def test_headings_are_ranked_below_the_title_and_linked_from_the_contents(client):
    summary = build.summary(build.dialogue(), text="# One\n\n1. Words.\n\n### Deep\n\n2. Words.\n\n# Two\n\n3. Words.")
    page = client.get(summary.get_absolute_url()).content.decode()
    assert '<h2 id="h1">One</h2>' in page
    assert '<h3 id="h3">Deep</h3>' in page
    assert '<h2 id="h5">Two</h2>' in page
    assert page.count('<li class="rank-3"><a href="#h3">Deep</a></li>') == 2  # beside the text, and above it on phones
    other = build.summary(summary.dialogue, language="fr", text="# Un\n\n1. Mots.")
    beside = client.get(f"{summary.get_absolute_url()}beside/fr/").content.decode()
    assert "<h2>Un</h2>" in beside
    assert "<h3>Deep</h3>" in beside
    assert f'href="{other.get_absolute_url()}#p1"' in beside


def test_a_summary_without_headings_has_no_contents(client):
    summary = build.summary(build.dialogue())
    assert hides(client, summary.get_absolute_url(), 'class="contents', "Contents")


def test_each_language_shows_its_status_and_text_direction(client):
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, language="ar", status="courtesy", text="## رأس\n\n1. كلمات.")
    assert shows(client, at(dialogue, "en/v1"), '<span class="text-status">courtesy translation</span>')
    assert shows(
        client, at(dialogue, "ar/v1"), '<span class="text-status">official</span>',
        '<article class="text" lang="ar" dir="rtl"', "<span>courtesy translation</span>",
    )  # fmt: skip


def test_the_original_file_is_linked_with_its_type_and_size(house, client):
    size = filesizeformat(house.summary.document.copy.size)
    assert shows(
        client, house.address("summary"), house.address("summary file"), "Original file (PDF)", f">{size}</span>"
    )


def test_each_paragraph_links_to_the_same_paragraph_in_other_languages(client):
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, language="fr", text="1. Un seul.")
    build.summary(dialogue, language="es", public=False)
    page = client.get(at(dialogue, "en/v1")).content.decode()
    assert '<a class="paragraph-number" href="p1/cite/" lang="en">' in page
    assert '<a class="paragraph-number" href="p2/cite/" data-not-in="fr" lang="en">' in page
    first, second = (client.get(f"{at(dialogue, 'en/v1')}p{number}/cite/").content.decode() for number in (1, 2))
    assert f'href="{at(dialogue, "fr/v1")}#p1"' in first
    assert f'href="{at(dialogue, "en/v1")}beside/fr/#p1"' in first
    assert f"{at(dialogue, 'fr/v1')}#" not in second
    assert "/summary/es/" not in page + first


def test_the_languages_of_a_paragraph_are_those_of_the_newest_public_version(client):
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, language="fr", text="1. Un.\n\n2. Deux.")
    build.summary(dialogue, language="fr", version=2, text="1. Un seul.", changes="Fewer.")
    build.summary(dialogue, language="fr", version=3, text="1. Un.\n\n2. Deux.", changes="More.", public=False)
    first, second = (client.get(f"{at(dialogue, 'en/v1')}p{number}/cite/").content.decode() for number in (1, 2))
    assert f'href="{at(dialogue, "fr/v2")}#p1"' in first
    assert "/fr/v" not in second.partition("<main")[2]


@pytest.mark.parametrize(("language", "direction"), [(code, "rtl" if code == "ar" else "ltr")
                                                    for code, _name in settings.CONTENT_LANGUAGES])  # fmt: skip
def test_each_content_language_has_its_text_direction_on_all_pages(client, language, direction):
    dialogue = build.dialogue()
    text = "## Head\n\n1. Words."
    other = "en" if language == "fr" else "fr"
    build.summary(dialogue, language=other, text=text)
    build.summary(dialogue, language=language, text=text)
    build.summary(dialogue, language=language, text=f"{text}\n\n2. More.", version=2, changes="More.")
    quote = build.quote(build.appearance(dialogue), language=language)
    said = f'lang="{language}" dir="{direction}"'
    summary = at(dialogue, f"{language}/v2")
    for page in (summary, f"{summary}beside/{other}/", f"{summary}changes/", f"{summary}p2/cite/",
                 quote.get_absolute_url()):  # fmt: skip
        assert shows(client, page, said)
    for page in (summary, f"{summary}p2/", quote.get_absolute_url()):
        for form in ("bib", "ris"):
            assert client.get(f"{page}cite.{form}").status_code == 200


ANNEX = "## 1. Opening\n\n1. One.\n\n2. Two.\n\n## Annex\n\n1. Question?"


def test_paragraphs_of_an_annex_have_addresses_of_their_own_and_keep_their_numbers(client):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, text=ANNEX)
    build.summary(dialogue, language="fr", text="## 1. Ouverture\n\n1. Un.\n\n## Annexe\n\n1. Question ?")
    html = client.get(summary.get_absolute_url()).content.decode()
    assert '<div class="paragraph" id="part2-p1">' in html
    assert 'href="part2-p1/cite/" lang' in html
    assert 'href="p2/cite/" data-not-in="fr" lang' in html


def test_headings_keep_their_numbers_in_the_text_and_in_the_contents(client):
    html = client.get(build.summary(build.dialogue(), text=ANNEX).get_absolute_url()).content.decode()
    assert html.count("1. Opening") == 3  # twice in the contents


def test_the_rows_of_two_languages_have_the_addresses_of_their_paragraphs(client):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, text=ANNEX)
    build.summary(dialogue, language="fr", text=ANNEX)
    html = client.get(f"{summary.get_absolute_url()}beside/fr/").content.decode()
    assert 'id="part2-p1"' in html
    assert 'id="p2"' in html


def test_a_paragraph_of_an_annex_is_cited_with_its_heading(client):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, text=ANNEX)
    address = summary.get_absolute_url()
    html = client.get(f"{address}part2-p1/cite/").content.decode()
    assert "paragraph 1 (Annex)" in html
    assert f"{address}#part2-p1" in html
    assert "Question?" in html
    assert "One." in client.get(f"{address}p1/cite/").content.decode()
    for absent in ("part2-p2", "part1-p1", "part3-p1", "h1", "x"):
        assert client.get(f"{address}{absent}/cite/").status_code == 404


@pytest.mark.parametrize(("role", "name"), [("chair", "Chair’s summary"), ("co-chair", "Co-Chairs’ summary")])
def test_a_summary_is_called_after_the_chair_or_the_co_chairs(client, role, name):
    dialogue = build.dialogue()
    build.appearance(dialogue, role=role)
    address = build.summary(dialogue).get_absolute_url()
    for page in (address, f"{address}p1/cite/", dialogue.get_absolute_url()):
        assert shows(client, page, name)
    assert hides(client, address, "Co-Chairs’ summary") is (role == "chair")


def test_a_title_that_the_page_shows_already_is_not_repeated(client):
    dialogue = build.dialogue(title="Dialogue on Ports")
    text = "# Chair’s summary of the Dialogue on Ports\n\n## I. Opening\n\n1. One."
    html = client.get(build.summary(dialogue, text=text).get_absolute_url()).content.decode()
    assert "Chair’s summary of the" not in html
    assert '<div id="h1"></div>' in html
    assert '<h2 id="h2">I. Opening</h2>' in html
    other = build.summary(dialogue, language="fr", text=text.replace("Ports", "Quays")).get_absolute_url()
    assert shows(client, other, "Chair’s summary of the Dialogue on Quays")
