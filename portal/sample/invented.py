"""Load the invented dialogue from `sample.json` and the texts beside it."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from contributions import workflow as filing
from contributions.models import Call, Contribution, Revision
from dialogues import workflow
from dialogues.models import Dialogue, NewsItem, Organization, Panel, Quote, Speaker, Summary, Topic
from dialogues.workflow.recommendations import marks_digest
from documents.tasks import read_document
from documents.workflow import store, store_picture
from publishing import workflow as publishing

from . import day, files, translations
from .real import FOLDER, Item, make_dialogue, make_series, make_topics


def load(filer: Any) -> Dialogue:
    """Create, publish and return the whole sample dialogue; `filer` is the user who sent its contributions."""
    data = json.loads((FOLDER / "sample.json").read_text("utf8"))
    make_topics(data["topics"])
    organizations = {item["slug"]: make_organization(item) for item in data["organizations"]}
    people = {item["slug"]: make_speaker(item, organizations) for item in data["people"]}
    item = data["dialogue"] | {"counts": data["counts"], "expected": data["expected"]}
    dialogue = make_dialogue(item, make_series(data["series"]))
    panels = {panel["number"]: make_panel(dialogue, panel) for panel in data["panels"]}
    for position, appearance in enumerate(data["appearances"]):
        make_appearance(dialogue, appearance, position, people, panels, organizations)
    publishing.publish(dialogue, by=None)
    for quote in data["quotes"]:
        make_quote(dialogue, quote)
    for paper in data["papers"]:
        make_paper(dialogue, paper)
    for news in data["news"]:
        make_news(dialogue, news)
    day.load(dialogue, data)
    for language in ("en", "fr"):
        make_summary(dialogue, language)
    mark_recommendations(dialogue)
    call = make_call(dialogue, data["call"])
    contributions = {
        path.stem: make_contribution(call, json.loads(path.read_text("utf8")), organizations)
        for path in sorted((FOLDER / "contributions").glob("*.json"))
    }
    make_reflections(dialogue, data["reflections"], contributions)
    # Last, so that the filer gets no emails about contributions made before their first visit.
    call.contributions.update(filer=filer)
    now = timezone.now()
    make_call(dialogue, data["open_call"] | {"opens_at": now, "closes_at": now + timedelta(days=60)})
    return dialogue


def make_organization(item: Item) -> Organization:
    """Create an organization."""
    names = ("name", "acronym", "type", "country")
    return Organization.objects.create(**{name: item[name] for name in names if item.get(name)})


def make_speaker(item: Item, organizations: dict[str, Organization]) -> Speaker:
    """Create a speaker with a portrait; `organizations` are by slug."""
    return Speaker.objects.create(
        slug=item["slug"],
        name=item["name"],
        family_name=item.get("family_name", ""),
        biography=item["biography"],
        organization=organizations.get(item["organization"]),
        portrait=store_picture(
            files.portrait(item["portrait_seed"]),
            alt="A drawn figure without a face, in place of a portrait",
            credit="Drawn for the sample",
        ),
    )


def make_panel(dialogue: Dialogue, item: Item) -> Panel:
    """Create a panel with its topics, and with its guiding questions as a numbered list."""
    questions = "\n".join(f"{number}. {text}" for number, text in enumerate(item["guiding_questions"], start=1))
    panel = dialogue.panels.create(
        number=item["number"],
        kind=item["kind"],
        title=item["title"],
        starts_at=datetime.fromisoformat(item["starts_at"]),
        ends_at=datetime.fromisoformat(item["ends_at"]),
        description=item["description"],
        guiding_questions=questions,
    )
    panel.topics.set(Topic.objects.filter(slug__in=item["topics"]))
    return panel


def make_appearance(
    dialogue: Dialogue,
    item: Item,
    position: int,
    people: dict[str, Speaker],
    panels: dict[int, Panel],
    organizations: dict[str, Organization],
) -> None:
    """Create an appearance; `people` and `organizations` are by slug, `panels` by number."""
    dialogue.appearances.create(
        speaker=people[item["person"]],
        panel=panels.get(item["panel"]),
        role=item["role"],
        title=item["title"] or "",
        affiliation=item["affiliation"] or "",
        organization=organizations.get(item["organization"]),
        position=position,
    )


def make_quote(dialogue: Dialogue, item: Item) -> None:
    """Create and publish a quote of a speaker in a panel."""
    appearance = dialogue.appearances.filter(speaker__slug=item["person"], panel__number=item["panel"])[0]
    quote = Quote.objects.create(
        appearance=appearance, text=item["text"], language=item["language"], source=item["source"]
    )
    publishing.publish(quote, by=None)


def make_paper(dialogue: Dialogue, item: Item) -> None:
    """Create and publish a paper with its file."""
    document = store(files.upload(item["file"]))
    paper = dialogue.papers.create(kind=item["kind"], title=item["title"], language=item["language"], document=document)
    publishing.publish(paper, by=None)


# By the number of a paragraph of the summary.
MARKS = {"p29": "conclusion", "p32": "conclusion", "p38": "recommendation", "p39": "outcome"}


def mark_recommendations(dialogue: Dialogue) -> None:
    """Mark what the dialogue concluded and recommended, in all languages of its summary."""
    summary = dialogue.summaries.get(language="en")
    workflow.mark_paragraphs(summary, MARKS, by=None, seen=marks_digest(summary))


def make_news(dialogue: Dialogue, item: Item) -> None:
    """Create and publish a news item about the dialogue."""
    fields = {name: item[name] for name in ("title", "slug", "place", "language", "text")}
    news = NewsItem.objects.create(issued_on=date.fromisoformat(item["issued_on"]), **fields)
    news.dialogues.add(dialogue)
    publishing.publish(news, by=None)


def make_summary(dialogue: Dialogue, language: str) -> None:
    """Create and publish the summary in one language, from its Markdown file."""
    summary = Summary.objects.create(dialogue=dialogue, language=language)
    workflow.write_paragraphs(summary, (FOLDER / f"summary.{language}.md").read_text("utf8"))
    publishing.publish(summary, by=None)


def make_reflections(dialogue: Dialogue, sources: dict[str, list[str]], contributions: dict[str, Contribution]) -> None:
    """Confirm the sources of paragraphs of the English summary: contributions by their file, quotes by speaker."""
    paragraphs = dialogue.summaries.get(language="en").paragraphs
    quotes = Quote.objects.published().filter(appearance__dialogue=dialogue)
    for number, names in sources.items():
        for name in names:
            source = contributions.get(name) or quotes.get(appearance__speaker__slug=name)
            filing.confirm_reflection(paragraphs.get(number=number), source, by=None)


def make_call(dialogue: Dialogue, item: Item) -> Call:
    """Create and publish a call with its questions."""
    call = Call.objects.create(
        dialogue=dialogue,
        title=item["title"],
        guidance=item["guidance"],
        opens_at=moment(item["opens_at"]),
        closes_at=moment(item["closes_at"]),
        word_limit=item["word_limit"],
        file_megabytes=item["file_megabytes"],
    )
    translated = translations.words()
    for number, text in enumerate(item["questions"], start=1):
        words = {language: {"text": words} for language, words in translated.get(text, {}).items()}
        call.questions.create(number=number, text=text, translations=words)
    publishing.publish(call, by=None)
    return call


def moment(value: str | datetime) -> datetime:
    """Return a date and time that may be given in ISO 8601 format."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def make_contribution(call: Call, item: Item, organizations: dict[str, Organization]) -> Contribution:
    """Submit and publish a contribution with its files, and return it."""
    contribution = Contribution.objects.create(call=call, organization=organizations.get(item["organization_slug"]))
    contribution.topics.set(Topic.objects.filter(slug__in=item["topics"]))
    words = {name: item[name] for name in ("title", "language", "text")}
    revision = Revision.objects.create(contribution=contribution, organization_name=item["organization"], **words)
    for file in item["files"]:
        attachment = filing.attach(
            revision,
            files.upload(file["file"]),
            by=None,
            language=file["language"],
            is_translation=file["is_translation"],
        )
        read_document.call(attachment.document_id)  # only clean copies are published
    filing.submit(contribution, by=None, consent=True)
    filing.publish(contribution, by=None)
    return contribution
