"""What gunicorn reads when it starts in this folder: its worker, its own log lines as JSON, the end of old counts.

Of the portal it imports only the worker and the format of the log, so that a reload (SIGHUP) loads new code.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
worker_class = "portal.web_worker.WebWorker"
# Ignore SCRIPT_NAME and PATH_INFO in the headers of a request. A client could use them to have a page kept under the
# address of another.
forwarder_headers = ""
# Signals control the server. A socket in the home of its user would be one more way in, and a user may have no home.
control_socket_disable = True

if os.environ.get("LOG_FORMAT") == "json":
    sys.path.insert(0, str(HERE))
    console = {"handlers": ["console"], "level": "INFO", "propagate": False}
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.log_format.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": console},
    }


def on_starting(server):
    """Delete the counts of processes that have ended, so that their files do not pile up over restarts."""
    named = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    folder = Path(named) if named else Path(os.environ.get("DATA_DIR") or HERE / "var") / "metrics"
    for file in folder.glob("*_*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdecimal() and not is_alive(int(number)):
            with suppress(FileNotFoundError):
                file.unlink()


def is_alive(pid):
    """Return whether a process runs. One that belongs to another user does."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
