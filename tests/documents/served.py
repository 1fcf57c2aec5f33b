"""Settings of a server in a separate process, with the database and files of the test that starts it."""

import os

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["SERVED_DATABASE"]  # noqa: F405
STORAGES["documents"]["OPTIONS"]["location"] = f"{os.environ['SERVED_DATA']}/documents"  # noqa: F405
ROOT_URLCONF = "tests.documents.uploads"
