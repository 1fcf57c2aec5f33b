"""The portal's own settings with short leases, so that an hour holds hundreds of faults."""

from portal.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Pages in other languages would fail in the same way, and copying them takes most of the time.
LANGUAGES = [one for one in LANGUAGES if one[0] in ("en", "ar")]  # noqa: F405
WORKER_BEAT_SECONDS = 1  # a dead process is noticed within five seconds
for database in DATABASES.values():  # noqa: F405
    if "sqlite3" in database["ENGINE"]:
        database["OPTIONS"]["timeout"] = 3  # seconds, so that a lock need not be held for long to be too long
