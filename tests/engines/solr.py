"""A real Solr cloud for tests: ZooKeeper and nodes in processes of their own, from what Maven fetches once."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.engines.servers import MissingServerError, Server, accepts_connections, free_port, program
from tests.engines.waiting import until

SOURCES = Path(__file__).parents[1] / "solr"
# Fetched once for all runs; the folder may be kept from one run of CI to the next.
JARS = Path(os.environ.get("SOLR_JARS", SOURCES.parents[1] / "var" / "solr-jars"))
NODE = SOURCES / "Node.java"
COMPILED = JARS / f"node-{hashlib.sha256(NODE.read_bytes()).hexdigest()[:8]}.jar"
# The classes of a node as Java has them in memory, because loading them takes most of a start.
LOADED = COMPILED.with_suffix(".jsa")
ZOOKEEPER_SETTINGS = """\
tickTime=2000
dataDir={folder}/zookeeper
clientPort={port}
clientPortAddress=127.0.0.1
admin.enableServer=false
"""


@contextmanager
def locked():
    """Let one process at a time change the folder, as several processes of a run may want the same in it."""
    with open(JARS / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def jars():
    """Return the folder with Solr and our node, made if they are not there yet; raise MissingServerError."""
    program("javac")
    JARS.mkdir(parents=True, exist_ok=True)
    with locked():
        if not (JARS / "complete").exists():
            command = [program("mvn"), "-q", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies",
                       f"-DoutputDirectory={JARS}", "-DincludeScope=runtime"]  # fmt: skip
            try:
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
            except subprocess.CalledProcessError:
                raise MissingServerError("Maven cannot fetch it") from None
            (JARS / "complete").touch()
        if not COMPILED.exists():
            for former in JARS.glob("node-*"):
                former.unlink()
            with tempfile.TemporaryDirectory() as classes:
                for command in (
                    [program("javac"), "-cp", f"{JARS}/*", "-d", classes, str(NODE)],
                    [program("jar"), "--create", "--file", str(COMPILED), "-C", classes, "."],
                ):
                    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
    return JARS


class Solr(Server):
    """A cloud of one node, or of several with as many copies of each part of the index."""

    def __init__(self, nodes=1, shards=1, heap=512, *, starts_quickly=True):
        """With `starts_quickly`, Java compiles less thoroughly: short runs are faster and long ones slower."""
        self.jars, self.heap, self.shards, self.starts_quickly = jars(), heap, shards, starts_quickly
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
            until(lambda: accepts_connections(self.port))  # nodes give up after half a minute
        with locked():
            if not LOADED.exists():
                self._keep_what_is_loaded()
        missing = [port for port in self.ports if port not in self.processes]
        for port in missing:
            self.processes[port] = self._node(port, f"-XX:SharedArchiveFile={LOADED}")
        for port in missing:
            self._wait_for(self.processes[port])

    def kill(self, *ports):
        """Kill nodes, or all, as a loss of power would."""
        for port in ports or self.ports:
            if process := self.processes.pop(port, None):
                _end(process, signal.SIGKILL)

    def kill_zookeeper(self):
        """Kill ZooKeeper alone."""
        if self.zookeeper:
            _end(self.zookeeper, signal.SIGKILL)
            self.zookeeper = None

    def stop(self):
        """End everything."""
        self.kill()
        self.kill_zookeeper()

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

    def _keep_what_is_loaded(self):
        """Let a first node end in order, so that Java keeps for all later ones what it loaded."""
        unfinished = LOADED.with_suffix(".part")
        # Without its log, which nobody reads: it names each class that Java does not keep.
        process = self._node(self.ports[0], f"-XX:ArchiveClassesAtExit={unfinished}", "-Xlog:disable")
        self._wait_for(process)
        _end(process, signal.SIGTERM)
        unfinished.rename(LOADED)

    def _node(self, port, *flags):
        return self._java(
            self.heap, *flags, f"-DzkHost=127.0.0.1:{self.port}", f"-DhostPort={port}", "-cp", f"{self.jars}/*",
            "Node", str(port), str(self.folder / str(port)),
        )  # fmt: skip

    def _wait_for(self, node):
        if not any(line.strip() == "ready" for line in iter(node.stdout.readline, "")):
            raise RuntimeError(f"Solr did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def _java(self, heap, *arguments):
        quick = ["-XX:+UseSerialGC", *(["-XX:TieredStopAtLevel=1"] if self.starts_quickly else []), f"-Xmx{heap}m"]
        with open(self.log, "ab") as log:
            return subprocess.Popen(  # noqa: S603  a server of the machine
                [program("java"), *quick, f"-Dlog4j2.configurationFile={SOURCES / 'log4j2.xml'}", *arguments],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip


def _end(process, how):
    process.send_signal(how)
    process.wait()
    process.stdout.close()
