"""The content of the page of components: each template with its context, grouped by where readers see it."""

from dataclasses import dataclass, field

from allauth.mfa.base.forms import ReauthenticateForm

from contributions.browser_copies import BrowserCopy
from dialogues.status import CONCLUDED
from publishing.slots import Section
from search import exports
from search.params import SearchParams
from search.query import Results

from . import filings as filed
from . import proceedings as said
from . import readings as read


@dataclass(frozen=True)
class Piece:
    """A template, its context, and the element around it: "ul", "ol", "table", "text" or none."""

    template: str
    needs: dict = field(default_factory=dict)
    inside: str = ""


SEARCH = SearchParams("debt", {"kind": "contribution"})
ON_DIALOGUE = {
    "dialogue": said.dialogue, "summaries": said.summaries, "awaited": [said.awaited], "panels": [said.panel],
    "quotes": [said.quote], "quote_count": 12, "sections": [], "stage": CONCLUDED,
    "statements": [said.statement], "recordings": [said.recording],
}  # fmt: skip
CONTRIBUTIONS = {"contributions": [filed.english], "total": 31, "address": "/contributions/", "calls": [filed.call]}
READING = {
    "contribution": filed.english,
    "revision": filed.english.shown,
    "answers": [filed.answer],
    "topics": said.topics,
    "attachments": [filed.attachment],
}

