"""Dialogues that a release names, with their edition."""

import pytest

from intake.press import read_press_release
from tests.intake.press.test_reader import NAMES


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("The Fourth Constructive Dialogue on Firearms was held on 10 May 2024.", 4),
        ("The 12th Constructive Dialogue on Firearms was held on 10 May 2024.", 12),
        ("El tercer Diálogo Constructivo sobre Firearms fue el 10 de mayo de 2024.", 3),
        (
            "The Constructive Dialogue on Firearms was held on 10 May 2024. This fourth Dialogue on Firearms was long.",
            4,
        ),
        ("The Constructive Dialogue on Firearms was held on 10 May 2024, the fourth day of rain.", None),
    ],
)
def test_the_edition_of_a_dialogue(text, edition):
    assert [one.edition for one in read_press_release(text, NAMES).meetings] == [edition]
