"""The servers of the distributed set, and the faults that they can have: each goes away and comes back."""

import contextlib
import time
from pathlib import Path

import psycopg
import requests

from bench.faults.site import kill_one
from tests.engines.servers import Postgres, Redis
from tests.engines.solr import Solr
from tests.engines.swift import Swift

AWAY = (0.3, 2.5)  # seconds


class DurablePostgres(Postgres):
    """PostgreSQL that keeps what it has acknowledged when it is killed. Only a power cut could lose something."""

    options = ("fsync=off",)


class Servers(contextlib.ExitStack):
    """PostgreSQL with a replica, Redis, an object storage and, if asked for, a cloud of two nodes of Solr."""

    def __init__(self, *, has_cloud=False):
        super().__init__()
        self.primary = self.enter_context(DurablePostgres())
        self.replica = self.enter_context(DurablePostgres(self.primary))
        self.redis = self.enter_context(Redis())
        self.swift = self.enter_context(Swift())
        self.cloud = self.enter_context(Solr(nodes=2, shards=2, heap=384)) if has_cloud else None

    @property
    def environment(self):
        """The variables by which the portal uses them."""
        own = (self.primary, self.redis, self.swift, *([self.cloud] if self.cloud else []))
        return {"REPLICA_URL": self.replica.url} | {
            name: value for server in own for name, value in server.environment.items()
        }

    @property
    def faults(self):
        """The faults of these servers, as functions of a Site and a chance that return whether they hit something."""
        away = {"database": self.primary, "replica": self.replica, "redis": self.redis, "s3": self.swift}
        return {name: self.away(server) for name, server in away.items()} | {
            "backend": self.kill_backend,
            "table_lock": self.lock_table,
            "solr_node": self.kill_node,
            "solr": self.kill_cloud,
            "zookeeper": self.kill_zookeeper,
            "index_alias": self.delete_alias,
        }

    def away(self, server):
        """Return the fault of a server that is killed, stays away for a while and starts again."""

        def fault(site, chance):
            server.stop()
            time.sleep(chance.uniform(*AWAY))
            server.start()
            return True

        return fault

    def kill_backend(self, site, chance):
        """Kill one process of the database with SIGKILL; it ends all connections and recovers."""
        postmaster = int((self.primary.data / "postmaster.pid").read_text().split()[0])
        backends = [int(pid) for pid in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()]
        return kill_one(backends, chance)

    def lock_table(self, site, chance):
        """Hold a table of the database."""
        address = self.primary.url.replace("postgres:", "postgresql:")
        is_held = False
        with contextlib.suppress(psycopg.Error), psycopg.connect(address) as connection:
            connection.execute("LOCK TABLE contributions_contribution IN ACCESS EXCLUSIVE MODE")
            is_held = True
            time.sleep(chance.uniform(*AWAY))
        return is_held

    def kill_node(self, site, chance):
        """Kill one node of Solr; the other has a copy of each part of the index."""
        self.cloud.kill(chance.choice(self.cloud.ports))
        time.sleep(chance.uniform(*AWAY))
        self.cloud.start()
        return True

    def kill_cloud(self, site, chance):
        """Kill all nodes of Solr."""
        self.cloud.kill()
        time.sleep(chance.uniform(*AWAY))
        self.cloud.start()
        return True

    def kill_zookeeper(self, site, chance):
        """Kill ZooKeeper, without which Solr answers searches and takes no changes."""
        self.cloud.kill_zookeeper()
        time.sleep(chance.uniform(*AWAY))
        self.cloud.start()
        return True

    def delete_alias(self, site, chance):
        """Delete the name by which the portal finds its index."""
        asked = {"action": "DELETEALIAS", "name": "portal"}
        address = f"http://127.0.0.1:{self.cloud.ports[0]}/solr/admin/collections"
        return requests.get(address, params=asked, timeout=60).ok
