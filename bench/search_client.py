"""Readers of the search page: HTTP requests over several connections at once, each a new one, as from a proxy."""

import http.client
import itertools
import random
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from bench.figures import Figure
from bench.search_questions import QUICK
from contributions.models import Contribution

CONNECTIONS = 2 if QUICK else 8
PATIENCE = 60  # seconds for one page
NEUTRAL = "/search/?q=zzyzx"  # opens the index in a new worker; none of the questions has this word


@dataclass
class Visit:
    """What readers saw: the seconds of each page, the seconds of all, and the pages that failed."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self):
        """Requests a second."""
        return len(self.seconds) / self.whole


def page(port, address):
    """Return (status, text) of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", quote(address, safe="/?&=%+"), headers={"Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def visit(port, addresses, until=lambda: False):
    """Ask for all addresses over CONNECTIONS connections, or for as many as there are `until` it is time to stop."""
    result, waiting, lock = Visit(), iter(addresses), threading.Lock()

    def read():
        while not until():
            with lock:
                address = next(waiting, None)
            if address is None:
                return
            began = time.perf_counter()
            fault = fault_of(port, address)
            with lock:
                result.seconds.append(time.perf_counter() - began)
                if fault:
                    result.failures.append(f"{address}: {fault}")

    began = time.perf_counter()
    readers = [threading.Thread(target=read) for _ in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    result.whole = time.perf_counter() - began
    return result


def fault_of(port, address):
    """Ask for a page; return what is wrong with the answer, or an empty text."""
    try:
        status, _ = page(port, address)
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    return "" if status == http.client.OK else f"status {status}"


def faultless(*visits):
    """Return the number of pages that failed as a figure, and report some of them."""
    failures = [one for visited in visits for one in visited.failures]
    for one in failures[:10]:
        print(one, file=sys.stderr)
    number = sum(len(visited.seconds) for visited in visits)
    return Figure(f"failures of {number:,} searches by {CONNECTIONS} readers at once", len(failures), "failures", 0)


def warm_up(port):
    """Let all threads of all workers load the code and open the index."""
    visit(port, [NEUTRAL] * 4 * CONNECTIONS)


def word_pairs(seed):
    """Yield the addresses of searches for two words of a statement, without end."""
    chance = random.Random(seed)  # noqa: S311 - the same ones in every run
    pks = list(Contribution.objects.published().order_by("pk").values_list("pk", flat=True))
    for _ in itertools.count():
        text = Contribution.objects.get(pk=chance.choice(pks)).shown.text
        words = sorted(set(re.findall(r"[^\W\d_]{4,}", text)))
        if len(words) > 1:
            yield f"/search/?q={'+'.join(chance.sample(words, 2))}"
