import pytest

from intake.press.clauses import Given, understood


@pytest.mark.parametrize(
    ("clause", "given"),
    [
        ("Chair of the 2024 Constructive Dialogue on Firearms", Given(role="chair")),
        ("Chair of the Board of Hope", Given("Chair", "", "Board of Hope")),
        ("from the University of Liverpool", Given(affiliation="University of Liverpool")),
        ("of Colombia", Given(affiliation="Colombia")),
        ("representative of Spain", Given(affiliation="Spain")),
        (
            "Permanent Representative of Colombia to the United Nations",
            Given("Permanent Representative", "", "Colombia"),
        ),
        ("Professor of Law at the University of Turin", Given("Professor of Law", "", "University of Turin")),
        ("Director, Open Door", Given("Director", "", "Open Door")),
        ("a survivor and activist", Given("survivor and activist")),
        ("Director of Hope and Co-Chair of the Dialogue", Given("Director", "co-chair", "Hope")),
        ("Professor of Criminology", Given("Professor of Criminology")),
        ("Head of Advocacy of Open Door", Given("Head of Advocacy", "", "Open Door")),
        ("Head of Research and Policy, Open Door", Given("Head of Research and Policy", "", "Open Door")),
        ("Attorney at Law", Given("Attorney at Law")),
        ("Head of the Unit for Victims of the Office of Z", Given("Head of the Unit for Victims", "", "Office of Z")),
        ("Director of Hope and Chair of the Board of X", Given("Director", "", "Hope")),
        (
            "Chair of the Working Group on Firearms and Permanent Representative of Peru to the United Nations",
            Given("Permanent Representative", "", "Peru"),
        ),
        ("Chair of the Working Group on Firearms", Given("Chair of the Working Group on Firearms")),
        (
            "Vice-Chair of the Constructive Dialogue on Firearms",
            Given("Vice-Chair of the Constructive Dialogue on Firearms"),
        ),
        ("panellist from Open Door", Given("", "panellist", "Open Door")),
        ("a lawyer on the island of Gozo", Given("lawyer on the island of Gozo")),
        ("who teaches at Open University", Given(affiliation="Open University")),
        ("CEO of the firm Open Maps", Given("CEO", "", "Open Maps")),
        ("", Given()),
    ],
)
def test_understood(clause, given):
    assert understood(clause) == given
