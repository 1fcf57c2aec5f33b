"""The portal's settings with a temporary data folder and tasks that run immediately.

DATABASE_URL in the environment chooses another database than SQLite, on which the tests make one of their own.
CACHE_URL chooses another cache, S3_BUCKET a bucket for files, and SEARCH_URL another search engine.
"""

import atexit
import os
import shutil
import sys
import tempfile

# Keep files in memory if there is room: syncing and deleting them on disk takes a tenth of the suite's time.
MEMORY, ROOM = "/dev/shm", 2 * 1024**3  # noqa: S108  bytes
if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = MEMORY

os.environ.pop("REPLICA_URL", None)

# Keep bytecode for the next process: compiling all tests takes seven seconds.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

folder = tempfile.mkdtemp(prefix="portal-tests-")
os.mkdir(f"{folder}/static")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
is_on_sqlite = os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:")
if is_on_sqlite:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/portal.sqlite3"
cache_url = os.environ.get("CACHE_URL", "locmemcache://")
if cache_url.startswith("redis:"):  # a database of its own for each process of a run, because tests empty it
    server, _, _database = cache_url.rpartition("/")
    cache_url = f"{server}/{int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')) % 16}"
os.environ.update(
    DEBUG="off",
    SECRET_KEY="only-for-tests",
    DATA_DIR=folder,
    TASKS_BACKEND="tests.late_index.TaskBackend",
    EMAIL_DELIVERY_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    SECURE_SSL_REDIRECT="off",
    CACHE_URL=cache_url,
    SECURE_COOKIES="off",
    SECOND_FACTOR_REQUIRED="off",
    KEPT_PAGES_MEGABYTES="0",
    SUMMARY_PDFS="off",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
)

from portal.settings import *  # noqa: E402, F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
if is_on_sqlite:
    # In a file, so that locks behave as in production. Made from the models, which takes a tenth of the time that
    # migrating takes; a test in tests/portal/test_migrations.py migrates and compares.
    DATABASES["default"]["TEST"] = {"NAME": f"{folder}/test.sqlite3", "MIGRATE": False}  # noqa: F405
if os.environ.get("S3_BUCKET"):
    STORAGES["documents"]["OPTIONS"]["location"] = os.path.basename(folder)  # noqa: F405
if template := os.environ.get("TEST_DATABASE"):  # made once for many processes that run a few tests each
    shutil.copy(template, f"{folder}/test.sqlite3")
if collection := HAYSTACK_CONNECTIONS["default"].get("COLLECTION"):  # noqa: F405
    HAYSTACK_CONNECTIONS["default"]["COLLECTION"] = f"{collection}-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
