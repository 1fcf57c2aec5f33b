"""How the settings read the environment."""

from pathlib import Path
from typing import ClassVar

import environ


class Env(environ.Env):
    """Reads the environment. It knows the search engines that have the methods of `search.engine_api.SearchEngine`."""

    SEARCH_SCHEMES: ClassVar[dict[str, str]] = {"whoosh": "search.engine.Engine"}


BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)

# The name of the portal, shown on pages and in email.
SITE_NAME = env.str("SITE_NAME", default="Constructive Dialogues")
