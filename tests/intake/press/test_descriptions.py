import pytest

from intake.press.descriptions import Description, parse_description


@pytest.mark.parametrize(
    ("clause", "description"),
    [
        ("Chair of the 2024 Constructive Dialogue on Firearms", Description(role="chair")),
        ("Chair of the Board of Hope", Description("Chair", "", "Board of Hope")),
        ("from the University of Liverpool", Description(affiliation="University of Liverpool")),
        ("of Colombia", Description(affiliation="Colombia")),
        ("representative of Spain", Description(affiliation="Spain")),
        (
            "Permanent Representative of Colombia to the United Nations",
            Description("Permanent Representative", "", "Colombia"),
        ),
        ("Professor of Law at the University of Turin", Description("Professor of Law", "", "University of Turin")),
        ("Director, Open Door", Description("Director", "", "Open Door")),
        ("a survivor and activist", Description("survivor and activist")),
        ("Director of Hope and Co-Chair of the Dialogue", Description("Director", "co-chair", "Hope")),
        ("Professor of Criminology", Description("Professor of Criminology")),
        ("Head of Advocacy of Open Door", Description("Head of Advocacy", "", "Open Door")),
        ("Head of Research and Policy, Open Door", Description("Head of Research and Policy", "", "Open Door")),
        ("Attorney at Law", Description("Attorney at Law")),
        (
            "Head of the Unit for Victims of the Office of Z",
            Description("Head of the Unit for Victims", "", "Office of Z"),
        ),
        ("Director of Hope and Chair of the Board of X", Description("Director", "", "Hope")),
        (
            "Chair of the Working Group on Firearms and Permanent Representative of Peru to the United Nations",
            Description("Permanent Representative", "", "Peru"),
        ),
        ("Chair of the Working Group on Firearms", Description("Chair of the Working Group on Firearms")),
        (
            "Vice-Chair of the Constructive Dialogue on Firearms",
            Description("Vice-Chair of the Constructive Dialogue on Firearms"),
        ),
        ("panellist from Open Door", Description("", "panellist", "Open Door")),
        ("a lawyer on the island of Gozo", Description("lawyer on the island of Gozo")),
        ("who teaches at Open University", Description(affiliation="Open University")),
        ("CEO of the firm Open Maps", Description("CEO", "", "Open Maps")),
        ("", Description()),
    ],
)
def test_parse_description(clause, description):
    assert parse_description(clause) == description
