"""How the settings read the environment."""

from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

import environ


class Env(environ.Env):
    """Reads the environment. It knows the search engines that have the methods of `search.engine_api.SearchEngine`."""

    SEARCH_SCHEMES: ClassVar[dict[str, str]] = {"whoosh": "search.engine.Engine"}


def close_to_others(path: Path, mode: int) -> None:
    """Take the access of other users of this machine to a folder or file of ours that exists."""
    with suppress(PermissionError):  # of another owner, who decides
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)


def keep_private(folder: Path, databases: dict[str, dict[str, Any]]) -> None:
    """Create the data folder, and let no other user of this machine into it, or read a database file elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    close_to_others(folder, 0o700)
    for database in databases.values():
        if database["ENGINE"] == "django.db.backends.sqlite3" and Path(database["NAME"]).parent.is_dir():
            Path(database["NAME"]).touch(0o600)  # SQLite gives the files beside it the same mode
            close_to_others(Path(database["NAME"]), 0o600)


BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)

# The name of the portal, shown on pages and in email.
SITE_NAME = env.str("SITE_NAME", default="Constructive Dialogues")
