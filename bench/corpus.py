"""The real texts that benchmarks are measured on: which files, what is in them, and how they are repeated.

`CORPUS=` names files, separated by commas or spaces. A `.json` file is the Universal Declaration in several languages;
any other file holds one statement of the General Debate a line, plain or `.xz` (see `bench.import_corpus`). `TIMES=`
is a number of statements: those that there are come again in later sessions, under other numbers, until it is reached.
"""

import itertools
import json
import lzma
import os
import re
from pathlib import Path

FOLDER = Path("../shared/corpus")
USUAL = ["ungdc-2000-2012.jsonl.xz", "ungdc-1970-1999.jsonl.xz", "udhr-six-languages.json"]
LATER = 100  # sessions between a statement and its repetition


def files():
    """Return the paths of all files, whether they exist or not."""
    named = re.findall(r"[^,\s]+", os.environ.get("CORPUS", ""))
    return [Path(name) for name in named] or [FOLDER / name for name in USUAL]


def is_declaration(path):
    return path.suffix == ".json"


def read(path):
    """Yield the statements of a file."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def wanted():
    """Return how many statements there must be, or 0 if none is repeated."""
    return int(os.environ.get("TIMES", "").replace(",", "") or 0)


def repeated(paths, number):
    """Yield `number` statements more than the files hold, each with the number of its repetition as "copy"."""
    rounds = ((copy, record) for copy in itertools.count(2) for path in paths for record in read(path))
    for copy, record in itertools.islice(rounds, number):
        yield record | {"copy": copy, "session": record["session"] + LATER * (copy - 1)}


def original(reference):
    """Return the number of the statement that this one repeats, or its own: `UNGD-1994-ZAF` of `UNGD-1994-ZAF-2`."""
    return "-".join(reference.split("-")[:3])
