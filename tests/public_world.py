"""One public record of each kind, and the addresses of the pages on them, for tests of what changes public pages."""

from types import SimpleNamespace

from contributions import workflow as filing
from dialogues.models import ExpectedDocument, Organization
from tests import build


def make_world():
    """Return one public record of each kind, each with a word of its own, and the addresses of the pages on them."""
    made = SimpleNamespace(secretary=build.user("secretary@example.org", role="Secretariat", is_staff=True))
    made.organization = Organization.objects.create(name="House of Larks")
    made.topic = build.topic("Debt")
    made.dialogue = build.dialogue(title="Dialogue of quaggas", slug="quaggas", city="Vienna")
    made.dialogue.topics.add(made.topic)
    made.panel = build.panel(made.dialogue, title="Panel of lions")
    made.chair = build.co_chair(made.dialogue)
    made.speaker = build.speaker("Eleni Invented", organization=made.organization, portrait=build.portrait())
    made.seat = build.appearance(made.dialogue, who=made.speaker, panel=made.panel, organization=made.organization)
    made.quote = build.quote(made.seat, text="We were heard by quaggas.")
    made.draft_quote = build.quote(made.seat, text="A second quagga.", public=False)
    made.summary = build.summary(made.dialogue, text="1. A quagga was seen.\n\n2. Nothing else.")
    build.recommendation(made.summary, 2)
    made.paper = build.paper(made.dialogue)
    made.recording = build.recording(made.dialogue)
    made.statement = build.statement(made.dialogue, at=made.seat, panel=made.panel, text="A quagga speaks.")
    made.photograph = build.photograph(made.dialogue, caption="A quagga in the hall")
    made.news = build.news_item("News of the quagga", about=[made.dialogue])
    made.expected = ExpectedDocument.objects.create(dialogue=made.dialogue, kind="programme", language="fr")
    made.call = build.call(made.dialogue, title="Call for quaggas")
    made.contribution = build.contribution(
        made.call, title="A quagga writes", text="The text of a quagga.", organization_name="House of Larks",
        organization=made.organization, attach=[("a.txt", b"A file about a quagga.")],
        signers="House of Terns\nHouse of Gulls", confirmed_signers=["House of Terns"],
    )  # fmt: skip
    made.submitted = build.contribution(made.call, state="submitted", title="Another quagga")
    made.paragraph = made.summary.paragraphs.first()
    made.confirmed = filing.confirm_reflection(made.paragraph, made.quote, by=made.secretary)
    records = [
        made.dialogue, made.panel, made.speaker, made.quote, made.summary, made.topic, made.news, made.call,
        made.statement, made.photograph,
    ]  # fmt: skip
    own = made.contribution.get_absolute_url()
    made.pages = [
        *(record.get_absolute_url() for record in records), own, f"{own}files/1/", made.paper.get_absolute_url(),
        "/", "/dialogues/", "/speakers/", "/quotes/", "/topics/", "/news/", "/awaited/", "/contributions/",
        "/contributions/participation/", "/search/?q=quagga", "/search/", "/sitemap.xml", "/dialogues/quaggas/quotes/",
    ]  # fmt: skip
    return made
