"""Memory of web processes and workers while people read, search, file and publish. MINUTES= is how long, 30 by default.

What a process has for itself is counted (the proportional set size), the first fifth is for warming up, and the last
fifth is compared with the second.
"""

import os
import secrets
import statistics
import time
from threading import Event, Thread

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.contributions import Readers, make_call, percentile, sign_in  # noqa: E402
from bench.contributions_client import Client, a_file  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.search_client import page, warm_up  # noqa: E402
from bench.search_memory import sizes_of  # noqa: E402
from bench.served import parent_of, processes, site  # noqa: E402
from contributions import workflow  # noqa: E402
from contributions.models import Contribution  # noqa: E402

MINUTES = float(os.environ.get("MINUTES", "30"))
EVERY, FILING_PAUSE = 5.0, 4.0  # seconds between two looks at memory, and between two filings
FIFTHS = 5


def measure(files):
    """Yield by how much the memory of web processes and of workers grew."""
    call_command("migrate", verbosity=0)
    call, session = make_call(), sign_in(0)
    with site() as running:
        warm_up(running.port)
        over, filed = Event(), []
        people = [
            Thread(target=file_until, args=[over, running.port, call, session, filed]),
            Thread(target=publish_until, args=[over]),
            Thread(target=search_until, args=[over, running.port]),
        ]
        readers = Readers(running.port)
        for one in people:
            one.start()
        looks = look_until(time.monotonic() + MINUTES * 60, running)
        over.set()
        for one in people:
            one.join()
        seconds = readers.stop()
    print(f"meanwhile {len(filed)} filings, {len(seconds)} pages read, p99 {percentile(seconds, 99) * 1000:.0f} ms")
    for name in ("web", "worker"):
        sizes = [look[name] for look in looks]
        early, late = fifth(sizes, 1), fifth(sizes, FIFTHS - 1)
        growth = 100 * (late - early) / early
        details = f"from {early:.0f} to {late:.0f} MB, {sizes[-1]:.0f} at the end"
        yield Figure(f"growth of memory, {name}, over {MINUTES:g} minutes ({details})", growth, "per cent", 10)


def fifth(sizes, number):
    """Return the median of one fifth of some values."""
    length = max(1, len(sizes) // FIFTHS)
    return statistics.median(sizes[number * length : (number + 1) * length] or sizes[-1:])


def look_until(end, running):
    """Return the memory of the web server and the worker, in megabytes, until a moment."""
    looks = []
    while time.monotonic() < end:
        looks.append({"web": memory_of(running.web), "worker": sum(memory_of(pid) for pid in running.tasks)})
        time.sleep(EVERY)
    return looks


def memory_of(leader):
    """Return the megabytes of a process and its children; those of their children come and go with each file."""
    return sum(size_of(pid) for pid in [leader, *(pid for pid in processes() if parent_of(pid) == leader)])


def size_of(pid):
    """Return the proportional set size of a process, in megabytes; 0 if it has ended."""
    try:
        return sizes_of(pid)["Pss"]
    except OSError:
        return 0.0


def file_until(over, port, call, session, filed):
    """File one contribution after the other."""
    client = Client(0, port, {"call": call.number, "sessions": [session], "each": 0, "seconds": 0}, None)
    while not over.wait(FILING_PAUSE):
        filed.append(client.file(a_file(secrets.token_hex(20)), twice=False)["reference"])


def publish_until(over):
    """Publish what was filed and is read, and withdraw every fifth."""
    number = 0
    while not over.wait(FILING_PAUSE):
        ready = Contribution.objects.filter(state="submitted", newest__attachments__document__state="read").first()
        if ready:
            workflow.publish(ready, by=None)
            number += 1
            if number % 5 == 0:
                workflow.withdraw(ready, by=None)


def search_until(over, port):
    """Search for words that are there and words that are not."""
    while not over.wait(1.0):
        page(port, f"/search/?q={secrets.choice(['wages', 'words', 'load', secrets.token_hex(4)])}")
