"""The benchmark of search: its texts, its questions, how it counts right answers, and that all of its parts run."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import corpus, import_corpus, search_answers
from bench.search_questions import ALL
from bench.search_rivals import Part, read, spaced
from tests.search.searching import find

ROOT = Path(__file__).parents[2]
STATEMENTS = [
    {"iso3": f"A{chr(65 + number // 10)}{chr(65 + number % 10)}", "session": 60 + number % 3, "year": 2005 + number % 3,
     "country": f"Country {number}", "speaker": f"Speaker {number}", "post": "", "text": f"Statement {number}"}
    for number in range(40)
]  # fmt: skip


def write(path, statements):
    path.write_text("".join(json.dumps(one) + "\n" for one in statements))
    return path


def test_corpus_takes_several_files_separated_by_commas_or_spaces(monkeypatch):
    monkeypatch.setenv("CORPUS", "one.jsonl,two.jsonl.xz  three.json")

    assert corpus.files() == [Path("one.jsonl"), Path("two.jsonl.xz"), Path("three.json")]


def test_corpus_is_every_text_of_the_folder_unless_one_is_named(monkeypatch):
    monkeypatch.delenv("CORPUS", raising=False)

    assert [path.name for path in corpus.files()] == corpus.USUAL


def test_repeated_statements_have_other_numbers_and_sessions_and_their_original(tmp_path):
    path = write(tmp_path / "few.jsonl", STATEMENTS[:2])

    repeated = list(corpus.repeated([path], 3))

    assert [(one["iso3"], one["copy"], one["session"]) for one in repeated] == [
        ("AAA", 2, 160), ("AAB", 2, 161), ("AAA", 3, 260)
    ]  # fmt: skip
    assert corpus.original("UNGD-2005-AAA-3") == "UNGD-2005-AAA" == corpus.original("UNGD-2005-AAA")
    assert corpus.original("UDHR-FR") == "UDHR-FR"


@pytest.mark.django_db
@pytest.mark.usefixtures("idle_worker")
def test_an_imported_corpus_is_found_once_the_index_is_rebuilt(tmp_path, monkeypatch):
    path = write(tmp_path / "few.jsonl", STATEMENTS[:2])
    monkeypatch.setattr(sys, "argv", ["import_corpus", str(path), "--index"])

    import_corpus.main()

    assert {hit.record.reference for hit in find("statement kind:contribution").hits} == {
        "UNGD-2005-AAA", "UNGD-2006-AAB"
    }  # fmt: skip


def test_rivals_read_phrases_prefixes_alternatives_and_exclusions():
    groups, excluded = read('peace OR war "to be" traffic* NOT drugs')

    assert groups == [
        [Part(("peace",)), Part(("war",))], [Part(("to", "be"))], [Part(("traffic",), is_prefix=True)]
    ]  # fmt: skip
    assert excluded == [Part(("drugs",))]


def test_rivals_leave_out_common_words_unless_there_are_no_others():
    assert read("the peace of the world")[0] == [[Part(("peace",))], [Part(("world",))]]
    assert read("of the")[0] == [[Part(("of",))], [Part(("the",))]]


def test_rivals_get_chinese_as_single_characters():
    assert spaced("人权 and peace").split() == ["人", "权", "and", "peace"]
    assert read("人权")[0] == [[Part(("人", "权"))]]


def test_questions_are_many_and_of_all_kinds():
    kinds = Counter(one.kind for one in ALL)

    assert len({one.address for one in ALL}) == len(ALL) >= 100
    assert {"frequent word", "phrase of common words", "sentence", "prefix", "typo", "facets", "page 20", "language",
            "name", "without words"} <= kinds.keys()  # fmt: skip
    assert {one.prefix for one in ALL} == {"", "ar", "zh", "fr", "ru", "es"}


def test_questions_with_answers_are_of_eight_kinds_and_half_of_them_drawn():
    questions = search_answers.read()

    assert len({one["q"] for one in questions}) == len(questions) >= 150
    assert len(Counter(one["kind"] for one in questions)) == 8
    assert Counter(one["drawn"] for one in questions)[True] * 2 == len(questions)
    assert all(one["answers"] for one in questions)


@pytest.mark.parametrize(
    ("ranked", "place"),
    [
        (["A-1-X", "B-1-X"], 1),
        (["B-1-X", "B-1-X-2", "A-1-X-2"], 2),
        ([f"B-{number}-X" for number in range(10)] + ["A-1-X"], None),
        ([], None),
    ],
)
def test_place_of_an_answer_ignores_repetitions_and_ends_after_ten(ranked, place, monkeypatch):
    class Engine:
        def ranking(self, text, number, kind):
            return ranked

    monkeypatch.setattr(search_answers, "references", list)

    assert search_answers.rank(Engine(), {"q": "anything", "answers": ["A-1-X"]}) == place


@pytest.mark.slow
@pytest.mark.django_db
def test_every_part_runs_on_a_small_corpus(tmp_path, from_models):
    chance = random.Random(1)  # noqa: S311 - the same words in every run
    words = ["peace", "development", "security", "of", "the", "human", "rights", "nuclear", "weapons", "trade", "debt"]
    texts = [" ".join(chance.choices(words, k=200)) for _ in STATEMENTS]
    path = write(tmp_path / "few.jsonl", [one | {"text": text} for one, text in zip(STATEMENTS, texts, strict=True)])
    chosen = {"ONLY": "search", "QUICK": "1", "SECONDS": "1", "TIMES": "45", "CORPUS": f"{path} missing.jsonl"}
    if from_models.exists():  # on SQLite: a copy of the tests' database, as migrating takes long
        shutil.copy(from_models, tmp_path / "bench.sqlite3")
        chosen["BENCH_DATABASE_URL"] = f"sqlite:///{tmp_path}/bench.sqlite3"

    done = subprocess.run(
        [sys.executable, "-m", "bench"], cwd=ROOT, env=os.environ | chosen, capture_output=True, text=True
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    assert "left out: missing.jsonl, because there is no such file" in done.stdout
    assert "45 contributions among" in done.stdout
    for name in [
        "rebuild of 40 statements", "query on them at the median", "one document published", "ours by tantivy-and",
        "search page, CPU, first time, p95", "phrases of common words, page", "search page, first time",
        "memory of a worker", "records is saved", "records is renamed", "not visible after",
    ]:  # fmt: skip
        assert any(name in line and "(goal: " in line for line in done.stdout.splitlines()), name
