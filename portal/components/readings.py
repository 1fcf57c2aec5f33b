"""Invented records of reading pages, never saved, for the page of components."""

from types import SimpleNamespace
from typing import Any

from django.utils.html import format_html

from contributions.excerpts import Excerpt
from contributions.models import Attachment
from dialogues.models import Dialogue, Paragraph, Recommendation, Summary
from dialogues.paragraphs import rank_headings
from dialogues.recommendations import LaterWords, Recommended
from dialogues.slots import Figure
from dialogues.templatetags.paragraphs import paragraph_numbers
from dialogues.timelines import TimelineEntry, group_by_year
from dialogues.years import Column
from documents.file_text import FilePage, FileParagraph, FilePart
from publishing.slots import Section

from . import filings, proceedings

headings = [
    Paragraph(pk=11, position=1, level=1, text="I. How a fee becomes a debt"),
    Paragraph(pk=12, position=4, level=2, text="A. Records and ledgers"),
    Paragraph(pk=13, position=9, level=1, text="II. Matters for consideration"),
]
rank_headings(headings)
with_table: Any = Paragraph(
    pk=14, summary=proceedings.summaries[0], number=13,
    text="Figures were given[^1].\n\n| Sector | Cases |\n| --- | ---: |\n| Fishing | 12 |\n\n[^1]: By one participant.",
)  # fmt: skip
proceedings.summaries[1].beside = "/dialogues/sample-dialogue/summary/en/v2/beside/fr/"
with_table.elsewhere = [proceedings.summaries[1]]
with_table.sections = [
    Section("sources", "Sources", "contributions/_sources.html", {"number": 13, "sources": [filings.source]})
]
# Spelled out, because a real one has the name and address of the site that makes the page.
citation = SimpleNamespace(
    html=format_html(
        "Co-Chairs’ summary: Sample Dialogue on Recruitment Fees. 16 June 2026. English, official, version 2, "
        'published 16 June 2026. Constructive Dialogues. <bdi dir="ltr">{}</bdi>',
        "https://portal.example/dialogues/sample-dialogue/summary/en/v2/",
    ),
    files={"BibTeX": "cite.bib", "RIS": "cite.ris"},
)
SUMMARY = {
    "dialogue": proceedings.dialogue, "summary": proceedings.summaries[0], "languages": [proceedings.summaries[1]],
    "headings": headings,
    "before": Summary(pk=9, dialogue=proceedings.dialogue, language="en", version=1, published_at=proceedings.DAY),
    "citation": citation,
}  # fmt: skip
with_table.recommendation = Recommendation(pk=1, dialogue=proceedings.dialogue, kind="conclusion")
with_table.opening = "Figures were given."
with_table.later = [
    LaterWords(
        "Followed up in", proceedings.dialogue, "paragraph 4", "/dialogues/sample-dialogue/summary/en/v2/#p4",
        "Figures were given again.", "en",
    )
]  # fmt: skip
RECOMMENDED = Recommended(with_table.recommendation, with_table, with_table.sections, with_table.later)
PARAGRAPH = {**SUMMARY, "paragraph": with_table, "numbers": paragraph_numbers(with_table.elsewhere, True)}

proceedings.summaries[0].mentions = [proceedings.paragraph]
THREAD = {
    "contributions": [filings.english, filings.arabic], "total": 7, "address": "/contributions/?topic=remedy",
    "paragraphs": [proceedings.paragraph],
}  # fmt: skip
on_topic = TimelineEntry(
    proceedings.dialogue, panels=[proceedings.panel], summaries=proceedings.summaries[:1], quotes=[proceedings.quote],
    sections=[Section("thread", "Written contributions", "contributions/_on_topic.html", THREAD)],
)  # fmt: skip
proceedings.appearances[0].said = [proceedings.quote]
column = Column(
    on_topic, [with_table], 1, [Figure("civil society", 12)],
    [Figure("Speakers", 31, "/dialogues/sample-dialogue/#panels")],
)  # fmt: skip
YEAR = {"column": column, "entry": on_topic, "dialogue": proceedings.dialogue}
of_person = TimelineEntry(proceedings.dialogue, appearances=proceedings.appearances[:1])
undated = Dialogue(
    pk=2, series=proceedings.series, title="Sample Dialogue to come", slug="to-come", published_at=proceedings.DAY
)
YEARS = {
    "years": group_by_year([of_person, TimelineEntry(undated)]),
    "entry_template": "dialogues/_speaker_timeline_entry.html",
}

parts = [
    FilePart(1, [FilePage(1, [FileParagraph("The ledger was read line by line.", 1, "page-1-p1")]), FilePage(2, [])]),
    FilePart(2, [FilePage(21, [])]),
]
FILE = {
    "parts": parts, "part": parts[0], "document": proceedings.stored(10, page_count=21), "language": "en",
    "download": "/contributions/SMP-2026-0001/files/1/download/",
}  # fmt: skip
excerpted: Any = Attachment(
    revision=filings.english.shown, number=2, language="en", document=proceedings.stored(9, page_count=4)
)
excerpted.excerpt = [Excerpt(1, ["The ledger was read line by line."], is_cut=False)]
excerpted.has_more = True
EXCERPTS = {"attachments": [excerpted]}
