"""Invented contributions, forms and search results, never saved, for the page of components."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from contributions.charts import Bar, Chart
from contributions.forms import DecisionsForm
from contributions.models import Answer, Attachment, Call, Contribution, GuidingQuestion, Revision
from contributions.screening.doubts import Doubt, Doubts, Nature
from contributions.screening.findings import Finding, Kind, Spot
from contributions.views.sending import ShownQuestion
from dialogues.forms import AnswerForm, CommentForm
from dialogues.models import Paragraph
from search.facets import Choice, Facet
from search.more_like import SimilarRecord
from search.query import Hit
from search.snippets import Snippet
from subscriptions.forms import SubscribeForm

from .proceedings import DAY, DIGEST, dialogue, paragraph, quote, related, stored, topics

call = Call(
    pk=1, number=1, dialogue=dialogue, title="Call: what became of the debt", published_at=DAY,
    opens_at=DAY, closes_at=datetime(2026, 9, 30, 21, 59, tzinfo=UTC),
)  # fmt: skip
# The clock decides whether a call is open. This page must not change tomorrow, so it shows one that closed long ago.
closed_call = Call(
    dialogue=dialogue, opens_at=datetime(2020, 1, 1, tzinfo=UTC), closes_at=datetime(2020, 3, 1, tzinfo=UTC)
)
asked = GuidingQuestion(call=call, number=1, text="Which measure has been tried since?", word_limit=200)

chart = Chart(
    "by-topic", "Contributions by topic", "Topic", "Published contributions; one on several topics counts for each.",
    [Bar("Recruitment fees", 12), Bar("Debt bondage", 7), Bar("not on record", 2, is_unknown=True)],
)  # fmt: skip


REFERENCES = ("GKRTVM", "XBDHPW")


def contribution(number: int, **words: str) -> Any:
    """Return a published contribution with one revision that has these fields."""
    record: Any = Contribution(
        pk=number,
        key=UUID(int=number),
        call=call,
        state="published",
        published_at=DAY,
        reference=f"SMP-2026-{REFERENCES[number - 1]}",
    )
    revision = Revision(pk=number, contribution=record, sent_at=DAY, **words)
    record.shown = record.newest = related(revision, answers=[])
    record.shows_dialogue = record.shows_call = True
    return related(record, topics=topics, revisions=[revision])


english = contribution(
    1, title="Reading the ledger", organization_name="Sample Legal Aid Clinic", text="Payrolls are proof."
)
arabic = contribution(
    2,
    title="دَينٌ يصل قبل صاحبه: رسوم الاستقدام وضمانات الأسرة",
    organization_name="جمعية نخلة الوادي للعمال المهاجرين",
    language="ar",
)
attachment = Attachment(
    pk=1, revision=english.shown, number=1, document=stored(2, original_name="ledger.pdf", page_count=3)
)
answer = Answer(
    revision=english.shown, number=1, question="What did it change?", text="The employer paid the fee back."
)
related(english.shown, answers=[answer])
receipt = SimpleNamespace(
    contribution=english, number=1, arrived_at=DAY, log_digest=DIGEST, sent_files=[{"size": 262_144, "sha256": DIGEST}]
)
source = SimpleNamespace(
    url=quote.get_absolute_url(),
    language="en",
    said_by="Ilse Sample",
    title=quote.text,
    kind="Quote",
    author="Ilse Sample",
)
REFLECTED = {"paragraphs": [paragraph]}


doubt = Doubt(
    key="1f3a", nature=Nature.WORDS, label=Kind.PHONE.label, place="Text, paragraph 2", why="Looks like a number.",
    finding=Finding.of(Spot(Kind.PHONE, 22, 37, ""), "Text", "The family was called +43 660 1234567 every night."),
)  # fmt: skip
decisions = DecisionsForm(doubts=[doubt], decided={}, prefix="found")
FOUND = {
    "found": Doubts([doubt], unread=[], more=False, most_read=None), "decisions": decisions,
    "questions": [ShownQuestion(decisions.questions[0], [(doubt.place, "#p2")], "en", "#text")],
}  # fmt: skip


class FilingSpecimen(forms.Form):
    """One field of each kind that the filing forms use."""

    title = forms.CharField(label="Title", help_text="As readers shall see it in lists.")
    text = forms.CharField(label="Text", help_text="In your own words.", widget=forms.Textarea(attrs={"rows": 4}))
    consent = forms.BooleanField(label="I agree that this is published.")


filing = FilingSpecimen(prefix="filing")
refused = SubscribeForm({"refused-address": "nobody at example"}, prefix="refused")
comment_form = CommentForm(dialogue=dialogue, prefix="whole")
cast("forms.ModelChoiceField[Any]", comment_form.fields["paragraph"]).queryset = Paragraph.objects.none()
answer_form = AnswerForm(prefix="answer")
page = Paginator(range(60), 20).page(2)
facet = Facet("kind", "Kind", [Choice("quote", "Quotes", 12, False), Choice("paper", "Papers", 3, True)])
hit = Hit(
    quote, "Summary", "Co-Chairs’ summary", ["16 June 2026"], "/dialogues/sample-dialogue/summary/en/v2/#p12",
    Snippet(mark_safe("… the first link of a <mark>debt</mark> …"), "#p12", "Paragraph 12"),
)  # fmt: skip
similar = SimilarRecord(
    url="/quotes/3/", title="Ilse Sample", opening="A debt has no end where the lender keeps the book.", kind="Quote",
    context=["16 June 2026"],
)  # fmt: skip
