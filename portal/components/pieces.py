"""The content of the page of components: each template with its context, grouped by where readers see it."""

from dataclasses import dataclass, field

from allauth.mfa.base.forms import ReauthenticateForm

from contributions.browser_copies import BrowserCopy
from dialogues.status import CONCLUDED
from publishing.slots import Section
from search import exports
from search.params import SearchParams
from search.query import Results

from . import filings, proceedings, readings


@dataclass(frozen=True)
class Piece:
    """A template, its context, and the element around it: "ul", "ol", "table", "text" or none."""

    template: str
    needs: dict = field(default_factory=dict)
    inside: str = ""


SEARCH = SearchParams("debt", {"kind": "contribution"})
ON_DIALOGUE = {
    "dialogue": proceedings.dialogue, "summaries": proceedings.summaries, "awaited": [proceedings.awaited],
    "panels": [proceedings.panel],
    "quotes": [proceedings.quote], "quote_count": 12, "sections": [], "stage": CONCLUDED,
    "statements": [proceedings.statement], "recordings": [proceedings.recording],
}  # fmt: skip
ADDRESS = filings.refused["address"]
CONTRIBUTIONS = {"contributions": [filings.english], "total": 31, "address": "/contributions/", "calls": [filings.call]}
READING = {
    "contribution": filings.english,
    "revision": filings.english.shown,
    "answers": [filings.answer],
    "topics": proceedings.topics,
    "attachments": [filings.attachment],
}

