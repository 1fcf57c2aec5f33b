"""Run readers, writers and the worker at once, as processes on the same database and index.

Writers publish, retitle and withdraw contributions, and log each change once it is committed. Readers search without
pause, and check PATIENCE seconds after each change that search shows it: `python -m bench.search_live ROLE NUMBER`.
"""

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from bench.figures import Figure  # noqa: E402
from bench.records import like, publish_many  # noqa: E402
from bench.search_questions import QUESTIONS  # noqa: E402
from contributions import workflow  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from search.params import SearchParams  # noqa: E402
from search.query import find  # noqa: E402

READERS, WRITERS = 4, 2
PATIENCE = 5  # seconds after its commit by which a change must be visible
PAUSE = 0.5  # seconds between two changes by one writer
LEAST = 10  # changes; with fewer nothing was measured


def measure():
    """Yield the errors of readers, and the changes that did not become visible in time."""
    seconds = int(os.environ.get("SECONDS") or 60)
    folder = Path(settings.DATA_DIR) / "live"
    folder.mkdir()
    worker = subprocess.Popen([sys.executable, "manage.py", "db_worker"], stderr=subprocess.DEVNULL)
    roles = [("write", number) for number in range(WRITERS)] + [("read", number) for number in range(READERS)]
    until = time.time() + seconds
    others = [
        subprocess.Popen([sys.executable, "-m", "bench.search_live", role, str(number), str(folder), str(until)])
        for role, number in roles
    ]
    try:
        if sum(other.wait(seconds + 60) for other in others) or worker.poll() is not None:
            sys.exit("A process of the mixed load failed.")
    finally:
        for process in (worker, *others):
            process.terminate()
        worker.wait()
    yield from judge([json.loads(path.read_text()) for path in folder.glob("reader-*.json")], seconds)


def judge(reports, seconds):
    """Yield the figures from the reports of the readers."""
    searches, checked = (sum(report[name] for report in reports) for name in ("searches", "checked"))
    changes = min(report["checked"] for report in reports)
    errors, missed = ([one for report in reports for one in report[name]] for name in ("errors", "missed"))
    for one in [*errors, *missed][:10]:
        print(one, file=sys.stderr)
    if changes < LEAST:
        sys.exit(f"Only {changes} changes were checked, which is too few.")
    yield Figure(
        f"errors in {searches} searches while {changes} changes were made, {seconds} s", len(errors), "errors", 0
    )
    yield Figure(f"changes not visible after {PATIENCE} s, in {checked} checks", len(missed), "changes", 0)


def write(number, folder, until):
    """Change one record after another, each once, and log what must become visible."""
    mine = Contribution.objects.published().order_by("pk").values_list("pk", flat=True)
    mine = iter(list(mine)[number::WRITERS])
    with open(folder / f"writer-{number}.jsonl", "w") as log:
        for count, change in enumerate(itertools.cycle([publish, retitle, withdraw])):
            if time.time() > until:
                return
            line, pk, is_there = change(Contribution.objects.get(pk=next(mine)), f"changed{number}x{count}")
            note = {"line": line, "pk": pk, "is_there": is_there, "at": time.time(), "verb": change.__name__}
            print(json.dumps(note), file=log, flush=True)
            time.sleep(PAUSE)


def publish(model, word):
    """Publish a new contribution with the text of `model`."""
    [one] = publish_many([like(model, reference=word, title=f"Statement {word}", text=model.shown.text)])
    workflow.unpublish(one, by=None)
    workflow.publish(one, by=None)
    return word, one.pk, True


def retitle(one, word):
    """Change a title, as the correction of a filer does."""
    one.shown.title = f"Statement {word}"
    with transaction.atomic():
        one.shown.save(update_fields=["title"])
        one.save(update_fields=["updated_at"])
    return word, one.pk, True


def withdraw(one, word):
    workflow.withdraw(one, by=None)
    return f'"{one.reference}"', one.pk, False


def read(number, folder, until):
    """Search without pause, and check each change when it is due, until all were checked."""
    report = {"searches": 0, "checked": 0, "errors": [], "missed": []}
    logs = [Log(folder / f"writer-{writer}.jsonl") for writer in range(WRITERS)]
    questions = itertools.cycle(QUESTIONS[number:] + QUESTIONS[:number])
    waiting = []
    while time.time() < until + PATIENCE + 1 or waiting:
        waiting += [change for log in logs for change in log.news()]
        if waiting and min(change["at"] for change in waiting) + PATIENCE < time.time():
            change = min(waiting, key=lambda one: one["at"])
            waiting.remove(change)
            hits = search(change["line"], report)
            report["checked"] += 1
            if (change["pk"] in hits) != change["is_there"]:
                report["missed"].append(change)
        else:
            search(next(questions), report)
    (folder / f"reader-{number}.json").write_text(json.dumps(report))


def search(line, report):
    """Return the ids of the contributions that a search shows; add errors to the report."""
    report["searches"] += 1
    try:
        results = find(SearchParams(line))
    except Exception as error:  # any error that a reader would see
        report["errors"].append(f"{line}: {error!r}")
        return []
    if results.is_unavailable or results.is_too_slow:
        report["errors"].append(f"{line}: unavailable or too slow")
    return [hit.record.pk for hit in results.hits if isinstance(hit.record, Contribution)]


class Log:
    """The log of a writer, read as it grows."""

    def __init__(self, path):
        self.path, self.at = path, 0

    def news(self):
        if not self.path.exists():
            return []
        with open(self.path) as file:
            file.seek(self.at)
            whole = file.read().rpartition("\n")[0]
        self.at += len(whole.encode()) + bool(whole)
        return [json.loads(line) for line in whole.splitlines()]


if __name__ == "__main__":
    role, number, folder, until = sys.argv[1:]
    {"read": read, "write": write}[role](int(number), Path(folder), float(until))
