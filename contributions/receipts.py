"""Receipts: their secret codes, and the digests by which the log proves what was submitted."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

from .models import Revision

CODE_BYTES = 20  # 160 random bits


def new_code() -> str:
    """Return a new secret code in base 32: letters and digits that can be read aloud and typed."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def format_code(code: str) -> str:
    """Return a code for display, in groups of four characters."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def parse_code(typed: str) -> str:
    """Return the code that somebody typed, ignoring case, spaces and hyphens."""
    plain = "".join(character for character in typed.upper() if character.isalnum())
    return plain.replace("0", "O").replace("1", "I").replace("8", "B")  # base 32 has none of these digits


def proof_of(revision: Revision) -> dict[str, Any]:
    """Return the facts that the log keeps of a submitted revision: its number and SHA-256 digests."""
    return {
        "revision": revision.number,
        "words": _digest(_words_of(revision)),
        "files": [file["sha256"] for file in revision.sent_files],
    }


def content_digest(revision: Revision) -> str:
    """Return the SHA-256 digest of what a joint signer signs: title, language, answers, text and files.

    The names with it, and how they appear, are not part of it.
    """
    files = sorted(revision.attachments.values_list("document__sha256", flat=True))
    return _digest([*_words_of(revision), files])


def _words_of(revision: Revision) -> list[Any]:
    answers = [[answer.number, answer.text] for answer in revision.answers.all()]
    return [revision.title, revision.language, revision.text, answers]


def _digest(content: list[Any]) -> str:
    # As JSON in ASCII: which letters `repr` escapes depends on the version of Unicode that Python has.
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
