import base64
import hashlib

import pytest

from contributions.models import Revision
from contributions.receipts import format_code, new_code, parse_code, proof_of
from publishing.models import Transition
from tests import build


def test_a_code_has_160_bits_and_is_unique():
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(base64.b32decode(code)) == 20 for code in codes)


@pytest.mark.parametrize("text", ["ABCD-EFGH", "abcd efgh", " AB-CD.EF_GH\n", "abcdefgh"])
def test_a_code_is_parsed_however_it_is_typed(text):
    assert parse_code(text) == "ABCDEFGH"


def test_digits_that_no_code_has_are_read_as_similar_letters():
    assert parse_code("0018") == "OOIB"
    code = new_code()
    assert parse_code(format_code(code)) == code


@pytest.mark.django_db
def test_the_proof_covers_words_and_files_and_holds_none(participant):
    record = build.contribution(by=participant, state="submitted", title="Quagga", attach=[("gnu.txt", b"words")])
    entry = Transition.objects.get(verb="submit")
    revision = Revision.objects.get()
    assert entry.facts == proof_of(revision)
    assert entry.facts["files"] == [revision.attachments.get().document.sha256]
    assert revision.log_digest == entry.digest
    assert "Quagga" not in str(entry.facts)
    assert "gnu" not in str(entry.facts) + str(revision.sent_files)
    changed = build.correction(record, by=participant, title="Quaggas")
    assert proof_of(changed)["words"] != entry.facts["words"]


@pytest.mark.django_db
def test_the_proof_of_words_is_the_same_on_every_version_of_python(participant):
    build.contribution(by=participant, state="submitted", title="\U0001fae9 \U0001fadc", text="é")  # new in Unicode 16
    words = rb'["\ud83e\udee9 \ud83e\udedc", "en", "\u00e9", []]'
    assert proof_of(Revision.objects.get())["words"] == hashlib.sha256(words).hexdigest()
