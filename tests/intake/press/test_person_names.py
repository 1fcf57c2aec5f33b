import pytest

from intake.press.person_names import find_mononyms
from intake.press.sentences import FILLED


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        (f"{FILLED} said Adaora, a survivor leader from Nigeria.", {"adaora"}),
        ("Suryani, Director of the Open Door, explained why.", {"suryani"}),
        (f"{FILLED} said Colombia, a representative voice.", set()),
        (f"{FILLED} said UNODC, a member of the network.", set()),
        ("Interpol, an organization of police, explained why.", set()),
        ("Later, a survivor explained why.", set()),
        ("However, the Director of the Open Door, Ana Ruiz, explained why.", set()),
    ],
)
def test_mononyms_are_names_with_a_description(prose, names):
    assert find_mononyms(prose) == names