GROUPS = {
    "Frame": [
        Piece("_masthead.html", {"current": "/dialogues/"}),
        Piece("_masthead.html", {"is_short": True}),
        Piece("_mark.html"),
        Piece("_languages.html"),
        Piece("_breadcrumbs.html", {"above": "News", "above_address": "/news/", "here": said.news}),
        Piece("dialogues/_crumbs.html", {"dialogue": said.dialogue, "here": "Quotes"}),
        Piece("_pagination.html", {"page_obj": filed.page}),
        Piece("_ways_on.html"),
        Piece("_address.html"),
        Piece("_footer.html"),
    ],
    "Search": [
        Piece("search/_box.html", {"words": "debt"}),
        Piece("search/_box_small.html"),
        Piece("search/_facet.html", {"facet": filed.facet}),
        Piece("search/_hits.html", {"hits": [filed.hit]}, "ol"),
        Piece("search/_more_like.html", {"records": [filed.similar]}),
        Piece("search/_nothing.html", {"words": "debt", "heading": "debt", "params": SEARCH}),
        Piece("search/_take_away.html", {
            "params": SEARCH, "heading": "debt", "results": Results(total=1_200, texts=31), "exports": exports,
        }),
        Piece("search/_how.html"),
    ],
    "Dialogues": [
        Piece("dialogues/_notices.html", {"dialogue": said.dialogue}),
        Piece("dialogues/_dialogue_card.html", {"dialogue": said.dialogue}),
        Piece("dialogues/_when.html", {"dialogue": said.dialogue}),
        Piece("dialogues/_day.html", {"day": said.dialogue.starts_on}),
        Piece("dialogues/_dialogue_facts.html", ON_DIALOGUE),
        Piece("dialogues/_glance.html", ON_DIALOGUE),
        Piece("dialogues/_documents.html", ON_DIALOGUE),
        Piece("dialogues/_paper_row.html", {"paper": said.paper}, "ul"),
        *(
            Piece(
                "dialogues/_expected_document_row.html",
                {"status": status, "document": status.document, **ON_DIALOGUE},
                "table",
            )
            for status in (said.awaited, said.arrived)
        ),
        Piece("dialogues/_document_alert.html", {"subscription": said.document_alert, "dialogue": said.dialogue}),
        Piece("dialogues/_panel.html", {"dialogue": said.dialogue, "panel": said.panel}, "timeline"),
        Piece("dialogues/_people.html", {"people": said.appearances}),
        Piece("dialogues/_portrait.html", {"speaker": said.speakers[0], "large": True}),
        Piece("dialogues/_quote.html", {"quote": said.quote, "show_dialogue": True}),
        Piece("dialogues/_statement_row.html", {"statement": said.statement, "show_panel": True}, "ol"),
        Piece("dialogues/_recording_link.html", {"record": said.panel}),
        Piece("dialogues/_photographs.html", {"photographs": [said.photograph]}),
        Piece("dialogues/_news_row.html", {"item": said.news}, "ul"),
        Piece("portal/_publication.html", {"publication": said.publication, "record": said.news}, "newest"),
    ],
    "Reading": [
        Piece("dialogues/_summary_head.html", read.SUMMARY),
        Piece("dialogues/_contents.html", read.SUMMARY),
        Piece("dialogues/_summary_paragraph.html", read.PARAGRAPH, "text"),
        Piece("dialogues/_paragraph_menu.html", read.SUMMARY),
        Piece("dialogues/_paragraph.html", {"paragraph": said.paragraph}, "text"),
        Piece("dialogues/_recommended.html", {**read.SUMMARY, "recommended": [read.with_table]}),
        Piece("dialogues/_recommendation_row.html", {"row": read.RECOMMENDED}, "ol"),
        Piece("dialogues/_later_words.html", {"later": read.with_table.later}),
        Piece("dialogues/_paragraphs.html", {"paragraphs": filed.answer.paragraphs}, "text"),
        Piece("dialogues/_file_text.html", read.FILE),
        Piece("dialogues/_file_parts.html", read.FILE),
        Piece("dialogues/_cite.html", {"citation": read.citation}),
        Piece("dialogues/_years.html", read.YEARS),
        Piece("dialogues/_topic_timeline_entry.html", {"entry": read.on_topic, "topic": said.topics[1]}),
        Piece("dialogues/_follow_topic.html", {"topic": said.topics[1]}),
        Piece("dialogues/_year_column.html", read.YEAR),
        Piece("dialogues/_speaker_timeline_entry.html", {"entry": read.of_person}),
        Piece("contributions/_on_topic.html", {"data": read.THREAD}),
        Piece("contributions/_excerpts.html", read.EXCERPTS),
    ],
    "Drafts": [
        Piece("dialogues/_comments.html", {"comments": [said.comment], "comment_form": filed.comment_form}),
        Piece("dialogues/_comment_here.html", {"paragraph": said.paragraph}),
        Piece("dialogues/_approvals.html", {"approvals": [(said.approval, True)], "may_approve": True}),
        Piece("dialogues/_answer.html", {"answer_form": filed.answer_form}),
    ],
    "Contributions": [
        Piece("contributions/_call.html", {"call": filed.call, "call_dialogue": said.dialogue.localized.title}),
        Piece("contributions/_contribution_row.html", {"contribution": filed.english}, "ul"),
        Piece("contributions/_byline.html", {"byline": filed.english.shown.byline}),
        Piece("contributions/_moment.html", {"moment": filed.call.closes_at}),
        Piece("contributions/_call_status.html", {"call": filed.closed_call}),
        Piece("contributions/_call_and_dialogue.html", {"contribution": filed.english}),
        Piece("contributions/_content.html", READING),
        Piece("contributions/_files.html", READING),
        Piece("contributions/_section.html", {"data": CONTRIBUTIONS}),
        Piece(
            "dialogues/_section.html",
            {"section": Section("reflected", "Reflected", "contributions/_reflected_in.html", filed.REFLECTED)},
        ),
        Piece("contributions/_reflected_in.html", {"data": filed.REFLECTED}),
        Piece("contributions/_source.html", {"source": filed.source}),
        Piece("contributions/_sources.html", {"data": {"number": 12, "sources": [filed.source]}}),
        Piece("contributions/_coverage_link.html", {"data": {"address": "/contributions/coverage/sample-dialogue/"}}),
        Piece("contributions/_chart.html", {"chart": filed.chart}),
        Piece("contributions/_receipt_check_result.html", {"receipt": filed.receipt}),
        Piece("contributions/_move_label.html", {"verb": "submit"}),
    ],
    "Forms": [
        Piece("_error_summary.html", {"form": filed.refused}),
        Piece("_field.html", {"field": filed.refused["address"]}),
        Piece("_field.html", {"field": filed.filing["consent"]}),
        Piece("mfa/_prove.html", {"form": ReauthenticateForm(user=None)}),
        Piece("contributions/_errors.html", {"has_errors": True, "forms": [filed.refused]}),
        Piece("contributions/_quick_exit.html", {"QUICK_EXIT_URL": "https://www.wikipedia.org/"}),
        Piece("contributions/_copies.html", {"copy": BrowserCopy("account", "draft", "key"), "step": "answers"}),
        Piece("contributions/_keep_here.html"),
        Piece("contributions/_newer.html", {"newer": [(filed.filing["title"], "What we saw in three ports")]}),
        Piece("contributions/_begin_form.html", {"call": filed.call, "key": "sample"}),
        Piece("contributions/_question_field.html", {"field": filed.filing["title"], "asked": filed.asked}),
        Piece("contributions/_text_field.html", {"field": filed.filing["text"], "limit": 800}),
        Piece("contributions/_word_limit.html", {"field": filed.filing["text"], "limit": 800}),
        Piece("contributions/_draft_files.html", READING),
        Piece("contributions/_cleaning_report.html", {"contribution": filed.english, "attachment": filed.attachment}),
        Piece("contributions/_found.html", filed.FOUND),
        Piece("contributions/_default_submit.html"),
        Piece("contributions/_step_buttons.html", {"next": "files", "back": "who"}),
    ],
}  # fmt: skip

IN_ARABIC = [
    Piece("search/_box.html"),
    Piece("dialogues/_crumbs.html", {"dialogue": said.dialogue, "here": "اقتباسات"}),
    Piece("dialogues/_dialogue_card.html", {"dialogue": said.dialogue}),
    Piece("dialogues/_panel.html", {"dialogue": said.dialogue, "panel": said.panel}, "timeline"),
    Piece("dialogues/_quote.html", {"quote": said.arabic_quote}),
    Piece("contributions/_contribution_row.html", {"contribution": filed.arabic}, "ul"),
    Piece("_pagination.html", {"page_obj": filed.page}),
]
