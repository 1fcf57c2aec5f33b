import pytest

from documents.tasks import render_picture
from documents.workflow import store
from publishing import workflow
from tests import build, files
from tests.once import made_once


class House:
    """One published record of each kind with a page or a file, and the addresses of their pages."""

    def __init__(self, portrait):
        self.dialogue = build.dialogue(title="The dialogue", slug="the-dialogue")
        self.panel = build.panel(self.dialogue, title="The panel")
        self.speaker = build.speaker("Ada Speaker", portrait=portrait)
        self.appearance = build.appearance(self.dialogue, who=self.speaker, panel=self.panel, title="Captain")
        self.quote = build.quote(self.appearance, text="The sea keeps no records.")
        original = store(files.upload("summary.pdf", files.pdf(["The summary"])))
        build.clean_copy(original)
        self.summary = build.summary(self.dialogue, document=original)
        self.paper = build.paper(self.dialogue, title="The paper")
        self.statement = build.statement(self.dialogue, at=self.appearance)
        self.photograph = build.photograph(self.dialogue)
        self.topic = build.topic("The topic")
        self.news_item = build.news_item(about=[self.dialogue])
        self.dialogue.topics.add(self.topic)
        self.panel.topics.add(self.topic)

    def address(self, page):
        """The address of a page or file, by its name in `PAGES`."""
        return {
            "dialogue": "/dialogues/the-dialogue/",
            "panel": "/dialogues/the-dialogue/panels/1/",
            "speaker": f"/speakers/{self.speaker.slug}/",
            "portrait": f"/speakers/{self.speaker.slug}/portrait/160/",
            "quote": f"/quotes/{self.quote.address_number}/",
            "quotes": "/dialogues/the-dialogue/quotes/",
            "current summary": "/dialogues/the-dialogue/summary/",
            "summary": "/dialogues/the-dialogue/summary/en/v1/",
            "summary file": "/dialogues/the-dialogue/summary/en/v1/file/",
            "statement": f"/dialogues/the-dialogue/statements/{self.statement.address_number}/",
            "photograph": f"/dialogues/the-dialogue/photographs/{self.photograph.address_number}/",
            "picture": f"/dialogues/the-dialogue/photographs/{self.photograph.address_number}/480/",
            "paper": f"/dialogues/the-dialogue/papers/{self.paper.address_number}/",
            "paper file": f"/dialogues/the-dialogue/papers/{self.paper.address_number}/download/",
            "news": f"/news/{self.news_item.slug}/",
            "topic": f"/topics/{self.topic.slug}/",
        }[page]

    def close(self, gate):
        workflow.unpublish(getattr(self, gate), by=None)


@pytest.fixture
def portrait(db):
    """Return a picture with its renditions, even if tasks are not run."""
    picture = build.portrait()
    render_picture.call(picture.pk)
    return picture


@pytest.fixture
def house(portrait, tasks_wait):
    return House(portrait)


@pytest.fixture(scope="module")
def house_of_module(django_db_setup, django_db_blocker):
    """One house for a module of which every test asks for it; each gets a copy, and what it changes is undone."""

    def make():
        picture = build.portrait()
        render_picture.call(picture.pk)
        return House(picture)

    yield from made_once(django_db_blocker, make)
