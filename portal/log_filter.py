import logging
import re
from typing import Any

from .log_format import IN_ADDRESS

SECRET = re.compile(r"[\w-]{16,}")


class WithoutSecrets(logging.Filter):
    """Writes the pattern of an address to the log instead of the address, which may be all that guards a draft.

    Django logs the path of each request that it refuses or that fails. If a path leads nowhere, only its short parts
    are written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; return True, so that it is written."""
        request: Any = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            # Django escapes what is not ASCII, such as a quotation mark after an address that someone copied.
            escaped = path.encode("unicode_escape").decode("ascii")
            shown = f"/{match.route}" if match else SECRET.sub("…", escaped)
            record.args = tuple(
                IN_ADDRESS.sub(r"\1/…", arg.replace(path, shown).replace(escaped, shown))
                if isinstance(arg, str)
                else arg
                for arg in record.args
            )
        return True