GROUPS = {
    "Frame": [
        Piece("_masthead.html", {"current": "/dialogues/"}),
        Piece("_masthead.html", {"is_short": True}),
        Piece("_mark.html"),
        Piece("_languages.html"),
        Piece("_breadcrumbs.html", {"above": "News", "above_address": "/news/", "here": proceedings.news}),
        Piece("dialogues/_crumbs.html", {"dialogue": proceedings.dialogue, "here": "Quotes"}),
        Piece("_pagination.html", {"page_obj": filings.page}),
        Piece("_ways_on.html"),
        Piece("_address.html"),
        Piece("_footer.html"),
    ],
    "Search": [
        Piece("search/_box.html", {"words": "debt"}),
        Piece("search/_box_small.html"),
        Piece("search/_facet.html", {"facet": filings.facet}),
        Piece("search/_hits.html", {"hits": [filings.hit]}, "ol"),
        Piece("search/_more_like.html", {"records": [filings.similar]}),
        Piece("search/_nothing.html", {"words": "debt", "heading": "debt", "params": SEARCH}),
        Piece("search/_take_away.html", {
            "params": SEARCH, "heading": "debt", "results": Results(total=1_200, texts=31), "exports": exports,
        }),
        Piece("search/_how.html"),
    ],
    "Dialogues": [
        Piece("dialogues/_notices.html", {"dialogue": proceedings.dialogue}),
        Piece("dialogues/_dialogue_card.html", {"dialogue": proceedings.dialogue}),
        Piece("dialogues/_when.html", {"dialogue": proceedings.dialogue}),
        Piece("dialogues/_day.html", {"day": proceedings.dialogue.starts_on}),
        Piece("dialogues/_dialogue_facts.html", ON_DIALOGUE),
        Piece("dialogues/_glance.html", ON_DIALOGUE),
        Piece("dialogues/_documents.html", ON_DIALOGUE),
        Piece("dialogues/_paper_row.html", {"paper": proceedings.paper}, "ul"),
        *(
            Piece(
                "dialogues/_expected_document_row.html",
                {"status": status, "document": status.document, **ON_DIALOGUE},
                "table",
            )
            for status in (proceedings.awaited, proceedings.arrived)
        ),
        Piece(
            "dialogues/_document_alert.html",
            {"subscription": proceedings.document_alert, "dialogue": proceedings.dialogue},
        ),
        Piece("dialogues/_panel.html", {"dialogue": proceedings.dialogue, "panel": proceedings.panel}, "timeline"),
        Piece("dialogues/_people.html", {"people": proceedings.appearances}),
        Piece("dialogues/_portrait.html", {"speaker": proceedings.speakers[0], "large": True}),
        Piece("dialogues/_quote.html", {"quote": proceedings.quote, "show_dialogue": True}),
        Piece("dialogues/_statement_row.html", {"statement": proceedings.statement, "show_panel": True}, "ol"),
        Piece("dialogues/_recording_link.html", {"record": proceedings.panel}),
        Piece("dialogues/_photographs.html", {"photographs": [proceedings.photograph]}),
        Piece("dialogues/_news_row.html", {"item": proceedings.news}, "ul"),
        Piece(
            "portal/_publication.html",
            {"publication": proceedings.publication, "record": proceedings.news},
            "newest",
        ),
    ],
    "Reading": [
        Piece("dialogues/_summary_head.html", readings.SUMMARY),
        Piece("dialogues/_contents.html", readings.SUMMARY),
        Piece("dialogues/_summary_paragraph.html", readings.PARAGRAPH, "text"),
        Piece("dialogues/_paragraph_menu.html", readings.SUMMARY),
        Piece("dialogues/_paragraph.html", {"paragraph": proceedings.paragraph}, "text"),
        Piece("dialogues/_recommended.html", {**readings.SUMMARY, "recommended": [readings.with_table]}),
        Piece("dialogues/_recommendation_row.html", {"row": readings.RECOMMENDED}, "ol"),
        Piece("dialogues/_later_words.html", {"later": readings.with_table.later}),
        Piece("dialogues/_paragraphs.html", {"paragraphs": filings.answer.paragraphs}, "text"),
        Piece("dialogues/_file_text.html", readings.FILE),
        Piece("dialogues/_file_parts.html", readings.FILE),
        Piece("dialogues/_cite.html", {"citation": readings.citation}),
        Piece("dialogues/_years.html", readings.YEARS),
        Piece("dialogues/_topic_timeline_entry.html", {"entry": readings.on_topic, "topic": proceedings.topics[1]}),
        Piece("dialogues/_follow_topic.html", {"topic": proceedings.topics[1]}),
        Piece("dialogues/_year_column.html", readings.YEAR),
        Piece("dialogues/_speaker_timeline_entry.html", {"entry": readings.of_person}),
        Piece("contributions/_on_topic.html", {"data": readings.THREAD}),
        Piece("contributions/_excerpts.html", readings.EXCERPTS),
    ],
    "Drafts": [
        Piece("dialogues/_comments.html", {"comments": [proceedings.comment], "comment_form": filings.comment_form}),
        Piece("dialogues/_comment_here.html", {"paragraph": proceedings.paragraph}),
        Piece("dialogues/_approvals.html", {"approvals": [(proceedings.approval, True)], "may_approve": True}),
        Piece("dialogues/_answer.html", {"answer_form": filings.answer_form}),
    ],
    "Contributions": [
        Piece(
            "contributions/_call.html",
            {"call": filings.call, "call_dialogue": proceedings.dialogue.localized.title},
        ),
        Piece("contributions/_contribution_row.html", {"contribution": filings.english}, "ul"),
        Piece("contributions/_byline.html", {"byline": filings.english.shown.byline}),
        Piece("contributions/_moment.html", {"moment": filings.call.closes_at}),
        Piece("contributions/_call_status.html", {"call": filings.closed_call}),
        Piece("contributions/_call_and_dialogue.html", {"contribution": filings.english}),
        Piece("contributions/_content.html", READING),
        Piece("contributions/_files.html", READING),
        Piece("contributions/_section.html", {"data": CONTRIBUTIONS}),
        Piece(
            "dialogues/_section.html",
            {"section": Section("reflected", "Reflected", "contributions/_reflected_in.html", filings.REFLECTED)},
        ),
        Piece("contributions/_reflected_in.html", {"data": filings.REFLECTED}),
        Piece("contributions/_source.html", {"source": filings.source}),
        Piece("contributions/_sources.html", {"data": {"number": 12, "sources": [filings.source]}}),
        Piece("contributions/_coverage_link.html", {"data": {"address": "/contributions/coverage/sample-dialogue/"}}),
        Piece("contributions/_chart.html", {"chart": filings.chart}),
        Piece("contributions/_receipt_check_result.html", {"receipt": filings.receipt}),
        Piece("contributions/_move_label.html", {"verb": "submit"}),
    ],
    "Forms": [
        Piece("_error_summary.html", {"form": filings.refused}),
        Piece("_field.html", {"field": ADDRESS}),
        Piece("_field.html", {"field": filings.filing["consent"]}),
        Piece("mfa/_prove.html", {"form": ReauthenticateForm(user=None)}),
        Piece("contributions/_errors.html", {"has_errors": True, "forms": [filings.refused]}),
        Piece("contributions/_quick_exit.html", {"QUICK_EXIT_URL": "https://www.wikipedia.org/"}),
        Piece("contributions/_copies.html", {"copy": BrowserCopy("account", "draft", "key"), "step": "answers"}),
        Piece("contributions/_keep_here.html"),
        Piece("contributions/_newer.html", {"newer": [(filings.filing["title"], "What we saw in three ports")]}),
        Piece("contributions/_begin_form.html", {"call": filings.call, "key": "sample"}),
        Piece("contributions/_question_field.html", {"field": filings.filing["title"], "asked": filings.asked}),
        Piece("contributions/_text_field.html", {"field": filings.filing["text"], "limit": 800}),
        Piece("contributions/_word_limit.html", {"field": filings.filing["text"], "limit": 800}),
        Piece("contributions/_draft_files.html", READING),
        Piece(
            "contributions/_cleaning_report.html",
            {"contribution": filings.english, "attachment": filings.attachment},
        ),
        Piece("contributions/_found.html", filings.FOUND),
        Piece("contributions/_default_submit.html"),
        Piece("contributions/_step_buttons.html", {"next": "files", "back": "who"}),
    ],
}  # fmt: skip

IN_ARABIC = [
    Piece("search/_box.html"),
    Piece("dialogues/_crumbs.html", {"dialogue": proceedings.dialogue, "here": "اقتباسات"}),
    Piece("dialogues/_dialogue_card.html", {"dialogue": proceedings.dialogue}),
    Piece("dialogues/_panel.html", {"dialogue": proceedings.dialogue, "panel": proceedings.panel}, "timeline"),
    Piece("dialogues/_quote.html", {"quote": proceedings.arabic_quote}),
    Piece("contributions/_contribution_row.html", {"contribution": filings.arabic}, "ul"),
    Piece("_pagination.html", {"page_obj": filings.page}),
]
