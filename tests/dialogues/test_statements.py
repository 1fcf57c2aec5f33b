"""Statements that were delivered from the floor."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from dialogues.models import Appearance, Organization, Statement
from dialogues.workflow import merge
from documents.tasks import read_document
from documents.workflow import store
from tests import build, files
from tests.desk.test_records import edit
from tests.gate import hides, is_absent, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return build.dialogue(title="Dialogue of quaggas")


@pytest.fixture
def panel(dialogue):
    return build.panel(dialogue, title="Panel of lions")


def with_file(dialogue, text=b"The account of the harbour, long enough to be a paragraph of its own.", **fields):
    document = store(files.upload("statement.txt", text))
    if document.copy is None:
        read_document.call(document.pk)
    return build.statement(dialogue, text="", document=document, **fields)


def test_a_statement_has_a_page_with_its_speaker_and_place(client, dialogue, panel):
    seat = build.appearance(dialogue, who=build.speaker("Ana Sample"), panel=panel, role="floor", title="Director",
                            affiliation="Open Door")  # fmt: skip
    made = build.statement(dialogue, at=seat, panel=panel, text="First.\n\nSecond.")
    assert made.get_absolute_url() == f"/dialogues/{dialogue.slug}/statements/1/"
    assert shows(
        client, made.get_absolute_url(), "Statement by Ana Sample", "Director, Open Door", "Panel of lions",
        'id="p2"', seat.speaker.get_absolute_url(), "Cite this statement",
    )  # fmt: skip


def test_statements_are_listed_in_their_order(client, dialogue, panel):
    for position, name in ((2, "Bo Sample"), (1, "Ana Sample")):
        seat = build.appearance(dialogue, who=build.speaker(name), panel=panel, role="floor")
        build.statement(dialogue, at=seat, panel=panel, position=position)
    for page in (dialogue, panel):
        html = client.get(page.get_absolute_url()).content.decode()
        assert html.index("Statement by Ana Sample") < html.index("Statement by Bo Sample")


def test_an_organization_may_have_delivered_it(client, dialogue):
    body = Organization.objects.create(name="Open Door")
    made = build.statement(dialogue, organization=body)
    assert shows(client, made.get_absolute_url(), "Statement by Open Door")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(dialogue=dialogue)


@pytest.mark.parametrize("gate", ["statement", "dialogue"])
def test_hidden_statements_are_absent(client, dialogue, gate, desk):
    made = with_file(dialogue)
    addresses = [made.get_absolute_url(), made.get_download_url(), f"{made.get_absolute_url()}cite.bib"]
    assert all(client.get(address).status_code == 200 for address in addresses)
    record = made if gate == "statement" else dialogue
    type(record).objects.filter(pk=record.pk).update(published_at=None)
    assert all(is_absent(client, address) for address in addresses)
    assert desk.get(made.get_absolute_url()).status_code == 200
    if gate == "statement":
        assert hides(client, dialogue.get_absolute_url(), "Statements from the floor")


def test_a_file_is_read_and_sent_as_its_clean_copy(client, dialogue):
    made = with_file(dialogue)
    assert shows(client, made.get_absolute_url(), "The account of the harbour")
    answer = client.get(made.get_download_url())
    assert b"".join(answer.streaming_content).startswith(b"The account of the harbour")
    bare = build.statement(dialogue, text="")
    assert is_absent(client, bare.get_download_url())
    assert shows(client, bare.get_absolute_url(), "The secretariat has no text of this statement.")
    assert is_absent(client, f"{bare.get_absolute_url()}?page=2")


def test_a_statement_is_cited_as_a_speech(client, dialogue, panel):
    seat = build.appearance(dialogue, who=build.speaker("Ana Sample"), panel=panel, role="floor")
    made = build.statement(dialogue, at=seat, panel=panel)
    page = client.get(made.get_absolute_url())
    line = page.context["citation"].line
    assert "Dialogue of quaggas, 10 July 2024. Delivered from the floor, English." in line
    assert line in " ".join(unescape(strip_tags(page.content.decode())).split())
    bibtex = client.get(f"{made.get_absolute_url()}cite.bib").content.decode()
    assert "{Ana Sample}" in bibtex
    assert "Panel of lions, Dialogue of quaggas" in bibtex
    assert client.get(f"{made.get_absolute_url()}cite.ris").status_code == 200
    assert is_absent(client, f"{made.get_absolute_url()}cite.exe")


def test_statements_are_found_by_their_words_file_and_speaker(client, dialogue):
    seat = build.appearance(dialogue, who=build.speaker("Ana Sample"), role="floor")
    made = build.statement(dialogue, at=seat, text="A wombat was seen.")
    filed = with_file(dialogue, b"An okapi was seen at the harbour, and nothing else.")
    hidden = build.statement(dialogue, text="A wombat too.", public=False)
    assert shows(client, "/search/?q=wombat", made.get_absolute_url())
    assert shows(client, "/search/?q=okapi", filed.get_absolute_url())
    assert shows(client, "/search/?q=sample&kind=statement", made.get_absolute_url())
    assert hides(client, "/search/?q=wombat", hidden.get_absolute_url())


def test_merged_people_keep_their_statements(dialogue, secretary):
    old, new = build.speaker(), build.speaker()
    made = build.statement(dialogue, at=build.appearance(dialogue, who=old, role="floor"))
    twin = build.appearance(dialogue, who=new, role="floor")
    merge(old, new, by=secretary)
    made.refresh_from_db()
    assert made.appearance == twin


def test_a_panel_of_another_dialogue_is_refused(dialogue):
    made = build.statement(dialogue, public=False)
    made.panel = build.panel(build.dialogue())
    with pytest.raises(ValidationError):
        made.full_clean()


class TestDesk:
    def add(self, desk, dialogue, **fields):
        sent = {"position": 1, "language": "en", "text": "Our words.", **fields}
        return desk.post(f"/desk/add/statement/?dialogue={dialogue.pk}", sent)

    def test_a_statement_is_added_with_the_person_as_they_appeared(self, desk, dialogue, panel):
        self.add(desk, dialogue, speaker="Ana Sample", as_title="Director", panel=panel.pk)
        assert not dialogue.statements.exists()
        new = {
            "speaker": "Ana Sample",
            "speaker-is-new": "on",
            "organization": "Open Door",
            "organization-is-new": "on",
        }
        self.add(desk, dialogue, **new, as_title="Director", panel=panel.pk)
        made = dialogue.statements.get()
        given = made.appearance
        assert (given.role, given.panel, given.title, given.speaker.name) == ("floor", panel, "Director", "Ana Sample")
        assert (made.organization.name, given.organization, made.is_published) == (
            "Open Door",
            made.organization,
            False,
        )
        assert shows(desk, f"/desk/dialogues/{dialogue.pk}/quotes/", "Statement by Ana Sample")

    def test_somebody_has_delivered_it(self, desk, dialogue):
        assert "Enter who delivered it" in self.add(desk, dialogue).content.decode()
        Organization.objects.create(name="Open Door")
        self.add(desk, dialogue, organization="Open Door")
        assert dialogue.statements.get().appearance is None

    def test_a_second_statement_of_a_person_keeps_how_they_appeared(self, desk, dialogue):
        seat = build.appearance(dialogue, who=build.speaker("Ana Sample"), role="floor", title="Director")
        self.add(desk, dialogue, speaker="Ana Sample")
        seat.refresh_from_db()
        assert (dialogue.statements.get().appearance, seat.title) == (seat, "Director")

    def test_a_wrong_person_is_corrected_with_their_appearance(self, desk, dialogue):
        made = build.statement(dialogue, public=False)
        right = build.speaker("Right Sample")
        edit(desk, f"/desk/statement-{made.pk}/", speaker="Right Sample", as_title="Chair of Door")
        made.refresh_from_db()
        assert (made.appearance.speaker, made.appearance.title) == (right, "Chair of Door")
        assert Appearance.objects.count() == 1

    def test_an_appearance_that_others_refer_to_stays_as_it_is(self, desk, dialogue):
        made = build.statement(dialogue, public=False)
        build.quote(made.appearance)
        build.speaker("Right Sample")
        edit(desk, f"/desk/statement-{made.pk}/", speaker="Right Sample")
        assert Appearance.objects.count() == 2

    def test_a_statement_is_corrected_and_its_old_words_are_kept(self, desk, dialogue, secretary):
        made = build.statement(dialogue, text="We was heard.")
        edit(desk, f"/desk/statement-{made.pk}/", text="We were heard.")
        old, new = made.history.order_by("history_date")[:2]
        assert (old.text, new.text, new.history_user) == ("We was heard.", "We were heard.", secretary)

    def test_a_file_is_added(self, desk, dialogue):
        seat = build.appearance(dialogue, who=build.speaker("Ana Sample"), role="floor")
        upload = files.upload("a.txt", b"The account of the harbour.")
        self.add(desk, dialogue, speaker="Ana Sample", text="", upload=upload)
        assert dialogue.statements.get().document is not None
        assert seat.statements.count() == 1

    def test_statements_are_published_with_the_dialogue_part(self, desk, dialogue):
        made = build.statement(dialogue, public=False)
        assert shows(desk, f"/desk/dialogues/{dialogue.pk}/publication/", f"statement-{made.pk}")
        desk.post(f"/desk/publish/?record=statement-{made.pk}")
        assert Statement.objects.published().get() == made
