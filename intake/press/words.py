"""The words that the reader knows: names, titles and verbs, in English, French and Spanish."""

from pathlib import Path

WORDS: dict[str, frozenset[str]] = {}  # by the name of their list
for line in Path(__file__).with_suffix(".txt").read_text("utf8").splitlines()[1:]:
    name, _colon, words = line.partition(": ")
    WORDS[name] = WORDS.get(name, frozenset()) | {*words.split()}
