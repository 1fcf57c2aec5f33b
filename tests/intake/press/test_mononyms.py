import pytest

from intake.press.mononyms import mononyms
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
def test_one_word_names_somebody_of_whom_is_said_what_they_are(prose, names):
    assert mononyms(prose) == names
