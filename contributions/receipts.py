"""What a receipt proves: codes, and the facts that the log keeps of what was sent."""

import base64
import hashlib
import secrets

BYTES = 20  # 160 bits


def new_code():
    """The secret of a receipt, in letters and digits that survive being read aloud and typed (base 32)."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode()


def in_groups(code):
    """A code as people copy it: four characters at a time."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed(code):
    """A code as it was made, from what somebody typed: in any case, with any spaces and strokes."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return plain.replace("0", "O").replace("1", "I").replace("8", "B")  # base 32 has none of these digits


def facts(revision):
    """What the log keeps of a revision that is sent: its number, and what proves its words and files, not a word."""
    answers = [[answer.number, answer.text] for answer in revision.answers.all()]
    words = repr([revision.title, revision.language, revision.text, answers])
    return {
        "revision": revision.number,
        "words": hashlib.sha256(words.encode()).hexdigest(),
        "files": [file["sha256"] for file in revision.sent_files],
    }
