"""What reviewers are shown of a revision before it is published: each public field, and doubts about languages."""

import pytest

from contributions.models import Contribution
from contributions.screening import language_doubts, pieces_of
from dialogues.models import Organization
from tests import build

pytestmark = pytest.mark.django_db

FRENCH = (
    "Nous avons vu que les enfants qui travaillent dans le port ne vont pas à l’école, et que leurs familles sont "
    "dans une situation très difficile depuis la fermeture de l’usine, parce que les salaires ne suffisent plus."
)
ENGLISH = (
    "We have seen that the children who work in the port do not go to school, and that their families have been in a "
    "very difficult situation since the factory was closed, because their wages are not enough for them any more."
)


def submitted(**fields):
    record = build.contribution(state="submitted", **fields)
    record.newest.contribution = record
    return record


def doubts(record):
    return [
        (doubt.said, doubt.looks_like, doubt.attachment and doubt.attachment.number)
        for doubt in language_doubts(record.newest)
    ]


def test_a_file_in_another_language_than_declared_is_doubted():
    record = submitted(text=ENGLISH, attach=[("a.txt", FRENCH.encode()), ("b.txt", ENGLISH.encode())])
    assert doubts(record) == [("English", "Français", 1)]


def test_a_file_in_its_own_language_is_not_doubted():
    record = submitted(text=ENGLISH, attach=[("a.txt", FRENCH.encode())])
    record.newest.attachments.update(language="fr")
    assert doubts(record) == []


def test_typed_text_is_doubted_apart_from_the_files():
    assert doubts(submitted(text=FRENCH)) == [("English", "Français", None)]
    assert doubts(submitted(text="Un mot.", language="en")) == []  # too short to tell


def test_reviewers_read_the_doubt_beside_the_checklist(desk):
    record = submitted(text=ENGLISH, attach=[("a.txt", FRENCH.encode())])
    html = desk.get(f"/desk/review/{record.reference}/").content.decode()
    assert "File 1 is marked as English but looks like Français." in html
    record.newest.attachments.update(language="fr")
    html = desk.get(f"/desk/review/{record.reference}/").content.decode()
    assert "looks like" not in html


@pytest.mark.parametrize(("appear_as", "is_public"), [("named", True), ("anonymous", False)])
def test_each_public_field_is_looked_at_and_no_withheld_one(appear_as, is_public):
    body = Organization.objects.create(name="Body on record", acronym="BOR")
    submitted(
        organization=body, appear_as=appear_as, person_name="Ana Sample", organization_name="The body", signers="Other",
        title="Our title", text="Our text", attach=[("a.txt", b"Words of the file")],
    )  # fmt: skip
    texts = {piece.text.strip() for piece in pieces_of(Contribution.objects.get().newest)}
    assert {"Our title", "Our text", "Words of the file"} <= texts
    names = {"Ana Sample", "The body", "Other", "Body on record", "BOR"}
    assert texts & names == (names if is_public else set())


def test_an_address_in_the_organization_on_record_is_found(desk):
    body = Organization.objects.create(name="House, office@house.example")
    record = submitted(organization=body)
    html = desk.get(f"/desk/review/{record.reference}/").content.decode()
    assert "<strong>email address</strong>, Organization on record" in html
