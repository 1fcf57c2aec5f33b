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
        ("", Given()),
    ],
)
def test_understood(clause, given):
    assert understood(clause) == given
