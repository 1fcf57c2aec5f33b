"""Split a query into tokens: operands, and the operators and parentheses that have a meaning where they stand."""

import re
from dataclasses import dataclass
from itertools import pairwise

from text.words import ALL_CAPITALS

from .date_filters import DATE_FIELDS

MAX_DEPTH = 20  # of parentheses; deeper ones are ignored
NAME_FIELDS = {  # what may come before a colon: the field that is searched
    "speaker": "speaker", "dialogue": "dialogue", "organization": "organization", "organisation": "organization",
}  # fmt: skip
OPERATORS = ("AND", "OR", "NOT")
# Quotation marks and other signs as phones, word processors and Chinese keyboards type them.
SIGNS = {**dict.fromkeys(map(ord, "“”„‟«»‹›「」『』《》〝〞＂"), '"'), ord("（"): "(", ord("）"): ")", ord("："): ":"}
SEPARATOR = re.compile(r"[;!?…،؛؟。，、；！？—\x00]|[,–](?!\d)|(?<!\d)[,–]")
TOKEN = re.compile(
    r'(?P<quoted>"[^"]*")|(?P<sign>["()])|(?P<hyphen>(?<!\S)-(?=[^\W\d]|"))'
    r'|(?P<name>[A-Za-z]+):(?=[^\s)/])|(?P<chunk>[^\s"()]+)'
)
PIECE = re.compile(r'[^\s"()]+')


@dataclass
class Token:
    """A piece of a query: "quoted", "chunk", "name" of a field, "hyphen", or "(", ")", "AND", "OR" and "NOT"."""

    kind: str
    text: str

    @property
    def is_operand(self) -> bool:
        return self.kind in ("quoted", "chunk", "name")


def tokens_of(text: str) -> tuple[list[Token], list[str]]:
    """Return the tokens of a query, and the pieces that have no meaning.

    A sign or operator without a meaning is left out. A name that is not a field becomes a part of the words.
    """
    text = SEPARATOR.sub(" ", text.translate(SIGNS))
    tokens: list[Token] = []
    meaningless: list[str] = []
    for found in TOKEN.finditer(text):
        kind, piece = found.lastgroup or "", found[0]
        if piece == '"':
            meaningless.append(text[found.start() :].strip())
            continue
        if kind == "name" and found["name"].lower() not in (*NAME_FIELDS, *DATE_FIELDS):
            whole = PIECE.match(text, found.start())
            meaningless.append(whole[0] if whole else piece)
            kind = "chunk"
        if kind == "sign" or piece in OPERATORS:
            kind = piece
        tokens.append(Token(kind, piece.strip('":') if kind in ("quoted", "name") else piece))
    tokens = _read_hyphens(_without_stray_parentheses(tokens, meaningless))
    tokens = _without_stray_operators(tokens, meaningless)
    _quieten(tokens)
    return tokens, meaningless


def _without_stray_parentheses(tokens: list[Token], meaningless: list[str]) -> list[Token]:
    """Drop parentheses without their other half, and those that are nested too deep."""
    stray: set[int] = set()
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(at)
        elif token.kind == ")" and not opened:
            stray.add(at)
        elif token.kind == ")":
            start = opened.pop()
            stray |= {start, at} if len(opened) >= MAX_DEPTH else set()
    stray.update(opened)
    meaningless += [tokens[at].text for at in sorted(stray)]
    return [token for at, token in enumerate(tokens) if at not in stray]


def _read_hyphens(tokens: list[Token]) -> list[Token]:
    """Read a hyphen before a word as NOT if no word follows but others to exclude. In a sentence it is a dash."""
    kept: list[Token] = []
    is_at_end = True
    for before, token in reversed(list(pairwise([Token("", ""), *tokens]))):
        if token.kind in ("chunk", "quoted") and before.kind not in ("hyphen", "name"):
            is_at_end = False
        if token.kind != "hyphen":
            kept.append(token)
        elif is_at_end:
            kept.append(Token("NOT", token.text))
    return kept[::-1]


def _without_stray_operators(tokens: list[Token], meaningless: list[str]) -> list[Token]:
    """Drop operators that have nothing to join or to negate."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind not in OPERATORS:
            kept.append(token)
            continue
        following = next((other for other in tokens[at + 1 :] if other.kind != "NOT"), None)
        is_followed = following is not None and (following.is_operand or following.kind == "(")
        is_preceded = bool(kept) and (kept[-1].is_operand or kept[-1].kind == ")")
        if is_followed and (is_preceded or token.kind == "NOT"):
            kept.append(token)
        else:
            meaningless.append(token.text)
    return kept


def _quieten(tokens: list[Token]) -> None:
    """Put words into small letters where two follow one another in capitals: DEBT BONDAGE names no acronyms."""
    run: list[Token] = []
    for token in [*tokens, Token("", "")]:
        if token.kind == "chunk" and ALL_CAPITALS.fullmatch(token.text):
            run.append(token)
            continue
        if sum(other.text.isupper() for other in run) > 1:
            for other in run:
                other.text = other.text.lower()
        run = []
