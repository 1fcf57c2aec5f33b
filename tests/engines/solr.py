"""A real Solr cloud for tests: ZooKeeper and nodes in processes of their own, from what Maven fetches once."""

import fcntl
import os
import shutil
import signal
import subprocess
from pathlib import Path

import requests

from tests.engines.servers import MissingServerError, Server, free_port, program

SOURCES = Path(__file__).parents[1] / "solr"
# Fetched once for all runs; the folder may be kept from one run of CI to the next.
JARS = Path(os.environ.get("SOLR_JARS", SOURCES.parents[1] / "var" / "solr-jars"))
ZOOKEEPER_SETTINGS = """\
tickTime=2000
dataDir={folder}/zookeeper
clientPort={port}
clientPortAddress=127.0.0.1
admin.enableServer=false
"""


def jars():
    """Return the folder with Solr, fetched if it is not there yet; raise MissingServerError."""
    program("javac")  # a node is started from its source
    JARS.mkdir(parents=True, exist_ok=True)
    with open(JARS / "lock", "w") as lock:  # several processes of a run may want it at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (JARS / "complete").exists():
            command = [program("mvn"), "-q", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies",
                       f"-DoutputDirectory={JARS}", "-DincludeScope=runtime"]  # fmt: skip
            try:
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
            except subprocess.CalledProcessError:
                raise MissingServerError("Maven cannot fetch it") from None
            (JARS / "complete").touch()
    return JARS


class Solr(Server):
    """A cloud of one node, or of several with as many copies of each part of the index."""

    def __init__(self, nodes=1, shards=1, heap=512):
        self.jars, self.heap, self.shards = jars(), heap, shards
        super().__init__("solr")
        self.zookeeper, self.processes = None, {}
        self.ports = [free_port() for _ in range(nodes)]
        settings = ZOOKEEPER_SETTINGS.format(folder=self.folder, port=self.port)
        (self.folder / "zoo.cfg").write_text(settings)
        for port in self.ports:
            (self.folder / str(port)).mkdir()
            shutil.copy(SOURCES / "solr.xml", self.folder / str(port))
        self.start()

    def start(self):
        """Start what does not run, and wait until it answers."""
        if self.zookeeper is None:
            main = "org.apache.zookeeper.server.ZooKeeperServerMain"
            self.zookeeper = self._java(64, "-cp", f"{self.jars}/*", main, str(self.folder / "zoo.cfg"))
        missing = [port for port in self.ports if port not in self.processes]
        for port in missing:
            self.processes[port] = self._java(
                self.heap, f"-DzkHost=127.0.0.1:{self.port}", f"-DhostPort={port}", "-cp", f"{self.jars}/*",
                str(SOURCES / "Node.java"), str(port), str(self.folder / str(port)),
            )  # fmt: skip
        for port in missing:
            if not any(line.strip() == "ready" for line in iter(self.processes[port].stdout.readline, "")):
                raise RuntimeError(f"Solr did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def kill(self, *ports):
        """Kill nodes, or all, as a loss of power would."""
        for port in ports or self.ports:
            if process := self.processes.pop(port, None):
                _end(process, signal.SIGKILL)

    def stop(self):
        """End everything."""
        self.kill()
        if self.zookeeper:
            _end(self.zookeeper, signal.SIGKILL)
            self.zookeeper = None

    def is_whole(self):
        """Return whether all copies of all parts of each index are active."""
        answer = requests.get(
            f"http://127.0.0.1:{self.ports[0]}/solr/admin/collections?action=CLUSTERSTATUS", timeout=60
        )
        cluster = answer.json()["cluster"] if answer.ok else {}
        copies = [
            copy
            for collection in cluster.get("collections", {}).values()
            for shard in collection["shards"].values()
            for copy in shard["replicas"].values()
        ]
        nodes = set(cluster.get("live_nodes", ()))
        return bool(copies) and all(copy["state"] == "active" and copy["node_name"] in nodes for copy in copies)

    @property
    def environment(self):
        """The variable by which the portal uses it."""
        nodes = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return {"SEARCH_URL": f"solr://{nodes}/portal?shards={self.shards}&replicas={len(self.ports)}"}

    def options(self, name):
        """Return the options of a backend whose index has this name."""
        nodes = [f"http://127.0.0.1:{port}/solr" for port in self.ports]
        return {"NODES": nodes, "COLLECTION": name, "SHARDS": self.shards, "REPLICAS": len(self.ports)}

    def _java(self, heap, *arguments):
        quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Xmx{heap}m"]
        with open(self.log, "ab") as log:
            return subprocess.Popen(  # noqa: S603  a server of the machine
                [program("java"), *quick, f"-Dlog4j2.configurationFile={SOURCES / 'log4j2.xml'}", *arguments],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip


def _end(process, how):
    process.send_signal(how)
    process.wait()
    process.stdout.close()
