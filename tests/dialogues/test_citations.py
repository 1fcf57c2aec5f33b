"""Citations, byte for byte: the line of text and the files for reference managers."""

from datetime import date

import pytest
from django.utils import timezone, translation
from django.utils.translation import override

from dialogues.citations import Citation, bibtex, quote_citation, ris, summary_citation
from dialogues.models import Quote, Summary
from tests import build
from tests.gate import TOO_LARGE, hides, is_absent, shows
from text.localized import LocalizedText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

AWKWARD = Citation(
    key="x-1",
    kind="report",
    title='A {brace, a "quote" & 50% of $3_#~^\\ and\n 人口贩运',
    address="https://portal.example/a_b/#p7",
    authors=("Smith, Jones and Daughters", "أدا المتحدثة", "R&D {Lab}"),
    within=("Ports & harbours",),
    day="2024-07-01",
    when="1 July 2024",
    number="TIP-2024-0001",
    language="ar",
    notes=("العربية", "version 2"),
)


@pytest.fixture
def portal(settings):
    settings.SITE_NAME, settings.BASE_URL = "Dialogues & Co", "https://portal.example"


def published_on(record, day):
    """Return the record as if it had been published on that day."""
    noon = timezone.now().replace(year=day.year, month=day.month, day=day.day, hour=12)
    type(record).objects.filter(pk=record.pk).update(published_at=noon)
    return type(record).objects.get(pk=record.pk)


def test_bibtex_escapes_what_is_special_in_tex(portal):
    assert bibtex(AWKWARD) == (
        "@techreport{x-1,\n"
        "  author = {{Smith, Jones and Daughters} and {أدا المتحدثة} "
        "and {R\\&D {\\textbraceleft}Lab{\\textbraceright}}},\n"
        '  title = {{A {\\textbraceleft}brace, a "quote" \\& 50\\% of \\$3\\_\\#{\\textasciitilde}{\\textasciicircum}'
        "{\\textbackslash} and 人口贩运}},\n"
        "  type = {Ports \\& harbours},\n"
        "  number = {TIP-2024-0001},\n"
        "  institution = {{Dialogues \\& Co}},\n"
        "  year = {2024},\n"
        "  month = jul,\n"
        "  day = {1},\n"
        "  language = {arabic},\n"
        "  note = {العربية, version 2},\n"
        "  url = {https://portal.example/a_b/#p7},\n"
        "}\n"
    )


def test_ris_has_one_line_for_each_fact_and_no_counter(portal):
    assert ris(AWKWARD) == (
        "TY  - RPRT\n"
        "ID  - x-1\n"
        "AU  - Smith, Jones and Daughters\n"
        "AU  - أدا المتحدثة\n"
        "AU  - R&D {Lab}\n"
        'TI  - A {brace, a "quote" & 50% of $3_#~^\\ and 人口贩运\n'
        "T2  - Ports & harbours\n"
        "PY  - 2024\n"
        "DA  - 2024/07/01\n"
        "IS  - TIP-2024-0001\n"
        "LA  - ar\n"
        "PB  - Dialogues & Co\n"
        "N1  - العربية, version 2\n"
        "UR  - https://portal.example/a_b/#p7\n"
        "ER  - \n"
    )


def test_each_part_of_the_line_ends_with_one_full_stop(portal):
    assert AWKWARD.line == (
        "Smith, Jones and Daughters; أدا المتحدثة؛ R&D {Lab}. "
        'A {brace, a "quote" & 50% of $3_#~^\\ and 人口贩运. Ports & harbours, 1 July 2024. العربية، version 2. '
        "Dialogues & Co. https://portal.example/a_b/#p7"
    )


@pytest.mark.parametrize("words", ["We were heard.", "“Were we?”", "我们被听到了。", "هل سُمعنا؟"])
def test_no_full_stop_is_added_after_the_end_of_a_sentence(portal, words):
    citation = Citation(key="k", kind="speech", title=words, address="https://portal.example/")
    assert citation.line == f"{words} Dialogues & Co. https://portal.example/"


