"""Files in a bucket: only the portal reads them, and they are there again when the service is."""

import hashlib

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.engines.swift import BUCKET

UNSIGNED_CLIENT = Config(signature_version=UNSIGNED)
FILE = """
from background.worker import LaneWorker
from contributions.models import Attachment
from tests import build
build.contribution(attach=[("report.txt", b"We were heard.")])
LaneWorker(["*"], batch=True).run()
file = Attachment.objects.get()
print(file.document.clean_copy.sha256, file.get_absolute_url() + "download/")
"""
WITHDRAW = """
from contributions import workflow
from contributions.models import Contribution
workflow.withdraw(Contribution.objects.get(), by=None)
"""


@pytest.fixture(scope="module")
def world(small_site, swift):
    """A portal whose files are in a bucket."""
    return small_site(**swift.environment)


@pytest.fixture(scope="module")
def file(world):
    """The digest of a public file, and its address."""
    return world.do(FILE).split()


@pytest.fixture(scope="module")
def addresses(file, swift):
    """The addresses of all that is in the bucket."""
    found = swift.client().list_objects(Bucket=BUCKET)["Contents"]
    return [f"{swift.address}/{BUCKET}/{one['Key']}" for one in found]


def test_the_portal_sends_a_public_file_and_parts_of_it(world, file):
    digest, path = file
    with world.web() as web:
        whole = web.get(path)
        assert (whole.status_code, hashlib.sha256(whole.content).hexdigest()) == (200, digest)
        part = web.get(path, Range="bytes=3-6")
        assert (part.status_code, part.text) == (206, "were")


def test_nobody_else_reads_what_is_in_the_bucket(addresses, swift):
    assert len(addresses) == 2  # the original and the clean copy
    assert all(requests.get(address, timeout=60).status_code >= 400 for address in addresses)
    for client in (swift.client(key="wrong"), boto3.client("s3", endpoint_url=swift.address, config=UNSIGNED_CLIENT)):
        with pytest.raises(ClientError) as caught:
            client.list_objects(Bucket=BUCKET)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] >= 400


def test_a_service_that_is_away_hides_one_file_for_a_moment_and_no_page(world, file, swift):
    with world.web() as web:
        swift.stop()
        away = web.get(file[1])
        assert (away.status_code, away.headers["Retry-After"]) == (503, "60")
        assert web.get("/contributions/").status_code == 200
        assert web.get("/healthz").json()["files"] == "down"
        swift.start()
        assert web.get(file[1]).status_code == 200
        assert web.get("/healthz").json()["files"] == "ok"


def test_a_file_is_read_only_after_the_gate(world, file):
    with world.web() as web:
        assert web.get(file[1]).status_code == 200
        world.do(WITHDRAW)
        assert web.get(file[1]).status_code == 404
