"""OpenStack Swift, an object storage that speaks S3's protocol and checks its signatures."""

import os
import pwd
import subprocess
from pathlib import Path

import boto3

from documents.s3 import CLIENT
from tests.engines.servers import MissingServerError, Server, accepts_connections, free_port, program, server_user
from tests.engines.waiting import until

SHARED_CONFIGURATION = Path("/etc/swift/swift.conf")  # the only place where Swift looks for it
ACCOUNT, USER, KEY, BUCKET = "portal", "portal", "secret-of-the-tests", "documents"
KINDS = ("account", "container", "object")
# Which server has which part of the names. It runs with the Python that has Swift.
RINGS = """
import sys
from swift.common.ring import RingBuilder
for argument in sys.argv[1:]:
    kind, port = argument.split(":")
    builder = RingBuilder(part_power=6, replicas=1, min_part_hours=0)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "disk", "weight": 1.0})
    builder.rebalance()
    builder.get_ring().save(kind + ".ring.gz")
"""
STORE = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
disable_fallocate = true
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
PROXY = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors cache bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{memcached}
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{name} = {key} .admin
[filter:copy]
use = egg:swift#copy
[filter:symlink]
use = egg:swift#symlink
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
"""


class Swift(Server):
    """A proxy with one server for accounts, containers and objects each, and an empty bucket."""

    def __init__(self):
        super().__init__("swift")
        if not SHARED_CONFIGURATION.exists():
            raise MissingServerError(f"{SHARED_CONFIGURATION} is missing")
        self.user = server_user() or pwd.getpwuid(os.getuid()).pw_name
        self.processes = []
        memcached = free_port()
        ports = {kind: free_port() for kind in KINDS}
        self.run("/usr/bin/python3", "-c", RINGS, *(f"{kind}:{port}" for kind, port in ports.items()))
        for kind, port in ports.items():
            self.configure(kind, STORE, port=port)
        self.configure("proxy", PROXY, port=self.port, memcached=memcached)
        self.command_of_memcached = ["memcached", "-l", "127.0.0.1", "-p", str(memcached), "-m", "16"]
        self.start()
        self.client().create_bucket(Bucket=BUCKET)

    def configure(self, kind, template, **values):
        """Write the configuration of a server."""
        text = template.format(
            kind=kind, account=ACCOUNT, name=USER, key=KEY, folder=self.folder, user=self.user, **values
        )
        (self.folder / f"{kind}-server.conf").write_text(text)

    def start(self):
        """Start all of them, and wait until the proxy answers."""
        (self.folder / "devices/disk").mkdir(parents=True, exist_ok=True)
        if user := server_user():
            for folder in ("devices", "devices/disk"):
                os.chown(self.folder / folder, pwd.getpwnam(user).pw_uid, -1)
        commands = [[f"swift-{kind}-server", f"{kind}-server.conf", "-v"] for kind in (*KINDS, "proxy")]
        with open(self.log, "ab") as log:
            for name, *arguments in [self.command_of_memcached, *commands]:
                command = [program(name), *arguments]
                options = {"user": server_user(), "cwd": self.folder, "stdout": log, "stderr": log}
                self.processes.append(subprocess.Popen(command, **options))  # noqa: S603  a server of the machine
        until(lambda: accepts_connections(self.port))

    def stop(self):
        """End all of them without delay, as a kill would."""
        while self.processes:
            process = self.processes.pop()
            process.kill()
            process.wait()

    @property
    def address(self):
        """The address of the proxy."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, key=KEY):
        """Return a client of its S3 interface."""
        return boto3.client(
            "s3", config=CLIENT, endpoint_url=self.address, region_name="us-east-1",
            aws_access_key_id=f"{ACCOUNT}:{USER}", aws_secret_access_key=key,
        )  # fmt: skip

    @property
    def environment(self):
        """The variables by which the portal uses it."""
        return {
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT_URL": self.address,
            "S3_ACCESS_KEY": f"{ACCOUNT}:{USER}",
            "S3_SECRET_KEY": KEY,
        }