def test_unknown_facts_are_left_out(portal):
    citation = Citation(key="k", kind="speech", title="Words", address="https://portal.example/", language="zh")
    assert bibtex(citation) == (
        "@misc{k,\n  title = {{Words}},\n  publisher = {{Dialogues \\& Co}},\n  language = {chinese},\n"
        "  url = {https://portal.example/},\n}\n"
    )
    assert ris(citation) == (
        "TY  - GEN\nID  - k\nTI  - Words\nLA  - zh\nPB  - Dialogues & Co\nUR  - https://portal.example/\nER  - \n"
    )


def test_a_summary_is_cited_in_its_language_and_version_with_its_own_address(portal):
    dialogue = build.dialogue(title="Third Dialogue", slug="third", ends_on=date(2024, 7, 12))
    build.summary(dialogue, language="fr")
    second = build.summary(dialogue, language="fr", version=2, changes="Accents.", status="courtesy")
    second = published_on(second, date(2024, 8, 2))
    assert summary_citation(second).line == (
        "Co-Chairs’ summary: Third Dialogue. 10 July 2024 – 12 July 2024. Français, courtesy translation, version 2, "
        "published 2 August 2024. Dialogues & Co. https://portal.example/dialogues/third/summary/fr/v2/"
    )
    seventh = summary_citation(second, second.paragraphs.first())
    assert seventh.line == (
        "Co-Chairs’ summary: Third Dialogue, paragraph 1. 10 July 2024 – 12 July 2024. Français, courtesy translation, "
        "version 2, published 2 August 2024. Dialogues & Co. "
        "https://portal.example/dialogues/third/summary/fr/v2/#p1"
    )
    assert (summary_citation(second).key, seventh.key) == ("third-summary-fr-v2", "third-summary-fr-v2-p1")


def test_a_quote_is_cited_with_speaker_role_event_and_date(portal):
    dialogue = build.dialogue(title="Third Dialogue")
    said = build.appearance(
        dialogue, who=build.speaker("Ada Speaker"), panel=build.panel(dialogue, title="At sea"), title="Captain",
        affiliation="Sea House",
    )  # fmt: skip
    quote = build.quote(said, text="The sea keeps\nno records.", source="Meeting record")
    assert quote_citation(quote).line == (
        "Ada Speaker. “The sea keeps no records.” At sea, Third Dialogue, 10 July 2024. Panellist, Captain, Sea House, "
        f"English, source: Meeting record. Dialogues & Co. https://portal.example/quotes/{quote.address_number}/"
    )


@pytest.mark.parametrize(
    ("fields", "day", "when"),
    [({"starts_on": None}, "", ""), ({"starts_on": None, "date_note": "planned for May 2026"}, "2026", "2026")],
)
def test_an_unknown_date_is_not_invented(fields, day, when):
    citation = summary_citation(build.summary(build.dialogue(**fields)))
    assert (citation.day, citation.when) == (day, when)
    assert "month" not in bibtex(citation)


