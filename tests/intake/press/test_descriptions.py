"""Title, role and affiliation as the words beside a name give them. All people and bodies are invented."""

import pytest

from intake.press.people import Description, parse_description


@pytest.mark.parametrize(
    ("clause", "description"),
    [
        ("Chair of the 2024 Constructive Dialogue on Firearms", Description(role="chair")),
        ("from the University of Liverpool", Description(affiliation="University of Liverpool")),
        ("of Colombia", Description(affiliation="Colombia")),
        ("Peru", Description(affiliation="Peru")),
        ("of the Open Door", Description(affiliation="Open Door")),
        ("representative of Spain", Description("representative", "", "Spain")),
        (
            "Permanent Representative of Colombia to the United Nations",
            Description("Permanent Representative", "", "Colombia"),
        ),
        ("Director, Open Door", Description("Director", "", "Open Door")),
        ("Director of the Open Door (OD)", Description("Director", "", "Open Door")),
        (
            "Executive Director of Hope House and Co-Chair of the Dialogue",
            Description("Executive Director", "co-chair", "Hope House"),
        ),
        (
            "Co-Chair of the Dialogue and Director of Hope House",
            Description("Director", "co-chair", "Hope House"),
        ),
        ("Counsellor at the Permanent Mission of Peru", Description("Counsellor", "", "Permanent Mission of Peru")),
        ("Counsellor of the Permanent Mission of Peru", Description("Counsellor")),
        (
            "Professor of Migration Law at Lake University",
            Description("Professor of Migration Law", "", "Lake University"),
        ),
        ("a lawyer with the Legal Clinic of Qasr", Description("lawyer", "", "Legal Clinic of Qasr")),
        ("directrice du Réseau des foyers du sud (RFS)", Description("directrice", "", "Réseau des foyers du sud")),
        (
            "chercheuse à l’Observatoire des petites armes",
            Description("chercheuse", "", "Observatoire des petites armes"),
        ),
        ("jefa de la Unidad de Rastreo de la Fiscalía de Alba", Description("jefa", "", "Fiscalía de Alba")),
        ("de la Red de Parteras", Description(affiliation="Red de Parteras")),
        ("coprésidente du Dialogue constructif sur les armes à feu", Description(role="co-chair")),
        ("présidente du Dialogue", Description("présidente")),
        ("moderador", Description(role="moderator")),
        ("MD, a researcher at the Clinics Without Counters", Description("researcher", "", "Clinics Without Counters")),
        (
            "Permanent Representative of the Emirate of Qasr al-Bahr",
            Description("Permanent Representative", "", "Emirate of Qasr al-Bahr"),
        ),
        ("labour inspector from", Description("labour inspector")),
        ("a survivor and activist", Description("survivor and activist")),
        ("in her message", Description()),
        ("", Description()),
    ],
)
def test_parse_description(clause, description):
    assert parse_description(clause) == description


@pytest.mark.parametrize("clause", ["of the Fence", "from Lesbos", "Director of the Ministry of Justice of Chile"])
def test_no_affiliation_that_is_in_doubt(clause):
    assert parse_description(clause).affiliation in ("", "Ministry of Justice of Chile")


def test_a_single_word_is_an_affiliation_if_the_database_has_it():
    assert parse_description("of Hope").affiliation == ""
    assert parse_description("of Hope", {"hope"}).affiliation == "Hope"
