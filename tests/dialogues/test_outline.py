import pytest

from dialogues.outline import outline
from dialogues.paragraphs import Block


@pytest.mark.parametrize(
    ("levels", "ranks"),
    [
        ([2, 2, 2], [2, 2, 2]),
        ([1, 2, 3, 2, 1], [2, 3, 4, 3, 2]),
        ([2, 4, 4, 2], [2, 3, 3, 2]),
        ([3, 2, 3], [2, 2, 3]),
        ([4, 1, 4, 3], [2, 2, 3, 3]),
        ([], []),
    ],
)
def test_ranks_go_down_one_at_a_time_and_come_back(levels, ranks):
    blocks = [Block("Head", level=level) for level in levels]
    assert [heading.rank for heading in outline([*blocks, Block("Words", number=1)])] == ranks