def test_the_address_is_the_same_in_every_language_of_the_interface(portal, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    summary = build.summary(build.dialogue(slug="third"))
    with translation.override("fr"):
        assert summary.get_absolute_url() == "/fr/dialogues/third/summary/en/v1/"
        citation = summary_citation(summary)
    assert citation.address == "https://portal.example/dialogues/third/summary/en/v1/"
    assert citation.files["RIS"] == "/fr/dialogues/third/summary/en/v1/cite.ris"


@pytest.mark.parametrize(("form", "media_type"), [("bib", "application/x-bibtex"),
                                                  ("ris", "application/x-research-info-systems")])  # fmt: skip
def test_citation_files_have_a_media_type_and_a_filename(house, client, form, media_type):
    for page, name in (("summary", "the-dialogue-summary-en-v1"), ("quote", f"quote-{house.quote.address_number}")):
        answer = client.get(f"{house.address(page)}cite.{form}")
        assert answer.headers["Content-Type"] == f"{media_type}; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.{form}"'
        assert name in answer.content.decode()
        assert not answer.cookies
    assert "paragraph 2" in client.get(f"{house.address('summary')}p2/cite.{form}").content.decode()


def test_a_paragraph_has_a_citation_page(house, client):
    page = f"{house.address('summary')}p2/cite/"
    assert shows(client, page, "paragraph 2<", "10 July 2024", "Second paragraph.", "p2/cite.bib", "p2/cite.ris")


@pytest.mark.parametrize("gate", ["summary", "dialogue"])
def test_drafts_have_no_citation_even_for_users_who_may_read_them(house, gate, client, desk, browser_of):
    summary = house.address("summary")
    chair = browser_of(build.co_chair(house.dialogue))
    house.close(gate)
    for browser in (client, desk, chair):
        for rest in ("cite.bib", "cite.ris", "p1/cite/", "p1/cite.bib", "p1/cite.ris"):
            assert is_absent(browser, summary + rest)
    assert hides(desk, summary, "cite.bib", "/cite/")


@pytest.mark.parametrize("gate", ["quote", "dialogue"])
def test_draft_quotes_have_no_citation(house, gate, client, desk):
    house.close(gate)
    for browser in (client, desk):
        for form in ("bib", "ris"):
            assert is_absent(browser, f"{house.address('quote')}cite.{form}")
    assert hides(desk, house.address("quote"), "cite.bib")


def test_unknown_formats_and_paragraphs_are_not_found(house, client):
    summary, quote = house.address("summary"), house.address("quote")
    for address in (f"{summary}cite.exe", f"{summary}p9/cite.bib", f"{summary}p9/cite/", f"{quote}cite.json",
                    f"{summary}p{TOO_LARGE[0]}/cite/"):  # fmt: skip
        assert is_absent(client, address)


def test_pages_link_to_their_citations(house, client):
    assert Summary.objects.published().count() == Quote.objects.published().count() == 1
    summary, quote = house.address("summary"), house.address("quote")
    assert shows(client, summary, "summary/en/v1/cite.bib", "p1/cite/", "p2/cite/", "Co-Chairs’ summary: The dialogue<")
    assert shows(client, quote, f"/quotes/{house.quote.address_number}/cite.ris", "“The sea keeps no records.”")


def test_the_html_of_the_line_marks_the_title_and_keeps_names_apart(portal):
    citation = Citation(
        key="k", kind="speech", title=LocalizedText("“Words”", "fr"), address="https://portal.example/",
        authors=("Ada <Smith>",), within=("At sea", LocalizedText("Третий", "ru")), notes=("version 1",),
    )  # fmt: skip
    assert citation.html == (
        '<bdi>Ada &lt;Smith&gt;</bdi>. <bdi><span lang="fr" dir="ltr">“Words”</span></bdi>. '
        '<bdi>At sea</bdi>, <bdi><span lang="ru" dir="ltr">Третий</span></bdi>. <bdi>Version 1</bdi>. '
        '<bdi>Dialogues &amp; Co</bdi>. <bdi dir="ltr">https://portal.example/</bdi>'
    )
    assert citation.line == "Ada <Smith>. “Words”. At sea, Третий. Version 1. Dialogues & Co. https://portal.example/"


@pytest.mark.parametrize(("title", "direction"), [("“A debt”", "ltr"), ("«الدين سهل كتابته وصعب رؤيته»", "rtl")])
def test_a_citation_runs_as_most_of_its_words_do(portal, title, direction):
    citation = Citation(key="k", kind="speech", title=title, address="https://portal.example/a/long/address/")
    with override("ar"):
        assert citation.direction == direction
