"""Where a text names its sender, who withholds that name: names, acronyms, websites and signatures."""

import pytest

from contributions.models import Contribution
from contributions.screening.doubts import doubts_of
from dialogues.models import Organization
from tests import build

pytestmark = pytest.mark.django_db


def drafted(participant, **fields):
    return build.draft(build.call(), by=participant, **{"text": "Our account.", **fields})


def found(record):
    revision = Contribution.objects.get(pk=record.pk).draft
    return [(doubt.place, doubt.finding.found) for doubt in doubts_of(revision) if doubt.finding]


def test_other_lines_that_begin_like_a_closing_are_not_signatures(participant):
    text = (
        "Best practices exist.\n\nThanks, first of all.\n\nThank you\nfor reading this; it matters.\n\n---\n\nOne more."
    )
    assert found(drafted(participant, text=text, appear_as="anonymous")) == []


@pytest.mark.parametrize(
    ("appear_as", "words"),
    [
        ("anonymous", ["Open Door Network", "ODN", "Sample", "Partner House"]),
        ("organization", ["Sample"]),
        ("named", []),
    ],
)
def test_withheld_names_of_the_sender_are_found(participant, appear_as, words):
    text = "Open Door Network (ODN) was founded by Sample with Partner House. An open door network is no name."
    names = {"organization_name": "Open Door Network", "person_name": "Ada Sample", "signers": "Partner House"}
    record = drafted(participant, text=text, appear_as=appear_as, **names)
    assert [found for _place, found in found(record)] == words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Coastal Women's Legal Aid Collective", "The Coastal Womens Legal Aid Collective saw it.", True),
        ("Coastal Women's Legal Aid Collective", "See www.coastal-womens-legal-aid.org there", True),
        ("Coastal Women's Legal Aid (CWLA)", "See https://reports.cwla.org/2026 there", True),
        ("Coastal Women's Legal Aid (CWLA)", "See https://coast.example.org and legal.example there", False),
        ("Ассоциация «Тихая гавань»", "Мы работаем в «Тихой гавани» давно", True),
        ("Ассоциация «Тихая гавань»", "Это была тихая гавань для всех", False),
        ("反对人口贩运联盟", "我们的反对人口贩运联盟认为", True),
        ("反对人口贩运联盟", "我们反对贩运", False),
        ("جمعية شروق", "تعمل جمعية شروق هنا", True),
    ],
)
def test_the_senders_organization_is_found_as_it_is_written(participant, name, text, words):
    record = drafted(participant, text=text, appear_as="anonymous", organization_name=name)
    assert bool(found(record)) is words


def test_each_word_of_the_withheld_name_of_a_person_is_found(participant):
    record = drafted(participant, text="Hannah wrote it; Dr. Weiss and Li read it.", appear_as="anonymous")
    record.draft.__class__.objects.update(person_name="Dr. Hannah Li Weiss")
    assert [words for _place, words in found(record)] == ["Hannah", "Weiss"]


def test_the_acronym_on_record_is_found_in_an_anonymous_file_alone(participant):
    record = drafted(participant, text="GHX says.")
    Contribution.objects.update(organization=Organization.objects.create(name="Group for Help", acronym="GHX"))
    attachment = build.attached(record, "a.txt", b"GHX wrote this.", by=participant)
    assert found(record) == []
    attachment.appear_as = "anonymous"
    attachment.save()
    assert found(record) == [("File 1, paragraph 1", "GHX")]


@pytest.mark.parametrize(
    "text",
    [
        "Our account.\n\nYours sincerely,\nMaria from the office",
        "Compte.\n\nCordialement,\n\nMaria from the office",
        "С уважением,\nMaria from the office",
        "Our account.\n\nBest,\nMaria from the office",
        "Our account.\n--\nMaria from the office",
        "Thanks, Maria from the office",
        "Gracias,\n\nMaria from the office",
    ],
)
def test_a_signature_is_found_only_where_the_name_is_withheld(participant, text):
    record = drafted(participant, text=text, appear_as="anonymous")
    assert [words for _place, words in found(record)] == ["Maria from the office"]
    record.draft.__class__.objects.update(appear_as="named", person_name="Maria")
    assert found(record) == []
