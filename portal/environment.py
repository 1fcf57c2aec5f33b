"""How the settings read the environment."""

from typing import ClassVar

import environ


class Env(environ.Env):
    """Reads the environment. It knows the search engines that have the methods of `search.engine_api.SearchEngine`."""

    SEARCH_SCHEMES: ClassVar[dict[str, str]] = {"whoosh": "search.engine.Engine"}
