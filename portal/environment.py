"""How the settings read the environment: databases, caches and storages are chosen by it."""

import re
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
FILES, S3 = "django.core.files.storage.FileSystemStorage", "documents.s3.S3Storage"
SOLR = {"solr": "http", "solrs": "https"}  # {scheme of SEARCH_URL: that of the nodes}
COLLECTION = re.compile(r"[A-Za-z][\w-]*", re.ASCII)  # the names that Solr allows, without those of builds
TABLE = "dbcache://shared_cache?max_entries=20000"  # few things are cached there
# A replica that accepts no connection within two seconds, or confirms no data within five, is passed over.
REPLICA_LIMITS = {"connect_timeout": 2, "tcp_user_timeout": 5000}  # seconds, milliseconds


class Env(environ.Env):
    """Reads the environment. It knows the search engines that have the methods of `search.engine_api.SearchEngine`."""

    SEARCH_SCHEMES: ClassVar[dict[str, str]] = {"whoosh": "search.engine.Engine"}

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **kwargs: Any) -> Any:
        """Return a variable, cast. An empty one counts as not set, because settings files often list all names."""
        is_empty = default is not self.NOTSET and self.ENVIRON.get(var) == ""
        return default if is_empty else super().get_value(var, cast, default, **kwargs)

    def search(self, folder: Path) -> dict[str, Any]:
        """Return the search engine in SEARCH_URL, or the embedded one with its index in `folder`."""
        url = urlsplit(self.str("SEARCH_URL", default=""))
        if url.scheme in SOLR:
            return solr(url)
        found: dict[str, Any] = self.search_url(
            "SEARCH_URL", default=f"whoosh://{quote(str(folder.resolve() / 'index'))}"
        )
        return found

    def databases(self, folder: Path) -> dict[str, dict[str, Any]]:
        """Return DATABASES: the one in DATABASE_URL, or SQLite in `folder`, and the replica in REPLICA_URL, if any."""
        found = {"default": self.db("DATABASE_URL", default=f"sqlite:///{folder / 'portal.sqlite3'}")}
        if found["default"]["ENGINE"] == SQLITE and self.str("CACHE_URL", default=TABLE) == TABLE:
            # A file of its own for the table of the shared cache (portal/shared_cache.py).
            found["shared_cache"] = {"ENGINE": SQLITE, "NAME": str(folder / "cache.sqlite3")}
        if self.str("REPLICA_URL", default=""):
            found["replica"] = self.db("REPLICA_URL")
            found["replica"]["OPTIONS"] = REPLICA_LIMITS | found["replica"].get("OPTIONS", {})
        for name, database in found.items():
            # Opening a connection for each request costs as much as most requests do.
            database["CONN_MAX_AGE"] = self.int("CONN_MAX_AGE", default=60)
            if database["ENGINE"] == SQLITE:
                # A transaction waits for the write lock when it begins, so that 32 concurrent writers lose nothing.
                # FULL, because a receipt must survive a power cut; what is cached need not, and waits for no disk.
                flush = "NORMAL" if name == "shared_cache" else "FULL"
                database["OPTIONS"] = {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={flush};",
                }
            else:
                database["CONN_HEALTH_CHECKS"] = True  # the server may have been restarted
            if database["ENGINE"] == POSTGRESQL:
                need("psycopg", "DATABASE_URL or REPLICA_URL")
        return found

    def shared_cache(self) -> dict[str, Any]:
        """Return the cache in CACHE_URL, or a table: all processes share it, so that rate limits are exact."""
        cache: dict[str, Any] = self.cache("CACHE_URL", default=TABLE)
        if cache["BACKEND"].endswith(".RedisCache"):
            need("redis", "CACHE_URL")
            cache["BACKEND"] = "portal.redis_cache.RedisCache"
        return cache

    def file_storages(self, folder: Path) -> dict[str, dict[str, Any]]:
        """Return the STORAGES of files: folders below `folder`, or in the bucket in S3_BUCKET if there is one.

        With a bucket, uploads in pieces are still on this disk until they are complete.
        """
        on_disk: dict[str, dict[str, Any]] = {
            name: {"BACKEND": FILES, "OPTIONS": {"location": folder / name, "file_permissions_mode": 0o600}}
            for name in ("files", "documents")
        }
        found = {"default": on_disk["files"], "documents": on_disk["documents"]}
        bucket = self.str("S3_BUCKET", default="")
        if not bucket:
            return found
        need("storages", "S3_BUCKET")
        need("boto3", "S3_BUCKET")
        options = {
            "bucket_name": bucket,
            "endpoint_url": self.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": self.str("S3_REGION", default="us-east-1"),
            # Without keys, boto3 looks where it always does.
            "access_key": self.str("S3_ACCESS_KEY", default="") or None,
            "secret_key": self.str("S3_SECRET_KEY", default="") or None,
        }
        return {
            "default": {"BACKEND": S3, "OPTIONS": options | {"location": "files"}},
            "documents": {"BACKEND": S3, "OPTIONS": options | {"location": "documents"}},
            "uploads": on_disk["documents"],
        }


def solr(url: SplitResult) -> dict[str, Any]:
    """Return the nodes and the collection in an address such as `solr://node1:8983,node2:8983/portal?replicas=2`.

    `solrs` uses TLS. A new index is divided into this number of `shards`, each of which has this number of `replicas`.
    """
    need("requests", "SEARCH_URL")
    user, at, hosts = url.netloc.rpartition("@")
    name, options = url.path.strip("/"), dict(parse_qsl(url.query))
    try:
        numbers = {option: int(options.pop(option, "1")) for option in ("shards", "replicas")}
    except ValueError:
        numbers = {}
    if options or not hosts or not COLLECTION.fullmatch(name) or min(numbers.values(), default=0) < 1:
        raise ImproperlyConfigured(
            "SEARCH_URL must be like solr://node1:8983,node2:8983/portal?shards=1&replicas=2: nodes, the name of the "
            "index, and no options but these two."
        )
    return {
        "ENGINE": "search.solr.Engine",
        "NODES": [f"{SOLR[url.scheme]}://{user}{at}{host}/solr" for host in hosts.split(",")],
        "COLLECTION": name,
        "SHARDS": numbers["shards"],
        "REPLICAS": numbers["replicas"],
    }


def need(module: str, variable: str) -> None:
    """Raise ImproperlyConfigured, with what to do, if a driver that the environment asks for is not installed."""
    if find_spec(module) is None:
        raise ImproperlyConfigured(f"{variable} needs the package {module}: install it with `make engines`.")


def close_to_others(path: Path, mode: int) -> None:
    """Remove other users' access to an existing folder or file of ours."""
    with suppress(PermissionError):  # of another owner, who decides
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)


def keep_private(folder: Path, databases: dict[str, dict[str, Any]]) -> None:
    """Create the data folder, and let no other user of this machine into it, or read a database file elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    close_to_others(folder, 0o700)
    for database in databases.values():
        if database["ENGINE"] == SQLITE and Path(database["NAME"]).parent.is_dir():
            Path(database["NAME"]).touch(0o600)  # SQLite gives the files beside it the same mode
            close_to_others(Path(database["NAME"]), 0o600)


BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)

# The name of the portal, shown on pages and in email.
SITE_NAME = env.str("SITE_NAME", default="Constructive Dialogues")
