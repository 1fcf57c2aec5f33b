import base64

import pytest

from contributions.models import Revision
from contributions.receipts import facts, in_groups, new_code, typed
from publishing.models import Transition
from tests import build


def test_a_code_has_160_bits_and_is_made_once():
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(base64.b32decode(code)) == 20 for code in codes)


@pytest.mark.parametrize("text", ["ABCD-EFGH", "abcd efgh", " AB-CD.EF_GH\n", "abcdefgh"])
def test_a_code_is_understood_as_people_type_it(text):
    assert typed(text) == "ABCDEFGH"


def test_digits_that_no_code_has_are_the_letters_that_look_like_them():
    assert typed("0018") == "OOIB"
    code = new_code()
    assert typed(in_groups(code)) == code


@pytest.mark.django_db
def test_the_log_proves_words_and_files_and_holds_none(participant):
    record = build.contribution(by=participant, state="submitted", title="Quagga", attach=[("gnu.txt", b"words")])
    entry = Transition.objects.get(verb="submit")
    revision = Revision.objects.get()
    assert entry.facts == facts(revision)
    assert entry.facts["files"] == [revision.attachments.get().document.sha256]
    assert revision.log_digest == entry.digest
    assert "Quagga" not in str(entry.facts)
    assert "gnu" not in str(entry.facts) + str(revision.sent_files)
    changed = build.correction(record, by=participant, title="Quaggas")
    assert facts(changed)["words"] != entry.facts["words"]
