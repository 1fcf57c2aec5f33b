"""Real servers for tests, each on a free loopback port with a data folder of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

DEBIAN_POSTGRESQL = "/usr/lib/postgresql"
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")  # the data of tests need not survive anything


class MissingServerError(Exception):
    """This machine does not have the server."""


def program(name):
    """Return the path of a program, also where Debian keeps those of PostgreSQL; raise MissingServerError."""
    folders = [os.environ.get("PATH", os.defpath), *map(str, Path(DEBIAN_POSTGRESQL).glob("*/bin"))]
    if found := shutil.which(name, path=os.pathsep.join(folders)):
        return found
    raise MissingServerError(f"{name} is not installed")


def free_port():
    """Return a port of the loopback interface that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def accepts_connections(port):
    """Return whether something listens on this port of the loopback interface."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def server_user():
    """Return the user that servers run as, as some refuse to run as root; None for the user of this process."""
    if os.getuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def own_folder(name):
    """Make a folder that servers may write to."""
    folder = Path(tempfile.mkdtemp(prefix=f"portal-{name}-"))
    if user := server_user():
        shutil.chown(folder, user)
    return folder


class Server:
    """A server that starts when it is made and can be stopped, killed and started again."""

    def __init__(self, name):
        self.port = free_port()
        self.folder = own_folder(name)
        self.log = self.folder / "log"

    def run(self, *command):
        """Run a command as the user of servers, to its end."""
        with open(self.folder / "commands.log", "ab") as log:
            subprocess.run(  # noqa: S603  a program of the machine
                [program(command[0]), *map(str, command[1:])], check=True, user=server_user(), cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def close(self):
        """Stop it and delete its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Postgres(Server):
    """PostgreSQL with the empty database `portal`. With `primary`, it is a streaming replica of that server."""

    options: tuple[str, ...] = FAST

    def __init__(self, primary=None):
        super().__init__("postgres")
        self.data = self.folder / "data"
        if primary is None:
            self.run("initdb", "-D", self.data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        else:
            source = ("-h", "127.0.0.1", "-p", primary.port, "-U", "portal")
            slot = f"replica_{self.port}"
            self.run("pg_basebackup", *source, "-D", self.data, "-R", "-X", "stream", "-C", "-S", slot, "-c", "fast")
        self.start()
        if primary is None:
            self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "portal", "portal")

    def start(self):
        """Start it and wait until it answers."""
        choices = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": self.port}
        options = [f"{name}={value}" for name, value in choices.items()]
        words = " ".join(f"-c '{option}'" for option in [*options, *self.options])
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.log, "-o", words)

    def stop(self):
        """End it without delay, as a kill would."""
        with suppress(subprocess.CalledProcessError):  # it has ended already
            self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    @property
    def url(self):
        """The address of its database, for DATABASE_URL or REPLICA_URL."""
        return f"postgres://portal@127.0.0.1:{self.port}/portal"

    @property
    def environment(self):
        """The variable by which the portal uses it."""
        return {"DATABASE_URL": self.url}


class Redis(Server):
    """Redis, which writes nothing to disk."""

    def __init__(self):
        super().__init__("redis")
        self.start()

    def start(self):
        """Start it, empty, and wait until it answers."""
        options = f"--port {self.port} --bind 127.0.0.1 --appendonly no --save".split()
        command = [program("redis-server"), *options, ""]
        self.process = subprocess.Popen(  # noqa: S603  a server of the machine
            command, user=server_user(), cwd=self.folder, stdout=subprocess.PIPE, text=True
        )
        for line in self.process.stdout:
            if "Ready to accept connections" in line:
                return
        raise RuntimeError("Redis did not start.")

    def stop(self):
        """End it without delay, as a kill would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    @property
    def environment(self):
        """The variable by which the portal uses it."""
        return {"CACHE_URL": f"redis://127.0.0.1:{self.port}/0"}
