"""The collections of the portal in Solr: one for each build of the index, and an alias that names the one in use."""

import io
import re
import zipfile
from pathlib import Path

from search.engine_api import IndexUnavailableError

from .client import Client

CONFIGSET = Path(__file__).parent / "configset"
# The version of the fields and of what is in them, such as "v1": the name of the handler in the configset.
[HANDLER] = re.findall(r'<requestHandler name="/(v\d+)"', (CONFIGSET / "solrconfig.xml").read_text("utf8"))


class Cluster:
    """The builds of one index. `name` is the alias; a build is called `<name>_<HANDLER>_<number>`."""

    def __init__(self, client: Client, name: str, shards: int, replicas: int) -> None:
        self.client, self.name, self.shards, self.replicas = client, name, shards, replicas

    @property
    def configset(self) -> str:
        """The name of the fields and settings of this version."""
        return f"{self.name}_{HANDLER}"

    def active(self) -> str:
        """Return the collection in use; raise IndexUnavailableError if there is none."""
        aliases = self.client.administer("collections", "LISTALIASES").get("aliases") or {}
        collection: str = aliases.get(self.name, "")
        if collection not in self._collections():
            raise IndexUnavailableError(self.name)
        return collection

    def builds(self) -> dict[str, int]:
        """Return {collection: its number} of all builds of this index, of any version."""
        pattern = re.compile(rf"{re.escape(self.name)}_v\d+_(\d+)")
        found = ((name, pattern.fullmatch(name)) for name in self._collections())
        return {name: int(match[1]) for name, match in found if match}

    def create(self) -> str:
        """Create an empty collection beside the others, and return its name."""
        number = 1 + max(self.builds().values(), default=0)
        name = f"{self.configset}_{number}"
        upload = {"name": self.configset, "overwrite": "true", "cleanup": "true"}
        self.client.administer("configs", "UPLOAD", upload, body=_zipped())
        options = {
            "name": name, "collection.configName": self.configset, "numShards": self.shards,
            "replicationFactor": self.replicas, "waitForFinalState": "true",
        }  # fmt: skip
        self.client.administer("collections", "CREATE", options)
        return name

    def activate(self, collection: str) -> None:
        """Point the alias to a collection, in one step, and delete all others of this index."""
        self.client.administer("collections", "CREATEALIAS", {"name": self.name, "collections": collection})
        self.delete(*(other for other in self.builds() if other != collection))

    def delete(self, *collections: str) -> None:
        """Delete collections, including incomplete ones."""
        for collection in collections:
            self.client.administer("collections", "DELETE", {"name": collection})

    def delete_unused(self) -> None:
        """Delete what an unfinished rebuild left."""
        try:
            active = self.active()
        except IndexUnavailableError:
            active = ""
        self.delete(*(other for other in self.builds() if other != active))

    def _collections(self) -> list[str]:
        found: list[str] = self.client.administer("collections", "LIST").get("collections", [])
        return found


def _zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(CONFIGSET.iterdir()):
            archive.write(path, path.name)
    return content.getvalue()
