"""One part, in its own process: `python -m bench.faults.part NAME`.

It goes on where it was interrupted, and notes each fault as soon as it is checked.
"""

import os
import signal
import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import django

from bench.faults import clock, state
from bench.faults.disk import small_disk
from bench.faults.plan import PARTS
from bench.served import free_port


def main(name):
    """Run a part to its end. If it is told to stop, it ends all that it has started."""
    signal.signal(signal.SIGTERM, state.stop_once)
    [part] = [one for one in PARTS if one.name == name]
    seed = os.environ["SEED"]
    only = [one for one in os.environ.get("ONLY", "").split(",") if one]
    plan = list(enumerate(part.faults(seed)))[: int(os.environ.get("FAULTS", "0")) or None]
    plan = [one for one in plan if not only or one[1][0] in (*only, "none")]
    done = {one["number"] for one in state.done(name)}
    if all(number in done for number, _fault in plan):
        return
    with ExitStack() as stack:
        run = prepare(part, seed, stack)
        for number, fault in plan:
            if number not in done or fault[0] == "none":  # a portal that was just set up has nothing to lose
                report(name, number, run.inject(number, *fault))
        found = run.check(everything=True)
        report(
            name, len(plan), {"fault": "none", "activity": "all", "has_hit": False, "settled": 0, "complaints": found}
        )


def prepare(part, seed, stack):
    """Set the portal of a part up, and return its Run."""
    folder = Path(os.environ["FAULTS_FOLDER"])
    os.environ["EMAIL_PORT"] = str(free_port())
    stack.enter_context(small_disk(folder / "data"))
    faults = {}
    if part.engines in ("distributed", "cloud"):
        has_cloud = part.engines == "cloud"
        servers = stack.enter_context(import_module("bench.faults.servers").Servers(has_cloud=has_cloud))
        os.environ.update(servers.environment)
        faults = servers.faults
    django.setup()
    running, sites = import_module("bench.faults.run"), import_module("bench.faults.site")
    running.set_up()
    (folder / "data/tmp").mkdir()
    environment = {"TMPDIR": str(folder / "data/tmp")}  # on the disk that is filled
    site = sites.Site(folder, environment | (clock.environment(folder) if part.engines == "clock" else {}))
    stack.callback(site.close)
    return running.Run(part, seed, site, faults)


def report(name, number, noted):
    """Note a fault, and print it with what is wrong afterwards."""
    state.keep(name, {"number": number, **noted})
    print(
        f"{name} {number}: {noted['fault']} amid {noted['activity']}, settled after {noted['settled']:.1f} s",
        flush=True,
    )
    for sentence in noted["complaints"]:
        print(f"    {sentence}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
