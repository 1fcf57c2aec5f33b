import pytest

from intake.press.organizations import is_quoted_organization, organization_name
from intake.press.quotation_marks import find_quotations


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Network for Children's Futures (NCF)", "Network for Children's Futures"),
        ("the NGO “Open Door”", "Open Door"),
        ("the Lima-based organization Casa del Río", "Casa del Río"),
        ("Lagos-based Open Door Collective", "Open Door Collective"),
        ("Ministry of Justice, Senegal", "Ministry of Justice, Senegal"),
        ("Open Door, States too often forget", "Open Door"),
        ("Association of Judges", "Association of Judges"),
    ],
)
def test_organization_name(text, name):
    assert organization_name(text) == name


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Ana Ruiz of the NGO “Open Door” spoke.", True),
        ("Ana Ruiz of “Open Door” spoke.", True),
        ("Ana Ruiz spoke of “open doors”.", False),
        ("Ana Ruiz, from “Open Doors for all.”", False),
        ("Ana Ruiz said “Open Door”", False),
    ],
)
def test_quoted_organizations(text, is_one):
    assert is_quoted_organization(text, find_quotations(text)[0]) == is_one
