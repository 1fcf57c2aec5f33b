from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from contributions import workflow as filing
from dialogues.models import ExpectedDocument, Organization, ParticipationCount, Sitting
from publishing import workflow
from tests import build, files
from tests.i18n.brackets import write_catalogue

# Without Latin letters, so that unmarked English text cannot hide among them.
NAME, SENTENCE = "Καλυψώ", "Ο λόγος ακούστηκε, και γράφτηκε."


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """Reset the rate limits, which are kept in the cache."""
    cache.clear()


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory):
    """Return a folder with the catalogue that puts every string in brackets."""
    folder = tmp_path_factory.mktemp("brackets")
    write_catalogue(folder)
    return folder


@pytest.fixture
def in_brackets(settings, catalogue):
    """Show the English interface with every marked string in brackets."""
    settings.LOCALE_PATHS = [catalogue]


@pytest.fixture
def filer(db):
    return build.user("filer@example.org", name=NAME)


@pytest.fixture
def superuser(db):
    return build.user("superuser@example.org", name=NAME, is_staff=True, is_superuser=True)


@pytest.fixture
def world(db, filer):
    """Create one record of each kind with every field set, all in Greek."""
    series = build.series(name=NAME, description=SENTENCE, notice=SENTENCE)
    dialogue = build.dialogue(
        series=series, title=NAME, edition=3, ends_on=timezone.localdate(), date_note=SENTENCE, venue=NAME, city=NAME,
        format="hybrid", languages=["en", "fr"], follows=NAME, description=SENTENCE,
    )  # fmt: skip
    topic = build.topic(NAME)
    dialogue.topics.add(topic)
    hours = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=2)}
    Sitting.objects.create(dialogue=dialogue, **hours)
    ParticipationCount.objects.create(dialogue=dialogue, what=NAME, number=3, source=NAME)
    panel = build.panel(dialogue, title=NAME, description=SENTENCE, guiding_questions=SENTENCE, **hours)
    build.panel(dialogue, number=2, title=NAME)
    organization = Organization.objects.create(name=NAME, type="academia", country="GR")
    who = build.speaker(NAME, title=NAME, organization=organization, biography=SENTENCE)
    appearance = build.appearance(dialogue, who=who, panel=panel, title=NAME, affiliation=NAME)
    chair = build.appearance(dialogue, who=build.speaker(NAME), role="co-chair")
    quote = build.quote(appearance, text=SENTENCE, source=NAME)
    text = f"## {NAME}\n\n1. {SENTENCE}\n\n2. {SENTENCE}"
    first = build.summary(dialogue, text=text)
    build.summary(dialogue, language="fr", text=text)
    second = build.summary(dialogue, version=2, text=text.replace("γράφτηκε", "ειπώθηκε"), changes=SENTENCE)
    draft = build.summary(dialogue, version=3, text=text, changes=SENTENCE, public=False)
    paper = build.paper(dialogue, title=NAME, pages=["2026"])
    news = build.news_item(NAME, about=[dialogue], text=SENTENCE, place=NAME, issued_on=timezone.localdate())
    expected = ExpectedDocument.objects.create(
        dialogue=dialogue, kind="guidance", language="fr", expected_on=timezone.localdate()
    )
    ExpectedDocument.objects.create(dialogue=dialogue, kind="background-paper")
    call = build.call(dialogue, title=NAME, guidance=SENTENCE, word_limit=50)
    call.questions.create(number=1, text=SENTENCE, word_limit=20)
    words = {"organization_name": NAME, "person_name": NAME, "title": NAME, "text": SENTENCE, "signers": NAME}
    contribution = build.contribution(
        call, by=filer, organization=organization, attach=[("α.pdf", files.pdf([""]))], **words
    )
    build.reflection(second.paragraphs.get(number=1), contribution)
    returned = build.contribution(call, by=filer, state="submitted", **words)
    filing.request_changes(returned, by=None, note=SENTENCE)
    return {
        "series": series, "dialogue": dialogue, "topic": topic, "panel": panel, "organization": organization,
        "speaker": who, "appearance": appearance, "chair": chair, "quote": quote, "summary": second, "first": first,
        "draft": draft, "paper": paper, "news": news, "expected": expected, "call": call,
        "contribution": contribution, "submitted": build.contribution(call, by=filer, state="submitted", **words),
        "returned": returned,
        "begun": build.draft(call, by=filer, **words),
        "preview": workflow.share(draft, by=None, days=3, recipient=chair),
    }  # fmt: skip
