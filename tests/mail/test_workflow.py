"""Changing the words of letters: who may, what is refused, and what the history keeps."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mail.letter import KINDS, Words
from mail.models import LetterText
from mail.workflow import use_default, write_words

pytestmark = pytest.mark.django_db

CODE = KINDS["accounts-sign_in_code"]
WORDS = Words("Welcome", "Type {code}.")


def history():
    rows = LetterText.history.order_by("history_id")
    return [(row.history_type, row.body, getattr(row.history_user, "email", None)) for row in rows]


def test_words_are_written_for_one_language_with_their_history(secretary):
    write_words(CODE, "fr", WORDS, by=secretary)
    write_words(CODE, "fr", Words("Welcome", "Here: {code}"), by=secretary)
    kept = LetterText.objects.get()
    assert (kept.letter, kept.language, kept.body) == ("accounts-sign_in_code", "fr", "Here: {code}")
    assert history() == [("+", "Type {code}.", secretary.email), ("~", "Here: {code}", secretary.email)]


def test_the_same_words_again_leave_no_trace(secretary):
    write_words(CODE, "fr", WORDS, by=secretary)
    write_words(CODE, "fr", WORDS, by=secretary)
    assert len(history()) == 1


def test_going_back_to_the_default_keeps_the_words_in_the_history(secretary):
    write_words(CODE, "fr", WORDS, by=secretary)
    assert use_default(CODE, "fr", by=secretary)
    assert not use_default(CODE, "fr", by=secretary)
    assert not LetterText.objects.exists()
    assert history()[-1] == ("-", "Type {code}.", secretary.email)


def test_writing_the_default_words_is_going_back_to_them(secretary):
    write_words(CODE, "fr", WORDS, by=secretary)
    write_words(CODE, "fr", CODE.default_words("fr"), by=secretary)
    assert not LetterText.objects.exists()


def test_words_without_a_needed_field_are_not_written(secretary):
    with pytest.raises(ValidationError) as caught:
        write_words(CODE, "fr", Words("Welcome {code}", "Nothing"), by=secretary)
    assert set(caught.value.message_dict) == {"subject", "body"}
    assert not LetterText.objects.exists()


def test_reviewers_change_no_words(reviewer):
    with pytest.raises(PermissionDenied):
        write_words(CODE, "fr", WORDS, by=reviewer)
    with pytest.raises(PermissionDenied):
        use_default(CODE, "fr", by=reviewer)
    assert not LetterText.objects.exists()
