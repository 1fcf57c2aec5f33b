import pytest

from documents.models import Kind
from intake.batches.cells import is_file_name


@pytest.mark.parametrize("name", [*(f"Statement.{kind}" for kind in Kind), "NOTES.MARKDOWN", "two.words.PDF"])
def test_the_name_of_a_file_of_each_accepted_kind_is_one(name):
    assert is_file_name(name)


@pytest.mark.parametrize("text", ["", "Statement", "pdf", "statement.xlsx", "Read statement.pdf today"])
def test_other_texts_are_not(text):
    assert not is_file_name(text)
